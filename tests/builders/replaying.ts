import { Readable } from 'node:stream';
import { openCaptureStream } from '../../src/engine/sources/open';
import { type ReplayClock, ReplaySource } from '../../src/engine/sources/replay/replay-source';
import type { ReplaySpeed } from '../../src/shared/model/replay';

/** A wall clock that stands still until somebody sleeps by it. */
export class SleepClock implements ReplayClock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

/** A frame as it was handed out: where it is in the file, and the clock on the wall. */
export interface Played {
  readonly position: number;
  readonly at: number;
}

/** A capture file's bytes being replayed by such a clock. */
export class Replaying {
  readonly clock = new SleepClock();
  readonly source: ReplaySource;
  readonly played: Played[] = [];

  private constructor(source: ReplaySource, clock: SleepClock) {
    this.source = source;
    this.clock = clock;
  }

  static async open(pcap: Uint8Array, speed: ReplaySpeed): Promise<Replaying> {
    const opened = await openCaptureStream(Readable.from([Buffer.from(pcap)]), {});
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const clock = new SleepClock();
    return new Replaying(new ReplaySource(opened.value, speed, clock), clock);
  }

  /** False at the end. */
  async next(maxPackets = 1024, maxMs = 50): Promise<boolean> {
    const batch = await this.source.nextBatch(maxPackets, maxMs);
    for (let i = 0; i < (batch?.count ?? 0); i++) this.played.push({ position: batch?.position[i] ?? -1, at: this.clock.now() });
    return batch !== null;
  }

  /** Plays on for so long, or to the end. */
  async play(milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    while (this.clock.now() < until && (await this.next(1024, Math.min(50, until - this.clock.now()))));
  }

  async toEnd(): Promise<void> {
    while (await this.next());
  }
}
