const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];
const BIT_RATES = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];

/** '1,204,118'. */
export const formatCount = (count: number): string => WHOLE.format(count);

/** Three significant figures with a decimal unit: '71.2 kB', '4 GB'. */
export const formatBytes = (bytes: number): string => withUnit(bytes, BYTES);

/** '81.2 Mbit/s'. */
export const formatBitRate = (bitsPerSecond: number): string => withUnit(bitsPerSecond, BIT_RATES);

/** On an axis that ends at `top`: all in one unit, '0.5 Mbit/s' below '2 Mbit/s'. */
export const axisBitRate = (bitsPerSecond: number, top: number): string => onAxis(bitsPerSecond, top, BIT_RATES);

/** The same of bytes. */
export const axisBytes = (bytes: number, top: number): string => onAxis(bytes, top, BYTES);

function onAxis(value: number, top: number, units: readonly string[]): string {
  if (value === 0) return '0';
  const unit = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(top) / 3)));
  return `${Number((value / 1000 ** unit).toPrecision(3))} ${units[unit]}`;
}

function withUnit(amount: number, units: readonly string[]): string {
  let value = amount;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 && value >= 1 ? WHOLE.format(value) : significant(value)} ${units[unit]}`;
}

/** Three significant figures, but no fewer than a whole number has: '12,480', '3.2', '0.04'. */
export const formatRate = (perSecond: number): string => (perSecond >= 999.5 ? WHOLE.format(perSecond) : significant(perSecond));

/** What is there is never called 0. */
const significant = (value: number): string => (value > 0 && value < 0.01 ? '< 0.01' : figures(value));

const figures = (value: number): string =>
  (value >= 99.95 ? WHOLE.format(value) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2)).replace(/\.0+$/, '');

/** 'shown of all', with a decimal where small shares need it: '0.1 %', '12 %'. Something is never called '0 %', nor less than all '100 %'. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  if (part === whole) return '100 %';
  const percent = (100 * part) / whole;
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9) return '> 99.9 %';
  return `${percent < 9.95 || percent > 99 ? percent.toFixed(1) : WHOLE.format(percent)} %`;
}
