import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { OverviewAlert } from '../../../shared/contract/overview';
import type { SeriesSnapshot, StatisticsSnapshot } from '../../../shared/model/records';
import { openAlert } from '../../stores/alerts';
import { useMissing } from '../../stores/missing';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { familyColor, familyOf, type ProtocolFamily } from '../../theme/families';
import { AlertMarks } from '../../widgets/alert-marks/AlertMarks';
import { Legend } from '../../widgets/charts/Legend';
import type { AreaStep } from '../../widgets/charts/StackedArea';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { axisBitRate, formatBitRate } from '../../widgets/format/numbers';
import { formatDuration } from '../../widgets/format/time';
import { MissingTimes } from '../../widgets/missing-times/MissingTimes';
import { timeTicks } from '../../widgets/time-brush/time-ticks';
import { stepMenu, testMenu } from './menus';
import styles from './overview.module.css';
import { Panel } from './Panel';
import { familyTest } from './rankings';
import { stepText } from './time-axis';
import { trafficSteps } from './traffic-steps';

/** Charts are a third of the window's code: it is read when they are first seen. */
const StackedArea = lazy(async () => ({ default: (await import('../../widgets/charts/StackedArea')).StackedArea }));

const words = texts.overview.traffic;
const titles: Readonly<Record<ProtocolFamily, string>> = texts.overview.families;

const isFamily = (name: string): name is ProtocolFamily => name in titles;

/** Grey areas of two kinds would be one: what is of no family steps back. */
const colorOf = (name: string): string =>
  name === 'other' ? 'color-mix(in srgb, var(--other) 45%, var(--bg1))' : familyColor(isFamily(name) ? name : familyOf(name));

const greatestSum = (steps: readonly AreaStep[]): number =>
  steps.reduce((most, { values }) => {
    const sum = values.reduce((total, value) => total + value, 0);
    return Math.max(most, sum);
  }, 0);

interface TrafficPanelProps {
  readonly series: SeriesSnapshot;
  readonly protocols: StatisticsSnapshot['protocols'];
  readonly alerts: readonly OverviewAlert[];
}

interface OpenMenu {
  readonly at: { readonly x: number; readonly y: number };
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** Bits per second over time, stacked by protocol family, with the alerts and what is missing. */
export function TrafficPanel({ series, protocols, alerts }: TrafficPanelProps) {
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const missing = useMissing();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { width, steps } = useMemo(() => trafficSteps(series), [series]);
  const from = steps[0]?.from ?? 0;
  const to = steps.at(-1)?.to ?? 0;
  const families = useMemo(
    () =>
      series.families.map(({ name }) => ({
        id: name,
        title: isFamily(name) ? titles[name] : name,
        color: colorOf(name),
      })),
    [series],
  );
  const ticks = useCallback((px: number) => timeTicks(from, to, startSecond, px), [from, to, startSecond]);
  const formatStep = useCallback((step: AreaStep) => stepText(step, startSecond), [startSecond]);

  if (steps.length === 0) {
    return (
      <Panel area="traffic" title={words.title}>
        <p className={styles.nothing}>{words.noTimes}</p>
      </Panel>
    );
  }
  return (
    <Panel area="traffic" title={words.title} note={words.unit(formatDuration(width))}>
      <div className={styles.legend}>
        <Legend
          series={families}
          hint={words.familyHint}
          onMenu={({ id, title }, at) => setMenu({ at, title, items: testMenu(familyTest(id, protocols)) })}
        />
      </div>
      <Suspense fallback={<div className={styles.chartRoom} />}>
        <StackedArea
          label={words.chart(formatBitRate(greatestSum(steps)))}
          series={families}
          steps={steps}
          totalTitle={words.total}
          ticks={ticks}
          formatValue={formatBitRate}
          formatTick={axisBitRate}
          formatStep={formatStep}
          onStep={(step, at) => setMenu({ at, title: formatStep(step), items: stepMenu(step) })}
          overlay={
            <>
              {missing.length > 0 && <MissingTimes times={missing} from={from} to={to} startSecond={startSecond} />}
              {alerts.length > 0 && <AlertMarks label={words.alerts} alerts={alerts} from={from} to={to} onOpen={openAlert} />}
            </>
          }
        />
      </Suspense>
      <ContextMenu at={menu?.at ?? null} {...(menu ? { title: menu.title } : {})} items={menu?.items ?? []} onClose={() => setMenu(null)} />
    </Panel>
  );
}
