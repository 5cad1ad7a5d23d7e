import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCaptureFile } from '../../../../src/engine/sources/open';
import type { CaptureSource } from '../../../../src/engine/sources/source';
import { writePcap } from '../../../builders/pcap';
import { opened, text } from './read-all';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-test-'));
  path = join(folder, 'growing.pcap');
});
afterEach(() => rm(folder, { recursive: true }));

const record = (content: string): Uint8Array => writePcap([{ data: text(content) }]).subarray(24);
const start = (): Uint8Array => writePcap([{ data: text('first') }]);

/** Text of the next frame; null at the end. */
async function nextFrame(source: CaptureSource): Promise<string | null> {
  for (;;) {
    const batch = await source.nextBatch(1, 2000);
    if (batch === null) return null;
    const at = batch.start[0] ?? 0;
    if (batch.count > 0) return Buffer.from(batch.bytes.subarray(at, at + (batch.capturedLength[0] ?? 0))).toString();
  }
}

describe('following a file', () => {
  it('gives what another program appends, also half a record at a time', async () => {
    await writeFile(path, start());
    const source = opened(await openCaptureFile(path, { follow: true, randomAccess: true }));
    expect(await nextFrame(source)).toBe('first');
    expect(await source.nextBatch(1, 5)).toMatchObject({ count: 0 });
    await appendFile(path, record('second'));
    expect(await nextFrame(source)).toBe('second');
    await appendFile(path, record('third').subarray(0, 18));
    expect(await source.nextBatch(1, 300)).toMatchObject({ count: 0 });
    await appendFile(path, record('third').subarray(18));
    expect(await nextFrame(source)).toBe('third');
    expect(Buffer.from((await source.store?.read(24 + 16, 5)) ?? []).toString()).toBe('first');
    expect(Buffer.from((await source.store?.read(24 + 21 + 22 + 16, 5)) ?? []).toString()).toBe('third');
    expect(source.warnings).toEqual([]);
    await source.close();
  });

  it('waits for the header of an empty file', async () => {
    await writeFile(path, '');
    const opening = openCaptureFile(path, { follow: true });
    await appendFile(path, start());
    const source = opened(await opening);
    expect(await nextFrame(source)).toBe('first');
    await source.close();
  });

  it('ends when it is cancelled', async () => {
    await writeFile(path, start());
    const abort = new AbortController();
    const source = opened(await openCaptureFile(path, { follow: true, signal: abort.signal }));
    expect(await nextFrame(source)).toBe('first');
    const waiting = source.nextBatch(1, 60_000);
    abort.abort();
    expect(await waiting).toBeNull();
    expect(source).toMatchObject({ truncated: false, warnings: [] });
    await source.close();
  });

  it.each([
    ['cut', () => truncate(path, 24), 'file-shrank'],
    ['deleted', () => rm(path), 'file-replaced'],
    ['rotated', () => rename(path, `${path}.1`).then(() => writeFile(path, start())), 'file-replaced'],
  ])('ends with a warning when the file is %s', async (_, change, code) => {
    await writeFile(path, start());
    const source = opened(await openCaptureFile(path, { follow: true }));
    expect(await nextFrame(source)).toBe('first');
    await change();
    expect(await nextFrame(source)).toBeNull();
    expect(source.warnings).toMatchObject([{ code, next: expect.any(String) }]);
    await source.close();
  });
});
