import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createBatch } from '../../../../src/engine/sources/batch';
import { openCaptureFile } from '../../../../src/engine/sources/open';
import type { CaptureInterface, FrameBatch } from '../../../../src/engine/sources/source';
import { SpoolRing } from '../../../../src/engine/spool/spool-ring';

const folder = mkdtempSync(join(tmpdir(), 'portlight-spool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ETHERNET: CaptureInterface = { name: 'eth0', description: null, linkType: 1, snapLength: 262_144, droppedPackets: null, details: {} };
const MEGABYTE = 1024 * 1024;

let made = 0;
async function ring(limit: number): Promise<{ ring: SpoolRing; path: string }> {
  const path = join(folder, `${++made}`);
  const created = await SpoolRing.create({ folder: path, limit, name: 'eth0' });
  if (!created.ok) throw new Error(created.problem.sentence);
  return { ring: created.value, path };
}

function batchOf(frames: readonly Uint8Array[]): FrameBatch {
  const batch = createBatch(frames.length);
  batch.bytes = Buffer.concat(frames);
  let start = 0;
  for (const [i, frame] of frames.entries()) {
    batch.start[i] = start;
    batch.capturedLength[i] = frame.length;
    batch.length[i] = frame.length;
    batch.seconds[i] = 1_795_000_000 + i;
    batch.hasTime[i] = 1;
    start += frame.length;
  }
  batch.count = frames.length;
  return batch;
}

async function packetsIn(path: string): Promise<number> {
  const opened = await openCaptureFile(path);
  if (!opened.ok) throw new Error(opened.problem.sentence);
  let packets = 0;
  for (let batch = await opened.value.nextBatch(1000, 50); batch; batch = await opened.value.nextBatch(1000, 50)) packets += batch.count;
  expect(opened.value.warnings).toEqual([]);
  await opened.value.close();
  return packets;
}

it('gives every frame back from where it was put', async () => {
  const frames = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(frames, { minLength: 1, maxLength: 6 }), async (batches) => {
      const { ring: spool, path } = await ring(100 * MEGABYTE);
      const kept: [number, Uint8Array][] = [];
      for (const each of batches) {
        const batch = batchOf(each);
        await spool.add(batch, [ETHERNET]);
        for (const [i, frame] of each.entries()) kept.push([batch.position[i] ?? -1, frame]);
      }
      for (const [position, frame] of kept) expect(Buffer.from(await spool.read(position, frame.length))).toEqual(Buffer.from(frame));
      expect(await packetsIn(join(path, '000001.pcapng'))).toBe(kept.length);
      await spool.close();
      expect(existsSync(path)).toBe(false);
    }),
    { numRuns: 25 },
  );
});

it('stays within its limit: the oldest file makes room, whole, and its frames are no more', async () => {
  const { ring: spool, path } = await ring(4 * MEGABYTE);
  const frame = new Uint8Array(1000).fill(7);
  const positions: number[] = [];
  for (let i = 0; i < 100; i++) {
    const batch = batchOf(new Array<Uint8Array>(100).fill(frame));
    await spool.add(batch, [ETHERNET]);
    positions.push(...batch.position.subarray(0, batch.count));
    expect(spool.bytes).toBeLessThanOrEqual(4 * MEGABYTE);
  }
  expect(spool.oldest).toBeGreaterThan(0);
  const files = readdirSync(path).sort();
  expect(files.reduce((bytes, name) => bytes + readFileSync(join(path, name)).length, 0)).toBe(spool.bytes);
  for (const position of positions) {
    const read = await spool.read(position, 1000);
    if (position < spool.oldest) expect(read).toHaveLength(0);
    else expect(read.every((byte) => byte === 7) && read.length).toBe(1000);
  }
  let packets = 0;
  for (const name of files) packets += await packetsIn(join(path, name));
  expect(packets).toBe(positions.filter((position) => position >= spool.oldest).length);
  await spool.close();
});

it('goes on without keeping where nothing can be written', async () => {
  const { ring: spool, path } = await ring(4 * MEGABYTE);
  rmSync(path, { recursive: true });
  const batch = batchOf([new Uint8Array(60)]);
  await spool.add(batch, [ETHERNET]);
  expect(spool.problem?.sentence).toContain('not kept any more');
  expect(await spool.read(batch.position[0] ?? 0, 60)).toHaveLength(0);
  await spool.close();
});
