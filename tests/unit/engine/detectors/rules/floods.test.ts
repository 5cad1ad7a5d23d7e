import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsOf } from '../../../../builders/found-alerts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const udp = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'udp_flood');
const icmp = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'icmp_flood');
const at = (seconds: number): string => `@${seconds.toFixed(4)}`;
const packets = (count: number, seconds: number, line: (i: number) => string): string[] =>
  range(count).map((i) => `${at((i * seconds) / count)} ${line(i)}`);

describe('a UDP flood', () => {
  it('is found from 5,000 packets in ten seconds on', async () => {
    const flood = (count: number) => packets(count, 5, (i) => `192.0.2.10:${2000 + i} > 198.51.100.5:53 udp len=20`);
    expect(await udp(flood(4999))).toEqual([]);
    expect(await udp(flood(5000))).toMatchObject([{ severity: 'high', source: '192.0.2.10', target: '198.51.100.5' }]);
  });

  it('is one alert of the target where the sources are many', async () => {
    const flood = packets(
      8000,
      8,
      (i) => `${11 + (i % 89)}.${i % 251}.${(i * 13) % 241}.9:53 > 198.51.100.5:${1024 + (i % 50_000)} udp len=20`,
    );
    expect(await udp(flood)).toMatchObject([{ source: '', target: '198.51.100.5' }]);
  });

  it('is not what the target answers: QUIC, file servers, tunnels', async () => {
    const quic = packets(6000, 6, () => '192.0.2.10:4000 > 198.51.100.5:443 udp len=20\n198.51.100.5:443 > 192.0.2.10:4000 udp len=20');
    expect(await udp(quic)).toEqual([]);
    const resolver = packets(6000, 6, (i) => {
      const client = `192.0.2.${1 + (i % 250)}:${1024 + i}`;
      return `${client} > 198.51.100.5:53 udp len=20\n198.51.100.5:53 > ${client} udp len=60`;
    });
    expect(await udp(resolver)).toEqual([]);
  });

  it('is not a stream that nobody answers (one ten times as fast is), nor a group that many send to', async () => {
    expect(await udp(packets(8000, 8, () => '192.0.2.10:4000 > 198.51.100.5:5004 udp len=20'))).toEqual([]);
    const overwhelming = packets(2000, 4, () => '192.0.2.10:4000 > 198.51.100.5:80 udp len=20');
    expect(await alertsOf(draw(overwhelming.join('\n')).pcap(), 'udp_flood', { packets: 200 })).toHaveLength(1);
    expect(await udp(packets(8000, 8, (i) => `192.0.2.10:${2000 + i} > 239.1.1.1:5004 udp len=20`))).toEqual([]);
  });

  it('is not what is usual for the target', async () => {
    const steady = packets(12_000, 60, (i) => `192.0.2.${1 + (i % 250)}:${1024 + i} > 198.51.100.5:514 udp len=20`);
    expect(await alertsOf(draw(steady.join('\n')).pcap(), 'udp_flood', { packets: 2500 })).toEqual([]);
  });
});

describe('an ICMP flood', () => {
  const pings = (count: number, seconds: number): string[] => packets(count, seconds, (i) => `192.0.2.10 > 198.51.100.5 icmp echo 7 ${i}`);

  it('is found from 500 packets in ten seconds on', async () => {
    expect(await icmp(pings(499, 5))).toEqual([]);
    expect(await icmp(pings(500, 5))).toMatchObject([{ source: '192.0.2.10', target: '198.51.100.5' }]);
  });

  it('is not ordinary pinging, answers to it, or errors about what the target sent', async () => {
    expect(await icmp(pings(600, 600))).toEqual([]);
    expect(
      await icmp(packets(450, 5, (i) => `192.0.2.10 > 198.51.100.5 icmp echo 7 ${i}\n198.51.100.5 > 192.0.2.10 icmp reply 7 ${i}`)),
    ).toEqual([]);
    expect(
      await icmp(
        packets(1000, 5, (i) => `192.0.2.10:4000 > 198.51.100.5:${1000 + i} udp len=4\n198.51.100.5 > 192.0.2.10 icmp unreachable`),
      ),
    ).toEqual([]);
  });
});
