import { describe, expect, it } from 'vitest';
import { parseCounters } from '../../../../src/engine/live/interface-counters';

describe('the counters of interfaces', () => {
  it('are the sums of both directions', () => {
    const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
wlan0.7:123 4 0 0 0 0 0 9 5000000000 20 0 0 0 0 0 0
`;
    expect(parseCounters(text)).toEqual([
      { name: 'lo', bytes: 2000, packets: 20 },
      { name: 'wlan0.7', bytes: 5_000_000_123, packets: 24 },
    ]);
  });

  it.each(['', 'eth0', 'eth0: many packets', ': 1 2 3', `${'x'.repeat(100_000)}: `])('of other text are none: %.20s', (text) => {
    expect(parseCounters(text)).toEqual([]);
  });

  it('are of a bounded number of interfaces', () => {
    expect(parseCounters('veth: 1 1\n'.repeat(5000))).toHaveLength(1024);
  });
});
