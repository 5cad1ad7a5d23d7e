import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsOf } from '../../../../builders/found-alerts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** A small exchange each second. */
const quiet = (from: number, seconds: number): string[] =>
  range(seconds).map((i) => `@${from + i} 10.0.0.2:4000 > 10.0.0.3:5000 udp len=500`);
const burst = (from: number, seconds: number, line: string): string[] =>
  range(seconds * 10).map((i) => `@${(from + i / 10).toFixed(2)} ${line}`);
const FLOOD = '10.0.0.66:9999 > 10.0.0.3:5201 udp len=60000 snap=80';
const spikes = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'traffic_spike');

describe('traffic spike', () => {
  it('names who makes most of it, counted on the wire', async () => {
    const found = await spikes([...quiet(0, 65), ...burst(65, 5, FLOOD)]);
    expect(found).toMatchObject([{ severity: 'medium', source: '10.0.0.66', target: '10.0.0.3', evidence: { mean: 542 } }]);
    expect(found[0]?.evidence.bytesPerSecond).toBeGreaterThan(590_000);
  });

  it('names the receiver alone where the senders are many', async () => {
    const forged = range(50).map((i) => `@${(65 + i / 10).toFixed(2)} 198.51.100.${i + 1}:9999 > 10.0.0.3:5201 udp len=60000 snap=80`);
    expect(await spikes([...quiet(0, 65), ...forged])).toMatchObject([{ source: '', target: '10.0.0.3' }]);
  });

  it('needs a minute to know what is usual', async () => {
    expect(await spikes([...quiet(0, 30), ...burst(30, 5, FLOOD)])).toEqual([]);
  });

  it('does not compare with what was before a long pause', async () => {
    expect(await spikes([...quiet(0, 65), ...burst(1000, 5, FLOOD)])).toEqual([]);
  });

  it('is not one file that is over in two seconds', async () => {
    expect(await spikes([...quiet(0, 65), ...burst(65, 2, FLOOD), ...quiet(67, 10)])).toEqual([]);
  });

  it('is not a download of seconds that a client asked for', async () => {
    const handshake = ['@65 10.0.0.2:4000 > 10.0.0.3:80 S', '10.0.0.3:80 > 10.0.0.2:4000 SA', '10.0.0.2:4000 > 10.0.0.3:80 A'];
    const download = burst(65.1, 8, '10.0.0.3:80 > 10.0.0.2:4000 A len=60000 snap=80');
    expect(await spikes([...quiet(0, 65), ...handshake, ...download])).toEqual([]);
  });
});
