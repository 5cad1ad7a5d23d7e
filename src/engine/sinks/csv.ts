/** Characters that a spreadsheet takes for the beginning of a formula, also in the width of East Asian type. */
const FORMULA = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it: it may come from a packet. */
export function csvField(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line with its end. */
export const csvLine = (values: readonly (string | number | boolean | null)[]): string => `${values.map(csvField).join(',')}\r\n`;
