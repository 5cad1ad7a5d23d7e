import { Readable } from 'node:stream';
import type { Bytes, Nanoseconds } from '../../../shared/model/units';
import type { LiveCapture, LiveCounts, LiveEnd } from '../live/live-capture';
import { Traffic } from './traffic';
import { OWN_IPV4, OWN_IPV6 } from './world';

/** Said wherever the source is named: none of it happened. */
export const DEMO_NAME = 'Demo: generated traffic';
/** Of the server that the traffic is of: the rules are to know them as its own. */
export const DEMO_OWN_ADDRESSES: readonly string[] = [OWN_IPV4, OWN_IPV6];

/** Everybody sees the same story, so that it can be told of. */
const SEED = 1;
/** Between two looks at the clock. */
const STEP_MS = 20;
/** Packets of a longer time than this are not made up for: the reader was busy, or the machine slept. */
const MOST_BEHIND_MS = 1000;
/** What a reader is handed at a time. */
const PIECE: Bytes = 262_144;
const NANOSECONDS_A_MILLISECOND = 1_000_000;

export interface DemoOptions {
  /** The same seed gives the same packets, their times aside. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** Generated traffic at the pace of the clock, until it is stopped. What nobody reads is not generated. */
export class DemoCapture implements LiveCapture {
  readonly name = DEMO_NAME;
  readonly stream: Readable;
  readonly gaps = [];
  readonly warnings = [];
  readonly ended: Promise<LiveEnd>;
  readonly #traffic: Traffic;
  readonly #clock: () => number;
  /** By the clock, when the traffic was at its beginning. */
  #epoch: number;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #resolve: (end: LiveEnd) => void = () => undefined;

  constructor({ seed = SEED, signal, clock = Date.now }: DemoOptions = {}) {
    this.#clock = clock;
    this.#epoch = clock();
    this.#traffic = new Traffic({ seed, epoch: this.#epoch });
    this.stream = new Readable({
      highWaterMark: PIECE,
      read: () => this.#hand(),
      destroy: (error, done) => {
        this.#end();
        done(error);
      },
    });
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    if (signal?.aborted) void this.stop();
    else signal?.addEventListener('abort', () => void this.stop(), { once: true });
  }

  counts(): LiveCounts {
    return { received: this.#traffic.packets, droppedByKernel: 0, droppedByInterface: 0 };
  }

  stop(): Promise<LiveEnd> {
    if (!this.#isOver) {
      this.#end();
      if (!this.stream.destroyed) this.stream.push(null);
    }
    return this.ended;
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#resolve({ problem: null, counts: this.counts() });
  }

  /** What happened since the last time; where nothing did, the clock is looked at again soon. */
  #hand(): void {
    if (this.#isOver) return;
    const bytes = this.#traffic.take(this.#elapsed(), PIECE);
    if (bytes.length > 0) this.stream.push(bytes);
    else this.#timer = setTimeout(() => this.#hand(), STEP_MS);
  }

  #elapsed(): Nanoseconds {
    const behind = this.#clock() - this.#epoch - this.#traffic.time / NANOSECONDS_A_MILLISECOND;
    // A clock that was set back is followed as well.
    if (Math.abs(behind) > MOST_BEHIND_MS) {
      this.#epoch += behind;
      this.#traffic.epoch = this.#epoch;
    }
    return (this.#clock() - this.#epoch) * NANOSECONDS_A_MILLISECOND;
  }
}
