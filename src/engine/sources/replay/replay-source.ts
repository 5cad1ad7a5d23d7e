import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplaySpeed } from '../../../shared/model/replay';
import type { Bytes, Nanoseconds } from '../../../shared/model/units';
import { createBatch } from '../batch';
import type { CaptureInterface, CaptureName, CaptureSource, CaptureWarning, FrameBatch, FrameStore } from '../source';

const NANOSECONDS_A_SECOND = 1_000_000_000;
const NANOSECONDS_A_MILLISECOND = 1_000_000;
/** Frames that are read ahead of the clock. */
const AHEAD = 1024;
/** A wish (another speed, a step) is looked at this soon. */
const LONGEST_SLEEP_MS = 20;

/** What the replay goes by; tests have one of their own. */
export interface ReplayClock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const WALL: ReplayClock = { now: () => performance.now(), sleep };

/**
 * A capture file at its own pace, or a multiple of it. The clock runs in capture time from the first frame on; a frame is handed out when the
 * clock has come to its time, frames without a time or with an earlier one than their predecessor at once.
 */
export class ReplaySource implements CaptureSource {
  readonly #source: CaptureSource;
  readonly #wall: ReplayClock;
  readonly #batch: FrameBatch = createBatch(AHEAD);
  #held: FrameBatch | null = null;
  #taken = 0;
  #ended = false;
  #speed: ReplaySpeed;
  #paused = false;
  /** Frames that go out although it is paused. */
  #steps = 0;
  /** Frames up to this time go out whatever the pace; NaN: none do. */
  #reach: Nanoseconds = Number.NaN;
  /** Capture time since the first second of the capture. */
  #clock: Nanoseconds = Number.NaN;
  /** The first frame with a time was read. */
  #begun = false;
  #startSecond = 0;
  /** When the clock was set last, ms. */
  #setAt = 0;

  constructor(source: CaptureSource, speed: ReplaySpeed, wall: ReplayClock = WALL) {
    this.#source = source;
    this.#speed = speed;
    this.#wall = wall;
  }

  get format(): string {
    return this.#source.format;
  }

  get compression(): string {
    return this.#source.compression;
  }

  get interfaces(): readonly CaptureInterface[] {
    return this.#source.interfaces;
  }

  get warnings(): readonly CaptureWarning[] {
    return this.#source.warnings;
  }

  get names(): readonly CaptureName[] {
    return this.#source.names;
  }

  get details(): Readonly<Record<string, string>> {
    return this.#source.details;
  }

  get truncated(): boolean {
    return this.#source.truncated;
  }

  get store(): FrameStore | null {
    return this.#source.store;
  }

  get speed(): ReplaySpeed {
    return this.#speed;
  }

  /** The last frame was handed out. */
  get ended(): boolean {
    return this.#ended;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Where the replay is: since the capture's first second. */
  get position(): Nanoseconds {
    return Number.isNaN(this.#clock) ? 0 : this.#clock;
  }

  progress(): { readonly consumed: Bytes; readonly total: Bytes | null } {
    return this.#source.progress();
  }

  set(speed: ReplaySpeed, paused: boolean): void {
    this.#run();
    this.#speed = speed;
    this.#paused = paused;
    if (!paused) this.#steps = 0;
  }

  /** So many frames more, while it is paused. */
  step(packets: number): void {
    if (this.#paused) this.#steps += packets;
  }

  /** Everything up to this time goes out at once; false where that time is over: the capture has to be read anew. */
  forwardTo(time: Nanoseconds): boolean {
    this.#run();
    if (time < this.position) return false;
    this.#clock = time;
    this.#reach = time;
    return true;
  }

  async nextBatch(maxPackets: number, maxMs: number): Promise<FrameBatch | null> {
    const until = this.#wall.now() + maxMs;
    for (;;) {
      if (!(await this.#fill(until - this.#wall.now()))) return this.#ended ? null : this.#handOut(0);
      this.#run();
      const count = this.#due(maxPackets);
      if (count > 0) return this.#handOut(count);
      const left = until - this.#wall.now();
      if (left <= 0) return this.#handOut(0);
      await this.#wall.sleep(Math.min(left, LONGEST_SLEEP_MS, Math.max(1, this.#untilNext())));
    }
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  /** True where there is a frame to hand out. */
  async #fill(maxMs: number): Promise<boolean> {
    if (this.#held !== null && this.#taken < this.#held.count) return true;
    this.#held = await this.#source.nextBatch(AHEAD, Math.max(0, maxMs));
    this.#taken = 0;
    this.#ended = this.#held === null;
    if (this.#held === null || this.#held.count === 0) return false;
    if (!this.#begun) this.#begin(this.#held);
    return true;
  }

  /** The clock stands at the first frame that has a time, or where it was told to go to before that was known. */
  #begin(batch: FrameBatch): void {
    const first = batch.hasTime.indexOf(1);
    if (first < 0 || first >= batch.count) return;
    this.#begun = true;
    this.#startSecond = batch.seconds[first] ?? 0;
    const time = batch.nanoseconds[first] ?? 0;
    this.#clock = Number.isNaN(this.#clock) ? time : Math.max(time, this.#clock);
    this.#setAt = this.#wall.now();
  }

  #run(): void {
    const now = this.#wall.now();
    if (!this.#paused && this.#speed !== null && this.#begun && !this.#ended) {
      this.#clock += (now - this.#setAt) * NANOSECONDS_A_MILLISECOND * this.#speed;
    }
    this.#setAt = now;
  }

  #timeOf(batch: FrameBatch, i: number): Nanoseconds {
    return ((batch.seconds[i] ?? 0) - this.#startSecond) * NANOSECONDS_A_SECOND + (batch.nanoseconds[i] ?? 0);
  }

  /** Frames that may go now. */
  #due(max: number): number {
    const held = this.#held;
    if (held === null) return 0;
    const most = Math.min(max, held.count - this.#taken);
    let count = 0;
    for (; count < most; count++) {
      const i = this.#taken + count;
      const time = held.hasTime[i] === 1 ? this.#timeOf(held, i) : Number.NEGATIVE_INFINITY;
      if (!this.#mayGo(time)) break;
      if (time > this.#clock) this.#clock = time;
    }
    return count;
  }

  #mayGo(time: Nanoseconds): boolean {
    if (time <= this.#reach) return true;
    this.#reach = Number.NaN;
    if (!this.#paused) return this.#speed === null || !(time > this.#clock);
    // A step is one frame, also where several have the same time.
    if (this.#steps === 0) return false;
    this.#steps--;
    return true;
  }

  /** Milliseconds until the next frame is due. */
  #untilNext(): number {
    if (this.#held === null || this.#paused || this.#speed === null) return LONGEST_SLEEP_MS;
    return (this.#timeOf(this.#held, this.#taken) - this.#clock) / (NANOSECONDS_A_MILLISECOND * this.#speed);
  }

  /** The next `count` held frames, as a batch of their own. */
  #handOut(count: number): FrameBatch {
    const from = this.#held;
    const batch = this.#batch;
    batch.count = count;
    batch.comments.length = 0;
    if (from === null || count === 0) return batch;
    const first = this.#taken;
    const last = first + count;
    batch.bytes = from.bytes;
    for (let i = first, k = 0; i < last; i++, k++) {
      batch.start[k] = from.start[i] ?? 0;
      batch.capturedLength[k] = from.capturedLength[i] ?? 0;
      batch.length[k] = from.length[i] ?? 0;
      batch.seconds[k] = from.seconds[i] ?? 0;
      batch.nanoseconds[k] = from.nanoseconds[i] ?? 0;
      batch.hasTime[k] = from.hasTime[i] ?? 0;
      batch.linkType[k] = from.linkType[i] ?? 0;
      batch.interfaceId[k] = from.interfaceId[i] ?? 0;
      batch.position[k] = from.position[i] ?? 0;
    }
    for (const { index, text } of from.comments) if (index >= first && index < last) batch.comments.push({ index: index - first, text });
    this.#taken = last;
    return batch;
  }
}
