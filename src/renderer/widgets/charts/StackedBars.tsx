import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import styles from './charts.module.css';
import { type AreaSeries, type AreaStep, Hover } from './StackedArea';
import { valueTicks } from './value-ticks';

interface StackedBarsProps {
  /** What a screen reader calls the chart. */
  readonly label: string;
  /** From the bottom to the top of the stack. */
  readonly series: readonly AreaSeries[];
  /** Side by side, whatever lies between their times. */
  readonly steps: readonly AreaStep[];
  readonly totalTitle: string;
  formatValue(value: number): string;
  /** On the value axis, which ends at `top`. */
  formatTick(value: number, top: number): string;
  /** Under a bar. */
  formatTime(step: AreaStep): string;
  formatStep(step: AreaStep): string;
}

interface Point {
  readonly at: number;
  readonly step: AreaStep;
}

const AXIS_WIDTH = 70;
const MARGIN = { top: 8, right: 14, bottom: 0, left: 0 };
/** px that a text under the bars has to itself. */
const LABEL_WIDTH = 92;
const MAX_BAR = 34;

/** Sums of times that have something, one bar each, in the order of time. */
export function StackedBars({ label, series, steps, totalTitle, formatValue, formatTick, formatTime, formatStep }: StackedBarsProps) {
  const { ref, width, height } = useElementSize();
  const points = useMemo(() => steps.map((step, at): Point => ({ at, step })), [steps]);
  const values = useMemo(
    () =>
      valueTicks(
        steps.reduce(
          (most, step) =>
            Math.max(
              most,
              step.values.reduce((sum, value) => sum + value, 0),
            ),
          0,
        ),
      ),
    [steps],
  );
  const top = values.at(-1) ?? 1;
  const room = Math.max(1, Math.floor((width - AXIS_WIDTH - MARGIN.right) / LABEL_WIDTH));
  const every = Math.ceil(steps.length / room);
  return (
    <div ref={ref} className={styles.chart}>
      {width > 0 && height > 0 && (
        <BarChart
          width={width}
          height={height}
          data={points}
          margin={MARGIN}
          barCategoryGap="20%"
          maxBarSize={MAX_BAR}
          aria-label={label}
          style={{ position: 'absolute' }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" strokeOpacity={0.7} />
          <XAxis
            dataKey="at"
            type="category"
            interval={every - 1}
            tickFormatter={(at: number) => {
              const step = steps[at];
              return step ? formatTime(step) : '';
            }}
            tick={{ className: styles.axisText }}
            tickLine={{ stroke: 'var(--control-line)' }}
            axisLine={{ stroke: 'var(--control-line)' }}
            height={24}
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
            cursor={{ fill: 'var(--hover)' }}
            content={({ active, payload }) => {
              const point: Point | undefined = payload?.[0]?.payload;
              return active && point ? (
                <Hover step={point.step} series={series} totalTitle={totalTitle} formatValue={formatValue} formatStep={formatStep} />
              ) : null;
            }}
          />
          {series.map(({ id, title, color }, index) => (
            <Bar
              key={id}
              name={title}
              dataKey={(point: Point) => point.step.values[index] ?? 0}
              stackId="all"
              fill={color}
              fillOpacity={0.85}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      )}
    </div>
  );
}
