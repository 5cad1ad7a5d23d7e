import { describe, expect, it } from 'vitest';
import { RateMeter } from '../../../../src/renderer/stores/rate-meter';

/** Counts at these times: ten packets of 100 bytes a second. */
function steady(until: number): RateMeter {
  const meter = new RateMeter();
  for (let time = 0; time <= until; time += 100) meter.add(time, time / 100, time);
  return meter;
}

describe('the rate of a capture', () => {
  it('is not known before there was time to count', () => {
    expect(new RateMeter().rate(0)).toBeNull();
    expect(steady(200).rate(200)).toBeNull();
  });

  it('is of the time since the first count, then of the last three seconds', () => {
    expect(steady(1000).rate(1000)).toEqual({ packetsPerSecond: 10, bitsPerSecond: 8000 });
    const meter = steady(60_000);
    expect(meter.rate(60_000)).toEqual({ packetsPerSecond: 10, bitsPerSecond: 8000 });
    meter.add(61_500, 900, 60_000);
    expect(meter.rate(61_500)?.packetsPerSecond).toBe(105);
  });

  it('falls to nothing when no counts come any more', () => {
    const meter = steady(5000);
    expect(meter.rate(6500)).toEqual({ packetsPerSecond: 5, bitsPerSecond: 4000 });
    expect(meter.rate(9000)).toEqual({ packetsPerSecond: 0, bitsPerSecond: 0 });
  });

  it('begins anew with another session', () => {
    const meter = steady(5000);
    meter.clear();
    meter.add(5100, 0, 0);
    meter.add(6100, 3, 300);
    expect(meter.rate(6100)).toEqual({ packetsPerSecond: 3, bitsPerSecond: 2400 });
  });
});
