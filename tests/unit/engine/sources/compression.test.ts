import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCaptureFile, openCaptureStream } from '../../../../src/engine/sources/open';
import { writePcap } from '../../../builders/pcap';
import { framesOf, openBytes, opened, readBytes, streamOf } from './read-all';

const gzip = (bytes: Uint8Array): Uint8Array => new Uint8Array(zlib.gzipSync(bytes));
// Node 22.15 and later; the reader itself needs none of it.
const hasZstd = 'zstdCompressSync' in zlib;
const zstd = (bytes: Uint8Array, checksum = 0): Uint8Array =>
  new Uint8Array(zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_checksumFlag]: checksum } }));

/** Packets of varied content, some hundred kilobytes. */
const capture = (() => {
  let state = 1;
  const packets = Array.from({ length: 2000 }, (_, index) => {
    const data = new Uint8Array(60 + (index % 400));
    for (let i = 0; i < data.length; i++) {
      state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      data[i] = index % 3 === 0 ? state >> 16 : i;
    }
    return { data, seconds: 1_700_000_000 + index, fraction: index };
  });
  return writePcap(packets);
})();
const split = (bytes: Uint8Array, at: number): [Uint8Array, Uint8Array] => [bytes.subarray(0, at), bytes.subarray(at)];
const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

let plain: Awaited<ReturnType<typeof readBytes>>['frames'] = [];
let folder = '';
beforeAll(async () => {
  plain = (await readBytes(capture)).frames;
  folder = await mkdtemp(join(tmpdir(), 'sources-test-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const [head, tail] = split(capture, 100_003);
const skippable = Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5);

describe.each([
  ['gzip', 'gzip', () => gzip(capture)],
  ['gzip of several members', 'gzip', () => concat(gzip(head), gzip(new Uint8Array(0)), gzip(tail))],
  ['gzip followed by zeros', 'gzip', () => concat(gzip(capture), new Uint8Array(512))],
  ...(hasZstd
    ? ([
        ['zstd', 'zstd', () => zstd(capture)],
        ['zstd with a checksum', 'zstd', () => zstd(capture, 1)],
        ['zstd of several frames, some skippable', 'zstd', () => concat(skippable, zstd(head, 1), skippable, zstd(tail))],
        ['zstd with an empty frame', 'zstd', () => concat(zstd(head), zstd(new Uint8Array(0)), zstd(tail))],
      ] as const)
    : []),
] as [string, string, () => Uint8Array][])('%s', (_, compression, compressed) => {
  it('gives the same frames as the plain capture', async () => {
    const read = await readBytes(compressed());
    expect(read).toMatchObject({ format: 'pcap', compression, truncated: false, warnings: [] });
    expect(read.frames).toEqual(plain);
  });

  it('gives them also in small chunks', async () => {
    expect((await readBytes(compressed(), { chunk: 61 })).frames).toEqual(plain);
  });

  it('that is cut off gives every frame before the cut', async () => {
    const bytes = compressed();
    const read = await readBytes(bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    expect(read.truncated).toBe(true);
    expect(read.warnings[0]).toMatchObject({ code: 'compressed-cut', sentence: expect.stringContaining('decompressed bytes') });
    expect(read.frames.length).toBeGreaterThan(300);
    expect(read.frames).toEqual(plain.slice(0, read.frames.length));
  });

  it('that is damaged ends with a warning', async () => {
    const bytes = compressed();
    bytes.fill(0xff, Math.floor(bytes.length * 0.7), Math.floor(bytes.length * 0.7) + 64);
    const read = await readBytes(bytes);
    expect(read.warnings.length).toBeGreaterThan(0);
    expect(read.warnings[0]?.code).toMatch(/^(compressed-damaged|compressed-cut|bad-record)$/);
    expect(read.frames.length).toBeGreaterThan(300);
  });

  it('reads frames back from a temporary file that is gone afterwards', async () => {
    const path = join(folder, 'capture');
    await writeFile(path, compressed());
    const temporary = join(folder, 'temporary');
    await mkdir(temporary, { recursive: true });
    vi.stubEnv('TMPDIR', temporary);
    const source = opened(await openCaptureFile(path, { randomAccess: true }));
    const frames = await framesOf(source, 100);
    for (const frame of [frames[0], frames[1999], frames[1000], frames[1001]]) {
      const bytes = await source.store?.read(frame?.position ?? -1, frame?.data.length ?? 0);
      expect(Buffer.from(bytes ?? []).toString('latin1')).toBe(frame?.data);
    }
    await source.close();
    expect(await source.store?.read(24, 16)).toHaveLength(0);
    expect(await readdir(temporary)).toEqual([]);
  });
});

describe('a damaged gzip file', () => {
  it('gives every frame before the byte that is damaged', async () => {
    const path = join(folder, 'damaged.pcap.gz');
    const bytes = gzip(capture);
    // The last bytes are the checksum of everything before them.
    bytes.fill(0, bytes.length - 8);
    await writeFile(path, bytes);
    const source = opened(await openCaptureFile(path, { randomAccess: true }));
    expect(await framesOf(source)).toEqual(plain);
    expect(source.warnings).toMatchObject([{ code: 'compressed-damaged' }]);
    const last = plain[1999];
    const stored = await source.store?.read(last?.position ?? 0, last?.data.length ?? 0);
    expect(Buffer.from(stored ?? []).toString('latin1')).toBe(last?.data);
    await source.close();
  });
});

describe('compressed captures', () => {
  it('are refused when their zstd window would fill the memory', async () => {
    // A frame header whose window descriptor asks for 2^31 bytes.
    const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0);
    const problem = { code: 'compressed-window', next: expect.stringContaining('zstd -d') };
    expect(await openCaptureStream(streamOf(frame))).toMatchObject({ ok: false, problem });
  });

  it.each([['gzip', gzip], ...(hasZstd ? ([['zstd', zstd]] as const) : [])] as const)(
    'take constant memory when they grow a thousandfold: %s',
    async (_, compress) => {
      // 192 MiB in which every 16 zero bytes are an empty packet.
      const bomb = compress(concat(writePcap([]), new Uint8Array(192 * 1024 * 1024)));
      const source = await openBytes(bomb);
      const before = process.memoryUsage().arrayBuffers;
      let peak = 0;
      let packets = 0;
      for (let batch = await source.nextBatch(65_536, 1000); batch !== null; batch = await source.nextBatch(65_536, 1000)) {
        packets += batch.count;
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
      }
      expect(packets).toBe(12 * 1024 * 1024);
      // Pieces that were read wait for the collector, which takes its time on a busy machine; the whole never waits.
      expect(peak).toBeLessThan(96 * 1024 * 1024);
      await source.close();
    },
  );
});
