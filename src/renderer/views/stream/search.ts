import { hexBytes } from '../../../shared/base/hex-bytes';
import { MAX_STREAM_PATTERN, type StreamMatch } from '../../../shared/contract/stream';
import type { Run } from './lines';

/** The bytes that the words stand for; null where they are no pairs of hexadecimal digits, or too many. */
export function patternOf(words: string, asHex: boolean): number[] | null {
  const bytes = asHex ? hexBytes(words) : [...new TextEncoder().encode(words)];
  return bytes && bytes.length <= MAX_STREAM_PATTERN ? bytes : null;
}

/** Marks the bytes of the matches, a number a byte: 1, and 2 for the match that is looked at. Matches are in order of their position. */
export function marksOf(runs: readonly Run[], size: number, matches: readonly StreamMatch[], length: number, current: number): Uint8Array {
  const marks = new Uint8Array(size);
  const first = runs[0]?.position ?? 0;
  for (const sender of [0, 1] as const) {
    const own = runs.filter((run) => run.sender === sender);
    let at = 0;
    for (const [number, match] of matches.entries()) {
      if (match.sender !== sender || match.position < first) continue;
      while (at < own.length && positionEnd(own[at]) <= match.position) at++;
      const run = own[at];
      if (!run || run.position > match.position) continue;
      let left = length;
      let byte = run.start + match.position - run.position;
      for (let each = at; left > 0 && each < own.length; each++) {
        const { start, end } = own[each] ?? run;
        for (byte = each === at ? byte : start; byte < end && left > 0; byte++, left--) {
          if ((marks[byte] ?? 0) < 2) marks[byte] = number === current ? 2 : 1;
        }
      }
    }
  }
  return marks;
}

const positionEnd = (run: Run | undefined): number => (run ? run.position + run.end - run.start : 0);
