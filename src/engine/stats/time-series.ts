import type { Nanoseconds } from '../../shared/model/units';

/** Enough for a chart as wide as a window; what a renderer can ask for at once. */
export const MAX_BUCKETS = 512;
const FIRST_WIDTH: Nanoseconds = 1_000_000;

/**
 * Sums over time in at most 512 buckets, from 1 ms wide: when times do not fit any more, the width doubles and pairs are merged, so that
 * memory stays the same from a burst to captures joined years apart. Times may come in any order. Bucket k holds `channels` sums from
 * `values[k * channels]` on and begins at `origin + k * width`, a multiple of the width.
 */
export class TimeSeries {
  readonly channels: number;
  origin: Nanoseconds = 0;
  width: Nanoseconds = FIRST_WIDTH;
  /** Buckets from the first to the last that something was put into. */
  count = 0;
  values: Float64Array;

  constructor(channels: number) {
    this.channels = channels;
    this.values = new Float64Array(MAX_BUCKETS * channels);
  }

  /** Index into `values` of the bucket for `time`, which is made if need be; good until the next call. */
  at(time: Nanoseconds): number {
    let bucket = Math.floor((time - this.origin) / this.width);
    if (this.count === 0) {
      this.origin = Math.floor(time / this.width) * this.width;
      bucket = 0;
    } else if (bucket < 0 || bucket >= MAX_BUCKETS) {
      this.#makeRoom(time);
      bucket = Math.floor((time - this.origin) / this.width);
    }
    if (bucket >= this.count) this.count = bucket + 1;
    return bucket * this.channels;
  }

  /** Every call makes the covered range at least a bucket longer, so there are at most 512 calls for each of some 40 widths. */
  #makeRoom(time: Nanoseconds): void {
    const first = Math.min(time, this.origin);
    const last = Math.max(time, this.origin + (this.count - 1) * this.width);
    let width = this.width;
    while (Math.floor(last / width) - Math.floor(first / width) >= MAX_BUCKETS) width *= 2;
    const origin = Math.floor(first / width) * width;
    const values = new Float64Array(this.values.length);
    let count = 0;
    for (let k = 0; k < this.count; k++) {
      const bucket = Math.floor((this.origin + k * this.width - origin) / width);
      const from = k * this.channels;
      const to = bucket * this.channels;
      for (let c = 0; c < this.channels; c++) values[to + c] = (values[to + c] ?? 0) + (this.values[from + c] ?? 0);
      count = bucket + 1;
    }
    this.values = values;
    this.origin = origin;
    this.width = width;
    this.count = count;
  }

  /** One channel's sums, bucket by bucket. */
  channel(channel: number): number[] {
    return Array.from({ length: this.count }, (_, k) => this.values[k * this.channels + channel] ?? 0);
  }
}
