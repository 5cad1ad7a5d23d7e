import { formatBytes, formatCount } from '../../shared/base/format-numbers';
import { epochOf, formatClock, formatDate, formatDuration } from '../../shared/base/format-time';
import type { SeriesSnapshot } from '../../shared/model/records';
import { html, type Markup } from './markup';
import type { ReportData } from './report-data';

const WIDTH = 1000;
const HEIGHT = 190;
const LEFT = 70;
const TOP = 14;
const BOTTOM = 22;
const BARS = 160;
/** Families that have a colour of their own; the rest are one. */
const FAMILIES = 6;
const TIME_LABELS = 5;
const DAY = 86_400e9;
/** Marks of alerts, and missing times: what a chart of this width has room for. */
const MAX_MARKS = 300;

const PLOT = { width: WIDTH - LEFT, height: HEIGHT - TOP - BOTTOM };

interface Layer {
  readonly name: string;
  /** Bytes of each bar. */
  readonly bars: readonly number[];
}

/** Bytes over time, stacked by protocol family, with marks where alerts began and where packets are missing. */
export function trafficChart({ statistics, tick, places }: ReportData): Markup {
  const { series } = statistics;
  const merged = Math.max(1, Math.ceil(series.bytes.length / BARS));
  const step = series.width * merged;
  const count = Math.ceil(series.bytes.length / merged);
  if (count === 0) return html`<p class="quiet">No packet has a time.</p>`;
  const layers = layersOf(series, merged);
  const totals = Array.from({ length: count }, (_, i) => layers.reduce((sum, { bars }) => sum + (bars[i] ?? 0), 0));
  const top = Math.max(1, ...totals);
  const width = PLOT.width / count;
  const span = step * count;
  const x = (time: number): number => LEFT + (Math.min(Math.max(time - series.from, 0), span) / span) * PLOT.width;
  const bars: Markup[] = [];
  const reached = new Array<number>(count).fill(0);
  for (const [k, { bars: bytes }] of layers.entries()) {
    for (let i = 0; i < count; i++) {
      const height = ((bytes[i] ?? 0) / top) * PLOT.height;
      if (height <= 0) continue;
      const y = TOP + PLOT.height - (reached[i] ?? 0) - height;
      reached[i] = (reached[i] ?? 0) + height;
      bars.push(
        html`<rect class="f${k}" x="${at(LEFT + i * width)}" y="${at(y)}" width="${at(Math.max(0.5, width - (width > 3 ? 1 : 0)))}" height="${at(height)}"/>`,
      );
    }
  }
  const missing = (tick.live?.gaps ?? []).slice(0, MAX_MARKS).map(({ from, to }) => {
    const begin = x(from);
    return html`<rect class="gap" x="${at(begin)}" y="${TOP}" width="${at(Math.max(1, x(to ?? from) - begin))}" height="${PLOT.height}"/>`;
  });
  const marks = places.marks.slice(0, MAX_MARKS).map(({ severity, time }) => {
    const middle = x(time);
    return html`<path class="${severity}" d="M${at(middle - 4)} ${TOP - 12}h8l-4 8z"/>`;
  });
  const format = span > DAY ? formatDate : (epoch: string): string => formatClock(epoch, 'utc', 0);
  const labels = Array.from({ length: TIME_LABELS }, (_, i) => {
    const share = i / (TIME_LABELS - 1);
    const anchor = i === 0 ? 'start' : i === TIME_LABELS - 1 ? 'end' : 'middle';
    const epoch = epochOf(tick.startSecond, series.from + span * share);
    return html`<text x="${at(LEFT + share * PLOT.width)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${format(epoch, 'utc')}</text>`;
  });
  const most = `${formatBytes(top)} in ${formatDuration(step)}`;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Bytes over time, at most ${most}; ${formatCount(places.marks.length)} alerts">
<line class="axis" x1="${LEFT}" y1="${TOP + PLOT.height}" x2="${WIDTH}" y2="${TOP + PLOT.height}"/>
<line class="axis" x1="${LEFT}" y1="${TOP}" x2="${WIDTH}" y2="${TOP}"/>
<text x="${LEFT - 8}" y="${TOP + 4}" text-anchor="end">${formatBytes(top)}</text>
<text x="${LEFT - 8}" y="${TOP + PLOT.height}" text-anchor="end">0</text>
${missing}${bars}${marks}${labels}</svg>
<ul class="legend">${layers.map(({ name }, k) => html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="f${k}" width="10" height="10"/></svg>${name}</li>`)}</ul>
<p class="quiet">Bytes in ${formatDuration(step)} a bar, at most ${formatBytes(top)}; times are UTC. Triangles above it are alerts${missing.length > 0 ? ', grey is where packets are missing' : ''}.</p>`;
}

const at = (value: number): string => String(Math.round(value * 10) / 10);

function layersOf({ families, bytes }: SeriesSnapshot, merged: number): readonly Layer[] {
  const own = families.slice(0, FAMILIES).map(({ name, bytes: each }) => ({ name, bars: summed(each, merged) }));
  const all = summed(bytes, merged);
  const rest = all.map((sum, i) => Math.max(0, sum - own.reduce((known, { bars }) => known + (bars[i] ?? 0), 0)));
  return rest.some((sum) => sum > 0) ? [...own, { name: 'other', bars: rest }] : own;
}

function summed(values: readonly number[], merged: number): number[] {
  const sums = new Array<number>(Math.ceil(values.length / merged)).fill(0);
  for (const [i, value] of values.entries()) sums[Math.floor(i / merged)] = (sums[Math.floor(i / merged)] ?? 0) + value;
  return sums;
}
