import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsOf } from '../../../../builders/found-alerts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** Megabytes from a second on, 50 kB a packet. */
const upload = (from: number, megabytes: number, ends = '10.0.0.7:4000 > 203.0.113.9:443'): string[] =>
  range(megabytes * 20).map((i) => `@${(from + i / 20).toFixed(2)} ${ends} udp len=50000 snap=80`);
const found = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'data_exfiltration', { bytes: 1 });

describe('data exfiltration', () => {
  it('is a large upload to one external peer', async () => {
    expect(await found(upload(0, 1.5))).toMatchObject([
      { severity: 'high', source: '10.0.0.7', target: '203.0.113.9', targetPort: 443, evidence: { usualBytes: 0 } },
    ]);
  });

  it('is not the same amount to several peers, to a local one, or from outside', async () => {
    expect(await found([...upload(0, 0.6), ...upload(10, 0.6, '10.0.0.7:4000 > 203.0.113.10:443')])).toEqual([]);
    expect(await found(upload(0, 1.5, '10.0.0.7:4000 > 10.0.0.8:445'))).toEqual([]);
    expect(await found(upload(0, 1.5, '203.0.113.9:443 > 10.0.0.7:4000'))).toEqual([]);
  });

  it('is not what a server hands out to who asks for it', async () => {
    const answers = upload(1, 1.5, '10.0.0.7:443 > 203.0.113.9:4000');
    expect(await found(['203.0.113.9:4000 > 10.0.0.7:443 udp len=200', ...answers])).toEqual([]);
  });

  it('is not spread over hours, and not what is usual', async () => {
    expect(await found([...upload(0, 0.6), ...upload(4000, 0.6), ...upload(8000, 0.6)])).toEqual([]);
    expect(await found([...upload(0, 0.6), ...upload(4000, 1.5)])).toEqual([]);
  });

  it('is not a backup to a service that keeps nothing else, while storage for anybody is none', async () => {
    const greet = (name: string): string[] => [`@0 10.0.0.7:4000 > 203.0.113.9:443 S`, `10.0.0.7:4000 > 203.0.113.9:443 PA tls ${name}`];
    expect(await found([...greet('ca001.backblaze.com'), ...upload(1, 1.5)])).toEqual([]);
    expect(await found([...greet('bucket.s3.amazonaws.com'), ...upload(1, 1.5)])).toHaveLength(1);
  });
});

describe('pings', () => {
  const ping = (i: number, asked: number, answered: number): string[] => [
    `+0.2 10.0.0.7 > 203.0.113.9 icmp echo 7 ${i} len=${asked}`,
    `203.0.113.9 > 10.0.0.7 icmp reply 7 ${i} len=${answered}`,
  ];

  it('are a tunnel where answers are unlike their requests', async () => {
    const tunnel = range(60).flatMap((i) => ping(i, 60 + ((i * 37) % 900), 60 + ((i * 71) % 900)));
    expect(await found(tunnel)).toMatchObject([{ source: '10.0.0.7', target: '203.0.113.9' }]);
  });

  it('are none where they go on, try sizes, or meet a device that cuts its answers', async () => {
    expect(await found(range(200).flatMap((i) => ping(i, 56, 56)))).toEqual([]);
    expect(await found(range(200).flatMap((i) => ping(i, 64 + i * 5, 64 + i * 5)))).toEqual([]);
    expect(await found(range(200).flatMap((i) => ping(i, 1000, 64)))).toEqual([]);
  });
});
