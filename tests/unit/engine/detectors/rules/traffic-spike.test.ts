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

/** The same for a slower line: small packets are drawn faster. */
const slowSpikes = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'traffic_spike', { floor: 10_000 });
const SMALL_FLOOD = '10.0.0.66:9999 > 10.0.0.3:5201 udp len=6000';

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

  const opened = (client: string, server: string): string[] => [
    `@65 ${client} > ${server} S`,
    `${server} > ${client} SA`,
    `${client} > ${server} A`,
  ];
  /** Segments one behind the other for so many seconds, each tenth of a second. */
  const stream = (from: number, seconds: number, line: string): string[] =>
    range(seconds * 10).map((i) => `@${(from + i / 10).toFixed(2)} ${line} len=6000 snap=80`);

  it.each([
    ['a mirror that is downloaded for a minute', '10.0.0.2:4000', '198.51.100.3:80', true],
    ['a backup that goes out for a minute', '10.0.0.2:4000', '198.51.100.3:443', false],
    ['a backup inside the network', '10.0.0.2:4000', '10.0.0.9:445', false],
    ['a visitor who takes a large file', '198.51.100.7:4000', '10.0.0.2:443', true],
  ])('is not %s', async (_, client, server, down) => {
    const data = stream(65.1, 60, down ? `${server} > ${client} A` : `${client} > ${server} A`);
    expect(await slowSpikes([...quiet(0, 65), ...opened(client, server), ...data])).toEqual([]);
  });

  it('is not a transfer of which one direction was captured', async () => {
    expect(await slowSpikes([...quiet(0, 65), ...stream(65, 60, '198.51.100.3:80 > 10.0.0.2:4000 A')])).toEqual([]);
  });

  it('is not a film by QUIC, nor a call', async () => {
    const film = range(600).flatMap((i) => [
      `@${(65 + i / 10).toFixed(2)} 198.51.100.3:443 > 10.0.0.2:4000 udp len=6000 snap=80`,
      ...(i % 20 === 0 ? ['10.0.0.2:4000 > 198.51.100.3:443 udp len=40'] : []),
    ]);
    expect(await slowSpikes([...quiet(0, 65), '@65 10.0.0.2:4000 > 198.51.100.3:443 udp len=1200', ...film])).toEqual([]);
  });

  it('is a flood beside a download, and names the flood', async () => {
    const mixed = range(600).flatMap((i) => [
      `@${(65 + i / 10).toFixed(2)} 198.51.100.3:80 > 10.0.0.2:4000 A len=6000 snap=80`,
      ...(i >= 200 && i < 260 ? [SMALL_FLOOD] : []),
    ]);
    const found = await slowSpikes([...quiet(0, 65), ...opened('10.0.0.2:4000', '198.51.100.3:80'), ...mixed]);
    expect(found).toMatchObject([{ source: '10.0.0.66', target: '10.0.0.3' }]);
  });

  it('is segments that follow nothing, from a flood tool', async () => {
    const flood = range(60).map(
      (i) => `@${(65 + i / 10).toFixed(2)} 198.51.100.6:4000 > 10.0.0.3:80 A len=6000 seq=${(i * 7919) % 100_003} snap=80`,
    );
    expect(await slowSpikes([...quiet(0, 65), ...flood])).toMatchObject([{ source: '198.51.100.6', target: '10.0.0.3' }]);
  });

  it('is answers to forged questions that a server sends', async () => {
    const reflected = range(80).flatMap((i) => [
      `@${(65 + i / 10).toFixed(2)} 198.51.100.6:${4000 + i} > 10.0.0.3:53 udp len=40`,
      `10.0.0.3:53 > 198.51.100.6:${4000 + i} udp len=6000 snap=80`,
    ]);
    expect(await slowSpikes([...quiet(0, 65), ...reflected])).toHaveLength(1);
  });
});
