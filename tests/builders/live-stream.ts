import { PassThrough, type Readable } from 'node:stream';
import type { CaptureGap, LiveCapture, LiveCounts, LiveEnd } from '../../src/engine/sources/live/live-capture';
import type { Problem } from '../../src/shared/base/result';
import { writePcap } from './pcap';

const HEADER = 24;

/** A live capture whose packets the test makes. */
export class LiveStream implements LiveCapture {
  readonly name: string;
  readonly stream: Readable;
  readonly gaps: CaptureGap[] = [];
  readonly warnings: readonly Problem[] = [];
  readonly ended: Promise<LiveEnd>;
  dropped = 0;
  #received = 0;
  readonly #bytes = new PassThrough();
  #end: (end: LiveEnd) => void = () => undefined;

  constructor(name = 'made0') {
    this.name = name;
    this.stream = this.#bytes;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#bytes.write(writePcap([]).subarray(0, HEADER));
  }

  counts(): LiveCounts {
    return { received: this.#received, droppedByKernel: this.dropped, droppedByInterface: 0 };
  }

  /** Frames with their times in microseconds since the epoch; waits until the reader took them. */
  async send(frames: readonly { readonly data: Uint8Array; readonly time: number }[]): Promise<void> {
    const records = writePcap(
      frames.map(({ data, time }) => ({ data, seconds: Math.floor(time / 1e6), fraction: Math.floor(time % 1e6) })),
    ).subarray(HEADER);
    this.#received += frames.length;
    if (!this.#bytes.write(records)) await new Promise((resolve) => this.#bytes.once('drain', resolve));
  }

  stop(): Promise<LiveEnd> {
    this.die(null);
    return this.ended;
  }

  /** It ends by itself. */
  die(problem: Problem | null): void {
    this.#bytes.end();
    this.#end({ problem, counts: this.counts() });
  }
}
