import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MergedSource } from '../../../../src/engine/sources/merged-source';
import { openCaptureStream } from '../../../../src/engine/sources/open';
import { draw } from '../../../builders/draw';
import { writePcap } from '../../../builders/pcap';

const ETHERNET = 1;
const RAW = 101;
const frame = (text: string): Uint8Array => Buffer.from(text.padEnd(20, '.'));
const pcap = (texts: readonly string[], linkType = ETHERNET): Uint8Array =>
  writePcap(
    texts.map((text) => ({ data: frame(text) })),
    { linkType },
  );

async function merged(...sources: readonly (readonly [name: string, stream: Readable])[]): Promise<MergedSource> {
  const all = new MergedSource();
  for (const [name, stream] of sources) {
    const opened = await openCaptureStream(stream);
    if (!opened.ok) throw new Error(opened.problem.sentence);
    all.add(opened.value, name);
  }
  return all;
}

/** 'NAME: TEXT' of each frame, in the order in which they came. */
async function read(source: MergedSource, most = 100, wanted = Number.POSITIVE_INFINITY): Promise<string[]> {
  const found: string[] = [];
  while (found.length < wanted) {
    const batch = await source.nextBatch(most, 20);
    if (batch === null) break;
    expect(batch.count).toBeLessThanOrEqual(most);
    for (let i = 0; i < batch.count; i++) {
      const start = batch.start[i] ?? 0;
      const text = Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[i] ?? 0))).toString();
      const { name, linkType } = source.interfaces[batch.interfaceId[i] ?? -1] ?? {};
      expect(batch.linkType[i]).toBe(linkType);
      found.push(`${name}: ${text.replace(/\.+$/, '')}`);
    }
  }
  return found;
}

const bytes = (data: Uint8Array): Readable => Readable.from([Buffer.from(data)], { objectMode: false });

describe('several sources at once', () => {
  it('are one, whose frames know where they come from', async () => {
    const source = await merged(['eth0', bytes(pcap(['a', 'b']))], ['tun0', bytes(pcap(['c'], RAW))]);
    expect((await read(source)).sort()).toEqual(['eth0: a', 'eth0: b', 'tun0: c']);
    expect(source.interfaces.map(({ name, linkType }) => [name, linkType])).toEqual([
      ['eth0', ETHERNET],
      ['tun0', RAW],
    ]);
    await source.close();
  });

  it('do not wait for each other, and the end of one is not that of the others', async () => {
    const slow = new PassThrough();
    slow.write(pcap([]));
    const source = await merged(['silent', slow], ['eth0', bytes(pcap(['a', 'b', 'c']))]);
    expect(await read(source, 2, 3)).toEqual(['eth0: a', 'eth0: b', 'eth0: c']);
    slow.write(pcap(['late']).subarray(24));
    expect(await read(source, 100, 1)).toEqual(['silent: late']);
    slow.end();
    expect(await read(source)).toEqual([]);
    await source.close();
  });

  it('answer in time where nothing comes', async () => {
    const [one, two] = [new PassThrough(), new PassThrough()];
    for (const each of [one, two]) each.write(pcap([]));
    const source = await merged(['one', one], ['two', two]);
    for (let i = 0; i < 200; i++) expect((await source.nextBatch(10, 1))?.count).toBe(0);
    await source.close();
    expect(await source.nextBatch(10, 1)).toBeNull();
  });

  it('tell what is wrong with one of them by its name', async () => {
    const cut = draw('10.0.0.1:1 > 10.0.0.2:2 S').pcap();
    const source = await merged(['eth0', bytes(cut.subarray(0, cut.length - 3))], ['eth1', bytes(pcap(['a']))]);
    expect(await read(source)).toEqual(['eth1: a']);
    expect(source.warnings).toMatchObject([{ code: 'cut-off', sentence: expect.stringMatching(/^eth0: /) }]);
    expect(source.truncated).toBe(true);
    await source.close();
  });

  it('lose no frame and keep the order of each, however bytes come and batches are asked for', async () => {
    const texts = fc.array(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 9 }), async (all, most) => {
        const source = await merged(
          ...all.map((each, i) => {
            const data = Buffer.from(pcap(each));
            const chunks = Array.from({ length: Math.ceil(data.length / 37) }, (_, at) => data.subarray(37 * at, 37 * at + 37));
            return [`s${i}`, Readable.from(chunks, { objectMode: false })] as const;
          }),
        );
        const found = await read(source, most);
        for (const [i, each] of all.entries())
          expect(found.filter((one) => one.startsWith(`s${i}: `))).toEqual(each.map((text) => `s${i}: ${text}`));
        expect(found).toHaveLength(all.flat().length);
        await source.close();
      }),
      { numRuns: 50 },
    );
  });
});
