import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, open as openHandle, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaptureFile, openCaptureStream } from '../../../../src/engine/sources/open';
import { writePcap } from '../../../builders/pcap';
import { framesOf, opened, streamOf, text } from './read-all';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: Uint8Array | string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const one = writePcap([{ data: text('packet') }]);

describe('opening a file', () => {
  it.each([
    ['empty', '', 'empty-file'],
    ['text', 'No capture at all, only text.', 'not-a-capture'],
    ['short', 'ab', 'not-a-capture'],
    ['lz4', Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0, 0, 0, 0), 'unsupported-compression'],
    ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), 'unsupported-compression'],
    ['Network Monitor', 'GMBU\0\0\0\0\0\0\0\0\0\0\0\0', 'unsupported-format'],
  ])('says what is wrong with one that is %s, and what to do', async (name, content, code) => {
    const result = await openCaptureFile(await file(name, content));
    expect(result).toMatchObject({ ok: false, problem: { code, sentence: expect.stringMatching(/\.$/), next: expect.any(String) } });
  });

  it('says that there is none', async () => {
    expect(await openCaptureFile(join(folder, 'missing.pcap'))).toMatchObject({ ok: false, problem: { code: 'no-such-file' } });
  });

  it('says that it is a folder', async () => {
    expect(await openCaptureFile(folder)).toMatchObject({ ok: false, problem: { code: 'is-directory' } });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says that reading it is not allowed (skipped for root)',
    async () => {
      const path = await file('secret', one);
      await chmod(path, 0);
      expect(await openCaptureFile(path)).toMatchObject({ ok: false, problem: { code: 'no-permission' } });
    },
  );

  it('does not begin when it is cancelled already', async () => {
    const result = await openCaptureFile(await file('one', one), { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
  });

  it('tells how much of it was read', async () => {
    const source = opened(await openCaptureFile(await file('one', one)));
    expect(source.progress().total).toBe(one.length);
    await framesOf(source);
    expect(source.progress()).toEqual({ consumed: one.length, total: one.length });
    await source.close();
  });
});

describe.skipIf(process.platform === 'win32')('a FIFO (skipped on Windows, which has none)', () => {
  const fifo = (name: string): string => {
    const path = join(folder, name);
    execFileSync('mkfifo', [path]);
    return path;
  };

  it('is read as a stream', async () => {
    const path = fifo('fifo');
    const opening = openCaptureFile(path);
    await writeFile(path, one);
    const source = opened(await opening);
    expect(await framesOf(source)).toMatchObject([{ data: 'packet' }]);
    expect(source.store).toBeNull();
    await source.close();
  });

  it('is closed while its writer is silent', async () => {
    const path = fifo('silent');
    const opening = openCaptureFile(path);
    const writer = await openHandle(path, 'w');
    await writer.write(one);
    const source = opened(await opening);
    expect(await source.nextBatch(10, 1000)).toMatchObject({ count: 1 });
    expect(await source.nextBatch(10, 5)).toMatchObject({ count: 0 });
    await source.close();
    await writer.close();
  });
});

describe('a stream', () => {
  it('gives its frames as they come, and an empty batch while nothing comes', async () => {
    const stream = new PassThrough();
    const opening = openCaptureStream(stream);
    stream.write(one.subarray(0, 24));
    const source = opened(await opening);
    expect(await source.nextBatch(10, 5)).toMatchObject({ count: 0 });
    stream.write(one.subarray(24, 30));
    expect(await source.nextBatch(10, 5)).toMatchObject({ count: 0 });
    stream.write(one.subarray(30));
    let batch = await source.nextBatch(10, 1000);
    while (batch?.count === 0) batch = await source.nextBatch(10, 1000);
    expect(batch).toMatchObject({ count: 1 });
    stream.end();
    expect(await source.nextBatch(10, 1000)).toBeNull();
    expect(source).toMatchObject({ truncated: false, warnings: [] });
    await source.close();
  });

  it('that fails gives what came before and says why it ended', async () => {
    const stream = new PassThrough();
    stream.write(one);
    const source = opened(await openCaptureStream(stream));
    expect(await source.nextBatch(10, 1000)).toMatchObject({ count: 1 });
    stream.destroy(new Error('connection reset'));
    expect(await source.nextBatch(10, 1000)).toBeNull();
    expect(source.truncated).toBe(true);
    expect(source.warnings).toMatchObject([{ code: 'stream-failed', sentence: expect.stringContaining('connection reset') }]);
    await source.close();
  });

  it('stops waiting when it is cancelled, without a warning', async () => {
    const abort = new AbortController();
    const stream = new PassThrough();
    stream.write(one);
    const source = opened(await openCaptureStream(stream, { signal: abort.signal }));
    expect(await source.nextBatch(10, 1000)).toMatchObject({ count: 1 });
    const waiting = source.nextBatch(10, 60_000);
    abort.abort();
    expect(await waiting).toBeNull();
    expect(source.warnings).toEqual([]);
    await source.close();
    await source.close();
    expect(stream.destroyed).toBe(true);
  });

  it('is cancelled while its header is waited for', async () => {
    const abort = new AbortController();
    const opening = openCaptureStream(new PassThrough(), { signal: abort.signal });
    abort.abort();
    expect(await opening).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
  });

  it('may begin with nothing but be refused in the end', async () => {
    expect(await openCaptureStream(streamOf(new Uint8Array(0)))).toMatchObject({ ok: false, problem: { code: 'empty-file' } });
  });
});
