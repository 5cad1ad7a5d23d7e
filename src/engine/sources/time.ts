import type { FrameBatch } from './source';

/**
 * Resolution and offset of an interface's time stamps (if_tsresol, if_tsoffset of draft-ietf-opsawg-pcapng): a 64-bit count of units since
 * the epoch, plus whole seconds.
 */
export interface TimeResolution {
  /** Units per second where every step is exact in doubles, else 0. */
  readonly units: number;
  /** Fraction to nanoseconds: multiply, then divide (one of them is 1). */
  readonly multiply: number;
  readonly divide: number;
  /** Units per second, for what `units` cannot hold. */
  readonly exact: bigint;
  readonly offsetSeconds: number;
}

/** The 64-bit division below takes 16 bits at a time: the remainder times 2^16 has to stay below 2^53. */
const MAX_EXACT_UNITS = 2 ** 37;

/** `resolution` is if_tsresol's octet: power of ten, or with its top bit set of two. */
export function timeResolution(resolution: number, offsetSeconds: number): TimeResolution {
  const exponent = resolution & 0x7f;
  const binary = (resolution & 0x80) !== 0;
  const exact = (binary ? 2n : 10n) ** BigInt(exponent);
  const units = binary ? 2 ** exponent : 10 ** exponent;
  const fits = units <= MAX_EXACT_UNITS && (!binary || exponent <= 23);
  const divides = 1e9 % units === 0;
  return {
    units: fits ? units : 0,
    multiply: divides ? 1e9 / units : binary ? 1e9 : 1,
    divide: divides ? 1 : binary ? units : units / 1e9,
    exact,
    offsetSeconds,
  };
}

export const MICROSECONDS: TimeResolution = timeResolution(6, 0);

/** Writes the time stamp `high * 2^32 + low` to entry `index`, without rounding (finer than nanoseconds is cut). */
export function putTime(batch: FrameBatch, index: number, time: TimeResolution, high: number, low: number): void {
  const units = time.units;
  let seconds: number;
  let rest: number;
  if (units === 0) {
    putExactTime(batch, index, time, high, low);
    return;
  }
  if (high < 0x20_0000) {
    const stamp = high * 0x1_0000_0000 + low;
    seconds = Math.floor(stamp / units);
    rest = stamp - seconds * units;
  } else {
    const top = Math.floor(high / units);
    const middle = (high - top * units) * 0x1_0000 + (low >>> 16);
    const middleQuotient = Math.floor(middle / units);
    const bottom = (middle - middleQuotient * units) * 0x1_0000 + (low & 0xffff);
    const bottomQuotient = Math.floor(bottom / units);
    seconds = top * 0x1_0000_0000 + middleQuotient * 0x1_0000 + bottomQuotient;
    rest = bottom - bottomQuotient * units;
  }
  batch.seconds[index] = seconds + time.offsetSeconds;
  batch.nanoseconds[index] = time.divide === 1 ? rest * time.multiply : Math.floor((rest * time.multiply) / time.divide);
  batch.hasTime[index] = 1;
}

function putExactTime(batch: FrameBatch, index: number, time: TimeResolution, high: number, low: number): void {
  const stamp = (BigInt(high) << 32n) | BigInt(low);
  batch.seconds[index] = Number(stamp / time.exact) + time.offsetSeconds;
  batch.nanoseconds[index] = Number(((stamp % time.exact) * 1_000_000_000n) / time.exact);
  batch.hasTime[index] = 1;
}
