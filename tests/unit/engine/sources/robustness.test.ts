import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCaptureStream } from '../../../../src/engine/sources/open';
import { writePcap, writeSnoop } from '../../../builders/pcap';
import { PcapngBuilder } from '../../../builders/pcapng';
import { framesOf, readBytes, streamOf, text } from './read-all';

const packets = [3, 17, 0, 40].map((size, index) => ({
  data: new Uint8Array(size).fill(65 + index),
  seconds: 1_700_000_000,
  fraction: index,
}));

const captures: [name: string, bytes: Uint8Array][] = [
  ['pcap', writePcap(packets)],
  ['big-endian nanosecond pcap', writePcap(packets, { littleEndian: false, magic: 'nanoseconds' })],
  ['snoop', writeSnoop(packets)],
  [
    'pcapng',
    new PcapngBuilder()
      .section({
        options: [
          [1, 'comment'],
          [4, 'application'],
        ],
      })
      .interface({
        options: [
          [2, 'eth0'],
          [9, 9],
          [14, 5n],
          [11, '\0tcp'],
        ],
      })
      .packet(text('first'), {
        stamp: 1_700_000_000_000_000_001n,
        options: [
          [1, 'a comment'],
          [4, 1n],
        ],
      })
      .names([[Uint8Array.of(10, 0, 0, 1), 'gateway']])
      .simplePacket(text('second'))
      .statistics(0, [[5, 2n]])
      .secrets('CLIENT_RANDOM')
      .section({ littleEndian: false })
      .interface({ linkType: 113, options: [[9, 0x80 + 20]] })
      .obsoletePacket(text('third'), { stamp: 99n })
      .block(0x0bad, new Uint8Array(8))
      .packet(text('fourth'))
      .done(),
  ],
];

describe.each(captures)('%s', (_, bytes) => {
  it.each([1, 2, 3, 7, 64])('reads alike when it arrives in chunks of %i bytes', async (chunk) => {
    expect(await readBytes(bytes, { chunk })).toEqual(await readBytes(bytes));
  });

  it('reads alike in batches of one frame', async () => {
    const result = await openCaptureStream(streamOf(bytes));
    if (!result.ok) throw new Error(result.problem.sentence);
    expect(await framesOf(result.value, 1)).toEqual((await readBytes(bytes)).frames);
    await result.value.close();
  });

  it('gives the complete frames before a cut at any byte', async () => {
    const whole = (await readBytes(bytes)).frames;
    for (let cut = 0; cut < bytes.length; cut++) {
      const result = await openCaptureStream(streamOf(bytes.subarray(0, cut)));
      if (!result.ok) {
        expect(result.problem.code).toMatch(/^(empty-file|not-a-capture|cut-header)$/);
        continue;
      }
      const frames = await framesOf(result.value);
      expect(frames).toEqual(whole.slice(0, frames.length));
      const next = whole[frames.length];
      // A frame whose bytes are all there may still lack padding, options or the block's end.
      if (next !== undefined) expect(cut).toBeLessThan(next.position + next.data.length + 48);
      expect(result.value.truncated).toBe(result.value.warnings.some(({ code }) => code === 'cut-off'));
      await result.value.close();
    }
  });

  it('survives 5,000 mutations', async () => {
    const mutation = fc.record({ at: fc.nat(bytes.length - 1), value: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.nat(255)) });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 8 }), async (mutations) => {
        const mutated = bytes.slice();
        for (const { at, value } of mutations) mutated[at] = value;
        const result = await openCaptureStream(streamOf(mutated));
        if (!result.ok) {
          expect(result.problem.sentence).not.toBe('');
          return;
        }
        const frames = await framesOf(result.value);
        for (const frame of frames) expect(frame.position + frame.data.length).toBeLessThanOrEqual(bytes.length);
        // Every record has a header of 12 bytes or more.
        expect(frames.length).toBeLessThanOrEqual(bytes.length / 12);
        await result.value.close();
      }),
      { numRuns: 5000 },
    );
  }, 60_000);
});
