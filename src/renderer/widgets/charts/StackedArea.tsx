import { useElementSize } from '@mantine/hooks';
import { type MouseEvent, type ReactNode, useMemo } from 'react';
import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import styles from './charts.module.css';
import { valueTicks } from './value-ticks';

export interface AreaSeries {
  readonly id: string;
  readonly title: string;
  readonly color: string;
}

/** The mean of each series between two times. */
export interface AreaStep {
  readonly from: number;
  readonly to: number;
  readonly values: readonly number[];
}

interface StackedAreaProps {
  /** What a screen reader calls the chart. */
  readonly label: string;
  /** From the bottom to the top of the stack. */
  readonly series: readonly AreaSeries[];
  readonly steps: readonly AreaStep[];
  readonly totalTitle: string;
  /** Ticks of the time axis for a plot of this width, px. */
  ticks(width: number): readonly { readonly at: number; readonly label: string }[];
  formatValue(value: number): string;
  /** On the value axis, which ends at `top`. */
  formatTick(value: number, top: number): string;
  formatStep(step: AreaStep): string;
  /** A step was clicked; its menu belongs there. */
  onStep?(step: AreaStep, at: { readonly x: number; readonly y: number }): void;
  /** Drawn over the plot, in a box as wide as its time axis. */
  readonly overlay?: ReactNode;
}

interface Point {
  readonly time: number;
  readonly step: AreaStep;
}

const AXIS_WIDTH = 82;
const TIME_AXIS_HEIGHT = 24;
const MARGIN = { top: 8, right: 14, bottom: 0, left: 0 };
/** Series that a hover names; the rest of a tall stack would cover the chart. */
const MAX_NAMED = 8;

/** Amounts over time, one area on the other, drawn as the steps that they are. */
export function StackedArea({
  label,
  series,
  steps,
  totalTitle,
  ticks,
  formatValue,
  formatTick,
  formatStep,
  onStep,
  overlay,
}: StackedAreaProps) {
  const { ref, width, height } = useElementSize();
  const points = useMemo(() => pointsOf(steps), [steps]);
  const from = steps[0]?.from ?? 0;
  const to = steps.at(-1)?.to ?? 0;
  const marks = useMemo(() => ticks(width - AXIS_WIDTH - MARGIN.right), [ticks, width]);
  const values = useMemo(() => valueTicks(greatestSum(steps)), [steps]);
  const top = values.at(-1) ?? 1;
  // Where the pointer is, not which step is hovered: that lags behind by a frame.
  const choose = ({ clientX, clientY, currentTarget }: MouseEvent<Element>): void => {
    const left = currentTarget.getBoundingClientRect().left + AXIS_WIDTH;
    const at = from + ((clientX - left) / Math.max(1, width - AXIS_WIDTH - MARGIN.right)) * (to - from);
    const step = steps.find((each) => at >= each.from && at < each.to);
    if (step) onStep?.(step, { x: clientX, y: clientY });
  };
  const labels = useMemo(() => new Map(marks.map(({ at, label }) => [at, label])), [marks]);

  return (
    <div ref={ref} className={styles.chart}>
      {width > 0 && height > 0 && (
        <AreaChart
          width={width}
          height={height}
          data={points}
          margin={MARGIN}
          aria-label={label}
          style={{ position: 'absolute' }}
          onClick={(_, event) => choose(event)}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" strokeOpacity={0.7} />
          <XAxis
            dataKey="time"
            type="number"
            domain={[from, to]}
            allowDataOverflow
            ticks={marks.map(({ at }) => at)}
            interval={0}
            tickFormatter={(at: number) => labels.get(at) ?? ''}
            tick={{ className: styles.axisText }}
            tickLine={{ stroke: 'var(--control-line)' }}
            axisLine={{ stroke: 'var(--control-line)' }}
            height={TIME_AXIS_HEIGHT}
          />
          <YAxis
            width={AXIS_WIDTH}
            domain={[0, top]}
            ticks={values}
            interval={0}
            tickFormatter={(value: number) => formatTick(value, top)}
            tick={{ className: styles.axisText }}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--fg2)', strokeWidth: 1 }}
            content={({ active, payload }) => {
              const point: Point | undefined = payload?.[0]?.payload;
              return active && point ? (
                <Hover step={point.step} series={series} totalTitle={totalTitle} formatValue={formatValue} formatStep={formatStep} />
              ) : null;
            }}
          />
          {series.map(({ id, title, color }, index) => (
            <Area
              key={id}
              name={title}
              dataKey={(point: Point) => point.step.values[index] ?? 0}
              stackId="all"
              type="step"
              stroke="none"
              fill={color}
              fillOpacity={0.8}
              isAnimationActive={false}
              dot={false}
              activeDot={false}
            />
          ))}
        </AreaChart>
      )}
      {overlay && (
        <div className={styles.overlay} style={{ top: MARGIN.top, right: MARGIN.right, bottom: TIME_AXIS_HEIGHT, left: AXIS_WIDTH }}>
          {overlay}
        </div>
      )}
    </div>
  );
}

const sumOf = ({ values }: AreaStep): number => values.reduce((sum, value) => sum + value, 0);

const greatestSum = (steps: readonly AreaStep[]): number => steps.reduce((most, step) => Math.max(most, sumOf(step)), 0);

/** One point in the middle of each step, so that the curve jumps at its ends and a hover finds it, and one at either end of the chart. */
function pointsOf(steps: readonly AreaStep[]): Point[] {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return [];
  return [
    { time: first.from, step: first },
    ...steps.map((step) => ({ time: (step.from + step.to) / 2, step })),
    { time: last.to, step: last },
  ];
}

interface HoverProps extends Pick<StackedAreaProps, 'series' | 'totalTitle' | 'formatValue' | 'formatStep'> {
  readonly step: AreaStep;
}

/** What the series are at one step. */
export function Hover({ step, series, totalTitle, formatValue, formatStep }: HoverProps) {
  const named = series
    .map((each, index) => ({ ...each, value: step.values[index] ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, MAX_NAMED);
  return (
    <div className={styles.hover}>
      <div className={styles.hoverTime}>{formatStep(step)}</div>
      {named.map(({ id, title, color, value }) => (
        <div key={id} className={styles.hoverLine}>
          <i className={styles.key} style={{ background: color }} />
          <span>{title}</span>
          <span>{formatValue(value)}</span>
        </div>
      ))}
      <div className={`${styles.hoverLine} ${styles.total}`}>
        <span>{totalTitle}</span>
        <span>{formatValue(sumOf(step))}</span>
      </div>
    </div>
  );
}
