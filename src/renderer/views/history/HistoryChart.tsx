import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { HISTORY_TIERS, type HistorySeries, type HistoryTier } from '../../../shared/contract/history';
import { PROTOCOL_FAMILIES } from '../../../shared/model/protocol-families';
import { engine } from '../../client/engine';
import { useHistory } from '../../stores/history';
import { texts } from '../../texts';
import { familyColor, familyOf } from '../../theme/families';
import { Legend } from '../../widgets/charts/Legend';
import type { AreaStep } from '../../widgets/charts/StackedArea';
import { axisBytes, formatBytes, formatCount } from '../../widgets/format/numbers';
import { formatClock, formatDate } from '../../widgets/format/time';
import styles from './history.module.css';

/** Charts are a third of the window's code: it is read when they are first seen. */
const StackedBars = lazy(async () => ({ default: (await import('../../widgets/charts/StackedBars')).StackedBars }));

/** Bars that are told apart at the width of a small window. */
const MAX_BARS = 90;
/** With fewer, a finer tier says more. */
const FEW_BARS = 3;
const words = texts.history.chart;

/** Grey bars of two kinds would be one: what is of no family steps back. */
const colorOf = (family: (typeof PROTOCOL_FAMILIES)[number]): string =>
  family === 'other' ? 'color-mix(in srgb, var(--other) 45%, var(--bg1))' : familyColor(family);

const ask = (tier: HistoryTier): Promise<HistorySeries | null> =>
  engine.call('history.series', { kind: 'protocol', key: null, from: null, to: null, tier });

/** The coarsest tier that has more than a few bars. */
async function firstTier(): Promise<{ readonly tier: HistoryTier; readonly series: HistorySeries | null }> {
  for (const tier of ['day', 'hour'] as const) {
    const series = await ask(tier);
    if (!series || series.buckets.length > FEW_BARS) return { tier, series };
  }
  return { tier: 'minute', series: await ask('minute') };
}

/** Bytes of all captures over time by protocol family. */
export function HistoryChart() {
  const revision = useHistory((state) => state.revision);
  const [chosen, setChosen] = useState<HistoryTier | null>(null);
  const [shown, setShown] = useState<{ readonly tier: HistoryTier; readonly series: HistorySeries | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked again whenever something was kept or forgotten
  useEffect(() => {
    let wanted = true;
    const answer = chosen === null ? firstTier() : ask(chosen).then((series) => ({ tier: chosen, series }));
    answer.then(
      (value) => wanted && setShown(value),
      // The list beside it says what is wrong.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [chosen, revision]);
  const { series, steps } = useMemo(() => barsOf(shown?.series ?? null), [shown]);
  const peak = steps.reduce((most, { values }) => Math.max(most, sum(values)), 0);
  const tier = shown?.tier ?? 'day';
  const day = tier === 'day';
  const total = shown?.series?.buckets.length ?? 0;
  const note = (total > steps.length ? words.latest : words.note)(formatCount(steps.length), words.units[tier]);
  const timeOf = ({ from }: AreaStep): string => {
    const [date, clock] = [formatDate(String(from), 'utc'), formatClock(String(from), 'utc', 0).slice(0, 5)];
    return day ? date : `${date.slice(5)} ${clock}`;
  };
  return (
    <section className={styles.chartPanel} aria-label={words.title} data-testid="history-chart">
      <header className={styles.panelHeader}>
        <h2 className="eyebrow">{words.title}</h2>
        {steps.length > 0 && <span className={styles.note}>{note}</span>}
        <fieldset className={styles.tiers} aria-label={words.tier}>
          {HISTORY_TIERS.map((each) => (
            <button key={each} type="button" className={styles.tier} aria-pressed={each === tier} onClick={() => setChosen(each)}>
              {words.tiers[each]}
            </button>
          ))}
        </fieldset>
      </header>
      {steps.length === 0 ? (
        <p className={styles.chartNothing}>{shown ? words.nothing : texts.history.loading}</p>
      ) : (
        <>
          <Legend series={series} />
          <Suspense fallback={<div className={styles.chartRoom} />}>
            <StackedBars
              label={words.label(formatBytes(peak))}
              series={series}
              steps={steps}
              totalTitle={words.total}
              formatValue={formatBytes}
              formatTick={axisBytes}
              formatTime={timeOf}
              formatStep={(step) =>
                `${formatDate(String(step.from), 'utc')}${day ? '' : ` ${formatClock(String(step.from), 'utc', 0).slice(0, 5)}`} UTC`
              }
            />
          </Suspense>
        </>
      )}
    </section>
  );
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** The latest bars, with the protocols of a family in one. */
function barsOf(history: HistorySeries | null) {
  const { buckets = [], keys = [], width = 1 } = history ?? {};
  const first = Math.max(0, buckets.length - MAX_BARS);
  const families = PROTOCOL_FAMILIES.filter((family) => keys.some(({ key }) => familyOf(key) === family));
  const steps = buckets.slice(first).map((from, at): AreaStep => {
    const values = families.map((family) =>
      sum(keys.filter(({ key }) => familyOf(key) === family).map(({ bytes }) => bytes[first + at] ?? 0)),
    );
    return { from, to: from + width, values };
  });
  const series = families.map((family) => ({ id: family, title: texts.overview.families[family], color: colorOf(family) }));
  return { series, steps };
}
