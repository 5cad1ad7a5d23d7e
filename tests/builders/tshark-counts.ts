import { execFile } from 'node:child_process';

/** What tshark counts for a display filter. */
export interface TsharkCount {
  readonly packets: number;
  readonly bytes: number;
}

const run = (args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile('tshark', args, { maxBuffer: 2 ** 28 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });

/**
 * Packets and bytes of each filter, and how many conversations of TCP and of UDP each of `talking` has, all in one reading of the file. No
 * filter may have a comma: tshark's statistics end there.
 */
export async function tsharkCounts(path: string, filters: readonly string[], talking: readonly string[]) {
  const taps = talking.flatMap((filter) => [`conv,tcp,${filter}`, `conv,udp,${filter}`]);
  const args = ['-n', '-r', path, '-q', '-z', `io,stat,0,${filters.join(',')}`, ...taps.flatMap((tap) => ['-z', tap])];
  const text = await run(args);
  const row = text.split('\n').find((line) => /^\|\s*[\d.]+\s*<>/.test(line)) ?? '';
  const numbers = row.split('|').slice(2, -1).map(Number);
  const counts = filters.map((_, i): TsharkCount => ({ packets: numbers[2 * i] ?? Number.NaN, bytes: numbers[2 * i + 1] ?? Number.NaN }));
  const conversations = new Map<string, number>();
  for (const table of text.split(/^=+$/m)) {
    const found = /^\s*(TCP|UDP) Conversations\nFilter:(.*)\n/.exec(table);
    if (found) conversations.set(`${found[1]?.toLowerCase()} ${found[2]}`, (table.match(/<->/g) ?? []).length);
  }
  return { counts, conversations: (kind: 'tcp' | 'udp', filter: string): number => conversations.get(`${kind} ${filter}`) ?? Number.NaN };
}
