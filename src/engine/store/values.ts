/** Whatever a packet or a person put into it, a value that goes into a row has a type and a size. */

/** Characters of a title, name or note. */
export const MAX_TEXT = 4096;

/** Characters of evidence and of a setting. */
export const MAX_LONG_TEXT = 1 << 20;

/** Without NUL, where one of the two libraries ends a text, and without halves of surrogate pairs. */
export function text(value: string, max = MAX_TEXT): string {
  return value.slice(0, max).replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}

export const textOrNull = (value: string | null): string | null => (value === null ? null : text(value));

/** A count: whole, from 0 to the largest number that is exact. */
export function count(value: number): number {
  return value > 0 ? Math.min(Math.trunc(value), Number.MAX_SAFE_INTEGER) : 0;
}

export const countOrNull = (value: number | null): number | null => (value === null ? null : count(value));

export const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** Whole seconds of 'seconds.nanoseconds'. */
export const wholeSeconds = (epoch: string): number => count(Number.parseFloat(epoch));

/** JSON for a column; `otherwise` where it is longer than a column may be. */
export function json(value: unknown, otherwise: string): string {
  const written = JSON.stringify(value);
  return written.length > MAX_LONG_TEXT ? otherwise : written;
}
