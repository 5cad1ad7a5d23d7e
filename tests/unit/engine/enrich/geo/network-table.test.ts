import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetworkTable } from '../../../../../src/engine/enrich/geo/network-table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portlight-networks-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function tableOf(text: string | Uint8Array): Promise<NetworkTable> {
  const path = join(folder, 'networks.csv');
  writeFileSync(path, text);
  const opened = await NetworkTable.open(path);
  if (!opened.ok) throw new Error(opened.problem.sentence);
  return opened.value;
}

describe('owners of networks', () => {
  it('finds the range that holds an address', async () => {
    const table = await tableOf('10,19,1,Ten\n20,29,2,"Twenty, ""the"" Inc."\n50,50,3,\n');
    const at = (address: number): unknown => table.find(BigInt(address));
    expect([9, 10, 19, 20, 29, 30, 50, 51].map(at)).toEqual([
      null,
      { number: 1, organisation: 'Ten' },
      { number: 1, organisation: 'Ten' },
      { number: 2, organisation: 'Twenty, "the" Inc.' },
      { number: 2, organisation: 'Twenty, "the" Inc.' },
      null,
      { number: 3, organisation: '' },
      null,
    ]);
    await table.close();
  });

  it('agrees with a search through all ranges', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.bigInt(0n, 1n << 128n), { minLength: 1, maxLength: 60 }),
        fc.bigInt(0n, 1n << 128n),
        async (edges, asked) => {
          const sorted = edges.sort((a, b) => (a < b ? -1 : 1));
          const ranges = sorted.map((first, i) => ({ first, last: ((sorted[i + 1] ?? first + 9n) + first) / 2n, number: i + 1 }));
          const table = await tableOf(ranges.map(({ first, last, number }) => `${first},${last},${number},Org ${number}\n`).join(''));
          for (const address of [asked, ...edges]) {
            const expected = ranges.find(({ first, last }) => first <= address && address <= last);
            expect(table.find(address)?.number).toBe(expected?.number);
          }
          await table.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('knows nothing where the file is damaged, and ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.bigInt(0n, 1n << 32n), async (bytes, address) => {
        const table = await tableOf(bytes);
        expect(table.find(address)?.number ?? 1).toBeGreaterThan(0);
        await table.close();
      }),
      { numRuns: 100 },
    );
    const long = await tableOf(`1,2,3,${'x'.repeat(200_000)}\n`);
    expect(long.find(1n)).toBeNull();
    await long.close();
  });
});
