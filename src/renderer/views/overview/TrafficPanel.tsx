import { lazy, Suspense, useCallback, useMemo } from 'react';
import type { SeriesSnapshot } from '../../../shared/model/records';
import { useMissing } from '../../stores/missing';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { familyColor, familyOf, type ProtocolFamily } from '../../theme/families';
import { Legend } from '../../widgets/charts/Legend';
import type { AreaStep } from '../../widgets/charts/StackedArea';
import { axisBitRate, formatBitRate } from '../../widgets/format/numbers';
import { formatDuration } from '../../widgets/format/time';
import { MissingTimes } from '../../widgets/missing-times/MissingTimes';
import { timeTicks } from '../../widgets/time-brush/time-ticks';
import styles from './overview.module.css';
import { Panel } from './Panel';
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

/** Bits per second over time, stacked by protocol family. */
export function TrafficPanel({ series }: { readonly series: SeriesSnapshot }) {
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const missing = useMissing();
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
  const peak = steps.reduce(
    (most, { values }) =>
      Math.max(
        most,
        values.reduce((sum, value) => sum + value, 0),
      ),
    0,
  );

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
        <Legend series={families} />
      </div>
      <Suspense fallback={<div className={styles.chartRoom} />}>
        <StackedArea
          label={words.chart(formatBitRate(peak))}
          series={families}
          steps={steps}
          totalTitle={words.total}
          ticks={ticks}
          formatValue={formatBitRate}
          formatTick={axisBitRate}
          formatStep={formatStep}
          overlay={missing.length > 0 && <MissingTimes times={missing} from={from} to={to} startSecond={startSecond} />}
        />
      </Suspense>
    </Panel>
  );
}
