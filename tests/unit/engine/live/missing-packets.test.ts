import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { MissingPackets } from '../../../../src/engine/live/missing-packets';
import type { CaptureGap, LiveCapture, LiveCounts, LiveEnd } from '../../../../src/engine/sources/live/live-capture';
import { draw } from '../../../builders/draw';
import { readCapture } from '../../../builders/read-capture';

/** Epoch milliseconds of the drawn captures' first packet. */
const START = 1_700_000_000_000;

/** What a capture says of itself, without the capture. */
class Said implements LiveCapture {
  readonly name = 'eth0';
  readonly stream = Readable.from([]);
  readonly warnings = [];
  gaps: CaptureGap[] = [];
  dropped: number | null = 0;
  readonly ended: Promise<LiveEnd> = new Promise(() => undefined);

  counts(): LiveCounts {
    return { received: null, droppedByKernel: this.dropped, droppedByInterface: null };
  }

  stop(): Promise<LiveEnd> {
    return this.ended;
  }
}

const packets = async (lines: string) => (await readCapture(draw(lines).pcap())).tables.packets;
const TEN = Array.from({ length: 10 }, (_, i) => `@${i} 10.0.0.1:4000 > 10.0.0.2:53 udp len=9`).join('\n');

describe('missing packets of a live capture', () => {
  it('are told once for each gap, when it is over, by the time since the first packet', async () => {
    const said = new Said();
    const missing = new MissingPackets(said);
    const table = await packets(TEN);
    said.gaps = [{ from: START + 3000, to: null, reason: 'The connection was lost.' }];
    expect(missing.take(table)).toEqual([]);
    said.gaps = [{ from: START + 3000, to: START + 23_500.5, reason: 'The connection was lost.' }];
    expect(missing.take(table)).toEqual([{ from: 3e9, to: 23.5005e9, share: 1 }]);
    expect(missing.take(table)).toEqual([]);
    said.gaps.push({ from: START + 24_000, to: START + 25_000, reason: 'eth1: The connection was lost.', isPartial: true });
    expect(missing.take(table)).toEqual([{ from: 24e9, to: 25e9, share: 0.999 }]);
    said.gaps.push({ from: START + 30_000, to: START + 29_000, reason: "The server's clock was set back." });
    expect(missing.take(table)).toEqual([{ from: 30e9, to: 30e9, share: 1 }]);
  });

  it('that the kernel dropped are a part of what came in that time, never all of it', async () => {
    const said = new Said();
    const missing = new MissingPackets(said);
    const table = await packets(TEN);
    expect(missing.take(table)).toEqual([]);
    said.dropped = 90;
    expect(missing.note(await packets(`${TEN}\n${TEN.replaceAll('@', '@1')}`), said.counts())).toEqual({
      from: 8e9,
      to: 19e9,
      share: 0.9,
    });
    said.dropped = 1_000_090;
    expect(missing.note(await packets(`${TEN}\n${TEN.replaceAll('@', '@1')}`), said.counts())?.share).toBeLessThan(1);
    expect(missing.losses.reduce((sum, { packets: lost }) => sum + lost, 0)).toBe(1_000_090);
    said.dropped = null;
    expect(missing.note(table, said.counts())).toBeNull();
  });
});
