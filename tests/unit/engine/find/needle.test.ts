import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_MASK } from '../../../../src/engine/columns/column-chunk';
import { PacketTable } from '../../../../src/engine/columns/packet-table';
import { FrameSpan } from '../../../../src/engine/find/frame-span';
import { Folder, Needle } from '../../../../src/engine/find/needle';

/** Frames with something between them, as in a capture file. */
interface Stored {
  readonly gap: Uint8Array;
  readonly frame: Uint8Array;
}

function stored(parts: readonly Stored[]) {
  const packets = new PacketTable();
  const pieces: Uint8Array[] = [];
  let position = 0;
  for (const { gap, frame } of parts) {
    const chunk = packets.chunkForAppend();
    const i = packets.count++ & CHUNK_MASK;
    chunk.positionLow[i] = position + gap.length;
    chunk.capturedLength[i] = frame.length;
    pieces.push(gap, frame);
    position += gap.length + frame.length;
  }
  const file = Buffer.concat(pieces);
  return new FrameSpan(packets, { read: async (from, length) => file.subarray(from, from + length) });
}

/** The packet that has it first in this direction, and where in it. */
async function found(parts: readonly Stored[], needle: Needle, fold: boolean, backward: boolean) {
  const span = stored(parts);
  const rows = Uint32Array.from(parts, (_, i) => (backward ? parts.length - 1 - i : i));
  for (let from = 0; from < rows.length; from += span.count) {
    await span.read(rows, from);
    const searched = fold ? new Folder().fold(span.bytes) : Buffer.from(span.bytes);
    const hit = needle.find(span, searched, backward);
    if (hit) return { packet: rows[from + hit.frame], start: hit.start };
  }
  return null;
}

/** Few different bytes, so that there is much to find. */
const few = (maxLength: number) =>
  fc.uint8Array({ max: 3, maxLength }).map((bytes) => bytes.map((byte) => [0, 0x41, 0x61, 0x42][byte] ?? 0));
const capture = fc.array(fc.record({ gap: few(6), frame: few(12) }), { minLength: 1, maxLength: 12 });
const pattern = few(4).filter((bytes) => bytes.length > 0);
const lower = (bytes: Uint8Array): Buffer => Buffer.from(Buffer.from(bytes).toString('latin1').toLowerCase(), 'latin1');

describe('bytes in frames that were read together', () => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('are found where they are (without case: %s, backward: %s)', async (fold, backward) => {
    await fc.assert(
      fc.asyncProperty(capture, pattern, async (parts, bytes) => {
        const places = parts.map(({ frame }) => (fold ? lower(frame).indexOf(lower(bytes)) : Buffer.from(frame).indexOf(bytes)));
        const packet = backward ? places.findLastIndex((at) => at >= 0) : places.findIndex((at) => at >= 0);
        const expected = packet < 0 ? null : { packet, start: places[packet] };
        expect(await found(parts, new Needle(bytes, fold), fold, backward)).toEqual(expected);
      }),
    );
  });

  it('of UTF-16 are the same letters, not others whose upper byte looks like one', async () => {
    const needle = (text: string) => new Needle(Buffer.from(text, 'utf16le'), true, true);
    const parts = ['\u4161 \u6161', 'Ab'].map((text) => ({ gap: new Uint8Array(0), frame: Buffer.from(text, 'utf16le') }));
    for (const backward of [false, true]) {
      expect(await found(parts, needle('aB'), true, backward)).toEqual({ packet: 1, start: 0 });
      expect(await found(parts, needle('\u6161'), true, backward)).toEqual({ packet: 0, start: 4 });
    }
  });
});
