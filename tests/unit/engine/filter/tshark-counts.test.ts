import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Capture } from '../../../../src/engine/capture';
import { protocolNames } from '../../../../src/engine/decode/protocol-names';
import { RowDissector } from '../../../../src/engine/details/row-dissector';
import { filterFields } from '../../../../src/engine/filter/all-fields';
import { compileFilter } from '../../../../src/engine/filter/display-filter';
import { FilterScan } from '../../../../src/engine/filter/scan';
import recorded from './tshark-counts.json';

const root = process.env.PORTLIGHT_CAPTURES ?? resolve('../shared/pcaps');

/**
 * Packets that `tshark -n -r FILE -Y FILTER` (4.0.17) takes, per filter in the order of `captures`. Null: not compared, because Wireshark
 * calls a protocol present in packets whose Protocol column does not show it (a first part of a TLS record; TLS within QUIC).
 */
const counts: Readonly<Record<string, readonly (number | null)[]>> = recorded.counts;

for (const [i, name] of recorded.captures.entries()) {
  const path = join(root, name);
  test.skipIf(!existsSync(path))(
    `${name} is filtered as tshark filters it (skipped where the capture is not there)`,
    async () => {
      const opened = await Capture.openFile(path, { follow: false, randomAccess: true });
      if (!opened.ok) throw new Error(opened.problem.sentence);
      const capture = opened.value;
      while ((await capture.next()) !== null);
      const dissector = new RowDissector(capture);
      const decodeRows = (rows: Uint32Array) => Promise.all([...rows].map((row) => dissector.dissect(row)));
      const found: Record<string, number | string> = {};
      const expected: Record<string, number> = {};
      for (const [text, perCapture] of Object.entries(counts)) {
        const count = perCapture[i];
        if (typeof count !== 'number') continue;
        expected[text] = count;
        const filter = compileFilter(text, filterFields, { ...capture.tables, protocolNames });
        if (!filter.ok) {
          found[text] = filter.problem.sentence;
          continue;
        }
        const scan = new FilterScan(filter.value);
        await scan.run({ decodeRows });
        found[text] = scan.count;
      }
      await capture.source.close();
      expect(found).toEqual(expected);
    },
    60_000,
  );
}
