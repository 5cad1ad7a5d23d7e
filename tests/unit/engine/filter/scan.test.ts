import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FilterScan, MAX_DECODE_ROWS } from '../../../../src/engine/filter/scan';
import { node, numbers, Rows } from './filter-tables';

/** Rows that the columns decide and rows that need a tree, as the letters say: y, n, and Y and N for trees that answer yes and no. */
function mixed(letters: string): Rows {
  const rows = new Rows();
  for (const letter of letters) {
    if (letter === 'y' || letter === 'n') rows.add(`10.0.0.1:1 > 10.0.0.2:${letter === 'y' ? 80 : 81}`);
    else rows.add('10.0.0.1:1 > 10.0.0.2:82', { tree: [node('ip.ttl', letter === 'Y' ? 1 : 2)] });
  }
  return rows;
}
const FILTER = 'tcp.dstport == 80 || (tcp.dstport == 82 && ip.ttl == 1)';
const taken = (letters: string): number[] => [...letters].flatMap((letter, i) => (letter.toLowerCase() === 'y' ? [i + 1] : []));

test('keeps the order of rows, whoever decides them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('y', 'n', 'Y', 'N'), { maxLength: 40 }), async (letters) => {
      expect(await mixed(letters.join('')).find(FILTER)).toEqual(taken(letters.join('')));
    }),
    { numRuns: 60 },
  );
});

test('asks for a bounded number of trees at once, and only for rows that need one', async () => {
  const letters = 'yYnN'.repeat(600);
  const rows = mixed(letters);
  const scan = new FilterScan(rows.compile(FILTER));
  const sizes: number[] = [];
  await scan.run({
    decodeRows: (wanted) => {
      sizes.push(wanted.length);
      return Promise.resolve(rows.decode(wanted));
    },
  });
  expect(numbers(scan)).toEqual(taken(letters));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_DECODE_ROWS);
  expect(rows.decoded).toHaveLength(1200);
});

test('goes on with rows that are appended', async () => {
  const rows = mixed('yN');
  const scan = new FilterScan(rows.compile(FILTER));
  const decodeRows = (wanted: Uint32Array) => Promise.resolve(rows.decode(wanted));
  await scan.run({ decodeRows });
  expect(numbers(scan)).toEqual([1]);
  rows.add('10.0.0.7:1 > 10.0.0.2:80').add('10.0.0.7:1 > 10.0.0.2:81');
  expect(scan.done).toBe(true);
  scan.extend(rows.tables.packets.count);
  expect(scan.done).toBe(false);
  await scan.run({ decodeRows });
  expect([numbers(scan), scan.scanned]).toEqual([[1, 3], 4]);
});

test('finds addresses that were not in the table when it was compiled', async () => {
  const rows = mixed('n');
  const scan = new FilterScan(rows.compile('ip.addr == 172.16.0.0/12'));
  scan.step(100);
  for (let i = 0; i < 600; i++) rows.add(`172.16.${i >> 8}.${i & 255}:1 > 10.0.0.2:81`);
  scan.extend(rows.tables.packets.count);
  expect(scan.step(1000)).toBe('done');
  expect(scan.count).toBe(600);
});

test('stops when it is cancelled and keeps what it has', async () => {
  const rows = mixed('yYyYyY');
  const cancel = new AbortController();
  const scan = new FilterScan(rows.compile(FILTER));
  await scan.run({
    signal: cancel.signal,
    decodeRows: (wanted) => {
      cancel.abort();
      return Promise.resolve(rows.decode(wanted));
    },
  });
  expect(scan.done).toBe(false);
  expect([numbers(scan), scan.scanned]).toEqual([[1], 1]);
  await scan.run({ decodeRows: (wanted) => Promise.resolve(rows.decode(wanted)) });
  expect(numbers(scan)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a frame that cannot be read does not match', async () => {
  const rows = mixed('yYy');
  const scan = new FilterScan(rows.compile(FILTER));
  await scan.run({ decodeRows: (wanted) => Promise.resolve([...wanted].map(() => null)) });
  expect(numbers(scan)).toEqual([1, 3]);
});

test('a budget of nothing does nothing', () => {
  const scan = new FilterScan(mixed('y').compile(FILTER));
  expect([scan.step(0), scan.count]).toEqual(['more', 0]);
});
