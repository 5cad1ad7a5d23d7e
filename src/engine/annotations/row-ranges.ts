/** Rows of one chunk as a database keeps them: '5,7-9', ascending, within the chunk. */

const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/;

export function rangesText(rows: Iterable<number>): string {
  const parts: string[] = [];
  let first = -1;
  let last = -1;
  const close = (): void => {
    if (first >= 0) parts.push(first === last ? String(first) : `${first}-${last}`);
  };
  for (const row of rows) {
    if (row !== last + 1 || first < 0) {
      close();
      first = row;
    }
    last = row;
  }
  close();
  return parts.join(',');
}

/** Ascending rows below `limit`; what is no range is left out: the database may have been written by anybody. */
export function* rangesOf(text: string, limit: number): Iterable<number> {
  let next = 0;
  for (const part of text.split(',')) {
    const match = RANGE.exec(part);
    if (!match) continue;
    const to = Math.min(limit - 1, Number(match[2] ?? match[1]));
    for (let row = Math.max(next, Number(match[1])); row <= to; row++) yield row;
    next = Math.max(next, to + 1);
  }
}
