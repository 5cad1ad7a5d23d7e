import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCaptureFile } from '../../../../src/engine/sources/open';
import { opened } from './read-all';

const root = process.env.PORTLIGHT_CAPTURES ?? resolve('../shared/pcaps');
const truth = join(root, 'truth');

interface Summary {
  readonly packets: number;
  readonly bytes: number;
  readonly capturedBytes: number;
  readonly firstTs: string | null;
  readonly lastTs: string | null;
  readonly tsharkExit: number;
  readonly tsharkMessage?: string;
}

const files = !existsSync(truth)
  ? []
  : readdirSync(truth).flatMap((folder) =>
      readdirSync(join(truth, folder))
        .filter((name) => name.endsWith('.summary.json'))
        .map((name) => [join(folder, name.replace('.summary.json', '')), join(truth, folder, name)] as const),
    );

/** tshark refuses the link type, not the file. */
const isReadableByTshark = ({ tsharkMessage = '' }: Summary): boolean => !tsharkMessage.includes('network type');
/** tshark prints impossible fractions of a second as they are, or overflows. */
const hasProperTimes = (name: string): boolean => !name.startsWith('malformed');

describe.skipIf(files.length === 0)(`captures in ${root} (skipped where that folder is missing)`, () => {
  it.each(files)('%s has the packets, bytes and times that tshark sees', async (name, summaryFile) => {
    const summary: Summary = JSON.parse(readFileSync(summaryFile, 'utf8'));
    if (!isReadableByTshark(summary)) return;
    const source = opened(await openCaptureFile(join(root, name)));
    const read = { packets: 0, bytes: 0, capturedBytes: 0, firstTs: null as string | null, lastTs: null as string | null };
    for (let batch = await source.nextBatch(4096, 1000); batch !== null; batch = await source.nextBatch(4096, 1000)) {
      read.packets += batch.count;
      for (let i = 0; i < batch.count; i++) {
        read.bytes += batch.length[i] ?? 0;
        read.capturedBytes += batch.capturedLength[i] ?? 0;
        if (batch.hasTime[i] !== 1) continue;
        read.lastTs = `${batch.seconds[i]}.${String(batch.nanoseconds[i]).padStart(9, '0')}`;
        read.firstTs ??= read.lastTs;
      }
    }
    expect(read).toMatchObject({ packets: summary.packets, bytes: summary.bytes, capturedBytes: summary.capturedBytes });
    if (hasProperTimes(name)) expect(read).toMatchObject({ firstTs: summary.firstTs, lastTs: summary.lastTs });
    expect(source.warnings.length > 0).toBe(summary.tsharkExit !== 0);
    await source.close();
  });
});
