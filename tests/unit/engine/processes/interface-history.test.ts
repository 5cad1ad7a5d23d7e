import { expect, it } from 'vitest';
import { InterfaceHistory } from '../../../../src/engine/processes/interface-history';
import { Watched } from './watched';

const counters = (name: string, received: number, sent: number): string => `${name}: ${received} 10 0 0 0 0 0 0 ${sent} 20 0 0 0 0 0 0\n`;

it('gives what interfaces carried a second between two looks, and nothing where counters began anew', () => {
  const watched = new Watched();
  watched.look('', { interfaces: counters('eth0', 1_000, 0) });
  watched.look('', { interfaces: counters('eth0', 6_000, 500) + counters('veth1', 5, 5) });
  watched.look('', { interfaces: counters('eth0', 100, 500) });
  const { times, interfaces } = watched.table.series();
  expect(times).toEqual([6e9, 11e9, 16e9]);
  expect(interfaces).toEqual([
    { name: 'eth0', receivedBytes: [1_000, null], sentBytes: [100, 0], receivedPackets: [0, 0], sentPackets: [0, 0] },
    { name: 'veth1', receivedBytes: [null, null], sentBytes: [null, null], receivedPackets: [null, null], sentPackets: [null, null] },
  ]);
});

it('keeps a session of days in a few hundred looks, the newest ones 5 s apart, without losing a byte between them', () => {
  const history = new InterfaceHistory();
  const looks = 20_000;
  for (let look = 0; look < looks; look++) {
    const traffic = {
      name: 'eth0',
      receivedBytes: look * 500,
      receivedPackets: 0,
      receivedDropped: 0,
      sentBytes: 0,
      sentPackets: 0,
      sentDropped: 0,
    };
    history.take({ time: look * 5_000, root: true, sockets: [], truncated: false, interfaces: [traffic] });
  }
  const times = history.times();
  expect(times.length).toBeLessThanOrEqual(720);
  expect([times[0], times.at(-1)]).toEqual([0, (looks - 1) * 5_000]);
  expect(times.slice(-100).every((time, i) => i === 0 || time - (times[times.length - 101 + i] ?? 0) === 5_000)).toBe(true);
  expect(new Set(history.series()[0]?.receivedBytes)).toEqual(new Set([100]));
});
