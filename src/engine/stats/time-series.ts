import type { Nanoseconds } from '../../shared/model/units';

/** Enough for a chart as wide as a window; what a renderer can ask for at once. */
export const MAX_BUCKETS = 512;
const FIRST_WIDTH: Nanoseconds = 1_000_000;

/**
 * Sums over time in at most 512 buckets, from 1 ms wide: when times do not fit any more, the width doubles and pairs are merged, so that
 * memory stays the same from a burst to captures joined years apart. Times may come in any order. Bucket k holds `channels` sums from
 * `values[k * channels]` on and begins at `origin + k * width`.
 */
export class TimeSeries {
  readonly channels: number;
  width: Nanoseconds = FIRST_WIDTH;
  /** Buckets from the first to the last that something was put into. */
  count = 0;
  values: Float64Array;
  /** Number of the first bucket when those of this width are counted from time 0. */
  #first = 0;

  constructor(channels: number) {
    this.channels = channels;
    this.values = new Float64Array(MAX_BUCKETS * channels);
  }

  get origin(): Nanoseconds {
    return this.#first * this.width;
  }

  /** Index into `values` of the bucket for `time`, which is made if need be; good until the next call. */
  at(time: Nanoseconds): number {
    if (this.count === 0) this.#first = Math.floor(time / this.width);
    let bucket = Math.floor(time / this.width) - this.#first;
    if (bucket < 0 || bucket >= MAX_BUCKETS) {
      this.#makeRoom(time);
      bucket = Math.floor(time / this.width) - this.#first;
    }
    if (bucket >= this.count) this.count = bucket + 1;
    return bucket * this.channels;
  }

  /** Every call makes the covered range at least a bucket longer, so there are at most 512 calls for each of some 40 widths. */
  #makeRoom(time: Nanoseconds): void {
    let pairs = 1;
    const numberOf = (k: number): number => Math.floor((this.#first + k) / pairs);
    const asked = (): number => Math.floor(time / (this.width * pairs));
    while (Math.max(asked(), numberOf(this.count - 1)) - Math.min(asked(), numberOf(0)) >= MAX_BUCKETS) pairs *= 2;
    const first = Math.min(asked(), numberOf(0));
    const values = new Float64Array(this.values.length);
    for (let k = 0; k < this.count; k++) {
      const from = k * this.channels;
      const to = (numberOf(k) - first) * this.channels;
      for (let c = 0; c < this.channels; c++) values[to + c] = (values[to + c] ?? 0) + (this.values[from + c] ?? 0);
    }
    this.count = numberOf(this.count - 1) - first + 1;
    this.values = values;
    this.width *= pairs;
    this.#first = first;
  }

  /** One channel's sums, bucket by bucket. */
  channel(channel: number): number[] {
    return Array.from({ length: this.count }, (_, k) => this.values[k * this.channels + channel] ?? 0);
  }
}
