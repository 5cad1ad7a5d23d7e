import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCaptureFile } from '../../src/engine/sources/open';
import { EngineBench } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';

let bench: EngineBench;
beforeAll(async () => {
  bench = await EngineBench.start();
});
afterAll(() => bench.close());

/** Time, lengths and bytes of every frame, and the link type of its interface. */
async function framesIn(path: string): Promise<string[]> {
  const opened = await openCaptureFile(path);
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const source = opened.value;
  const frames: string[] = [];
  for (let batch = await source.nextBatch(500, 50); batch; batch = await source.nextBatch(500, 50)) {
    for (let i = 0; i < batch.count; i++) {
      const start = batch.start[i] ?? 0;
      const bytes = Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[i] ?? 0)));
      frames.push(`${batch.seconds[i]}.${batch.nanoseconds[i]} ${batch.length[i]} ${batch.linkType[i]} ${bytes.toString('hex')}`);
    }
  }
  expect(source.warnings).toEqual([]);
  await source.close();
  return frames;
}

const save = (path: string, of: 'all' | 'shown', signal?: AbortSignal) =>
  bench.client.call('export.write', { path, request: { table: 'packets', packets: { of }, format: 'pcapng' } }, signal);

async function open(name: string): Promise<string> {
  const path = join(CAPTURES, name);
  const { id } = await bench.client.call('session.open', { path });
  await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
  return path;
}

const NAMES = [
  'protocols/http-https-over-ipv6.pcap',
  'formats/pcapng-many-interfaces.pcapng',
  'formats/pcap-nanosecond.pcap',
  'formats/pcapng-be-202.pcapng',
  'protocols/app-teams.pcap',
];

it.skipIf(!hasCaptures).for(NAMES.filter((name) => existsSync(join(CAPTURES, name))))(
  '%s is written again packet by packet (skipped where the captures are not there)',
  async (name) => {
    const path = await open(name);
    const target = join(bench.folder, 'all.pcapng');
    const saved = await save(target, 'all');
    const frames = await framesIn(target);
    expect(frames).toEqual(await framesIn(path));
    expect(saved).toEqual({ count: frames.length, missing: 0, bytes: readFileSync(target).length });
  },
);

it.skipIf(!hasCaptures)('what a filter shows is written, nothing else (skipped where the captures are not there)', async () => {
  const path = await open('protocols/http-https-over-ipv6.pcap');
  const { filter } = await bench.filter('tcp.port == 443');
  const target = join(bench.folder, 'shown.pcapng');
  const saved = await save(target, 'shown');
  expect(saved.count).toBe(filter.shown);
  const all = new Set(await framesIn(path));
  const shown = await framesIn(target);
  expect(shown).toHaveLength(filter.shown);
  expect(shown.every((frame) => all.has(frame))).toBe(true);
});

it.skipIf(!hasCaptures)(
  'a file that is in the way stays as it is where saving fails (skipped where the captures are not there)',
  async () => {
    await open('protocols/http-https-over-ipv6.pcap');
    const target = join(bench.folder, 'kept.pcapng');
    writeFileSync(target, 'mine');
    const elsewhere = join(bench.folder, 'no-such-folder', 'x.pcapng');
    await expect(save(elsewhere, 'all')).rejects.toThrow('could not be written');
    const controller = new AbortController();
    const saving = save(target, 'all', controller.signal);
    controller.abort();
    await expect(saving).rejects.toThrow();
    await bench.client.call('databases', {});
    expect(readFileSync(target, 'utf8')).toBe('mine');
  },
);
