import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Capture } from '../../src/engine/capture';
import { RowDissector } from '../../src/engine/details/row-dissector';
import { CAPTURES, hasCaptures, readToEnd } from '../builders/read-capture';

/** What tshark says of a damaged capture; `packets` are those before the place where it stopped. */
interface Summary {
  readonly packets: number;
  readonly tsharkMessage?: string;
}

const folder = join(CAPTURES, 'malformed');
const files = hasCaptures ? readdirSync(folder) : [];

function summaryOf(name: string): Summary | null {
  const path = join(CAPTURES, 'truth', 'malformed', `${name}.summary.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** tshark knows fewer link types and refuses the whole file for them. */
const refusesLinkType = ({ tsharkMessage = '' }: Summary): boolean => tsharkMessage.includes('network type');

/** Packets whose trees are made too: those of a file of many thousand frames tell no more than these. */
const MAX_DISSECTED = 3000;
/** A file that takes this long hangs. */
const HANGS = 20_000;

describe.skipIf(!hasCaptures)(`damaged captures in ${folder} (skipped where that folder is missing)`, () => {
  it.each(files)(
    '%s: read as far as it goes, with a reason where it ends, and every packet opens',
    async (name) => {
      const opened = await Capture.openFile(join(folder, name), { randomAccess: true });
      const summary = summaryOf(name);
      if (!opened.ok) {
        expect(opened.problem.sentence).not.toBe('');
        expect(summary?.packets ?? 0).toBe(0);
        return;
      }
      const capture = await readToEnd(opened.value);
      const { packets } = capture.tables;
      if (summary && !refusesLinkType(summary)) expect(packets.count).toBe(summary.packets);
      const dissector = new RowDissector(capture);
      for (let row = 0; row < Math.min(packets.count, MAX_DISSECTED); row++) {
        const { root, malformed } = await dissector.dissect(row);
        expect(root[0]?.name).toBe('frame');
        // The last resort of the second tier: a dissector broke its rule.
        expect(malformed?.reason ?? '').not.toContain('the dissector failed');
      }
      await capture.source.close();
    },
    HANGS,
  );
});
