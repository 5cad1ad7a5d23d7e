import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsOf } from '../../../../builders/found-alerts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** The same jitter every time, -1..1. */
const noise = (i: number): number => (((Math.imul(i + 7, 2_654_435_761) >>> 8) % 2001) - 1000) / 1000;
const beacons = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'beaconing');

/** One short TCP session that begins at a second. */
const session = (at: number, i: number, payload: string, server = '203.0.113.9:443'): string[] => {
  const client = `10.0.0.7:${20_000 + i}`;
  return [
    `@${at.toFixed(3)} ${client} > ${server} S`,
    `${server} > ${client} SA`,
    `${client} > ${server} A`,
    `${client} > ${server} PA ${payload}`,
    `${server} > ${client} PA len=300`,
    `${client} > ${server} FA`,
    `${server} > ${client} FA`,
  ];
};

describe('a beacon', () => {
  it('is found at its twentieth connection or soon after', async () => {
    const found = await beacons(range(25).flatMap((i) => session(i * 30, i, 'len=120')));
    expect(found).toMatchObject([{ severity: 'medium', source: '10.0.0.7', target: '203.0.113.9', targetPort: 443 }]);
    expect(found[0]?.evidence.interval).toBeCloseTo(30, 1);
  });

  it('is found in spite of jitter of a fifth', async () => {
    const found = await beacons(range(60).flatMap((i) => session(i * 30 + 3 + 3 * noise(i), i, 'len=120')));
    expect(found).toMatchObject([{ target: '203.0.113.9' }]);
  });

  it('is found by its name among other visits to the same server', async () => {
    const visits = range(40).flatMap((i) => [
      ...session(i * 30, 2 * i, 'http GET c2.example/poll'),
      ...session(i * 30 + 15 + 13 * noise(i), 2 * i + 1, `http GET shop.example/${'x'.repeat((i * 37) % 90)}`),
    ]);
    const found = await beacons(visits);
    expect(found).toMatchObject([{ source: '10.0.0.7', target: '203.0.113.9', evidence: { host: 'c2.example' } }]);
  });
});

describe('no beacon is', () => {
  it('a connection that fails each time', async () => {
    const refused = range(60).flatMap((i) => [
      `@${i * 30} 10.0.0.7:${20_000 + i} > 203.0.113.9:443 S`,
      `203.0.113.9:443 > 10.0.0.7:${20_000 + i} RA`,
    ]);
    expect(await beacons(refused)).toEqual([]);
  });

  it('a page with thirty connections', async () => {
    expect(await beacons(range(30).flatMap((i) => session(i * 0.05, i, 'len=120')))).toEqual([]);
  });

  it('someone who comes back at any time', async () => {
    let at = 0;
    const visits = range(60).flatMap((i) => {
      at += -20 * Math.log((noise(i) + 1.001) / 2.002);
      return session(at, i, `len=${100 + Math.round(80 * noise(i + 50))}`);
    });
    expect(await beacons(visits)).toEqual([]);
  });

  it.each([
    ['NTP', '203.0.113.9:123'],
    ['a resolver', '203.0.113.9:53'],
    ['SNMP', '10.0.0.9:161'],
  ])('%s', async (_, server) => {
    const polls = range(60).flatMap((i) => [
      `@${i * 16} 10.0.0.7:${20_000 + i} > ${server} udp len=48`,
      `${server} > 10.0.0.7:${20_000 + i} udp len=48`,
    ]);
    expect(await beacons(polls)).toEqual([]);
  });
});
