import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HELD, PairTable } from '../../../../src/engine/detectors/pair-table';

const address = fc.integer({ min: 0, max: 0xfffffe });

it('finds what was added last, and never another pair in its place', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(address, address), { maxLength: 200 }), (pairs) => {
      const table = new PairTable(6, () => undefined);
      for (const [i, [a, b]] of pairs.entries()) {
        const record = table.find(a, b) >= 0 ? table.find(a, b) : table.add(a, b, i);
        table.words[table.start(record)] = a ^ b;
        expect(table.find(a, b)).toBe(record);
      }
      for (const [a, b] of pairs) {
        const record = table.find(a, b);
        if (record >= 0) expect(table.words[table.start(record)]).toBe((a ^ b) >>> 0);
      }
    }),
  );
});

it('gives up what was touched longest ago, and held pairs last, of which it tells', () => {
  const told: number[] = [];
  const table = new PairTable(1, (record) => told.push(record));
  const held = table.add(1, 1, 0);
  table.setTag(held, HELD);
  const other = table.add(2, 2, 10);
  expect(table.add(3, 3, 20)).toBe(other);
  expect(table.find(1, 1)).toBe(held);
  expect(told).toEqual([]);
  table.setTag(table.find(3, 3), HELD);
  expect(table.add(4, 4, 30)).toBe(held);
  expect(told).toEqual([held]);
});
