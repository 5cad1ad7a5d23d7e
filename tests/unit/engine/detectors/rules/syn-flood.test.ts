import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsIn, alertsOf } from '../../../../builders/found-alerts';
import { CAPTURES, hasCaptures, readCaptureFile } from '../../../../builders/read-capture';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const found = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'syn_flood');
const syn = (at: number, source: string, target: string): string => `@${at.toFixed(4)} ${source} > ${target} S`;
/** The handshake takes `answer` seconds. */
const connections = (count: number, gap: number, answer: number, client = (i: number) => `192.0.2.10:${10_000 + i}`): string[] =>
  range(count)
    .flatMap((i) => {
      const [from, to] = [client(i), '198.51.100.5:443'];
      return [
        { at: i * gap, line: `${from} > ${to} S` },
        { at: i * gap + answer / 2, line: `${to} > ${from} SA` },
        { at: i * gap + answer, line: `${from} > ${to} A` },
      ];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ at, line }) => `@${at.toFixed(4)} ${line}`);
/** A forged address for each SYN. */
const forged = (i: number): string => `${11 + (i % 89)}.${(i * 7) % 251}.${(i * 13) % 241}.${1 + (i % 250)}`;

describe('a SYN flood of one source', () => {
  it('is found from 100 SYNs in ten seconds on', async () => {
    const flood = (count: number) => range(count).map((i) => syn(i * 0.05, `192.0.2.10:${10_000 + i}`, '198.51.100.5:443'));
    expect(await found(flood(99))).toEqual([]);
    expect(await found(flood(100))).toMatchObject([
      { severity: 'critical', source: '192.0.2.10', target: '198.51.100.5', targetPort: 443, evidence: { halfOpen: 100, sources: 1 } },
    ]);
  });

  it('is found while it goes on, not only at its end, and folds into one alert', async () => {
    const flood = range(4000).map((i) => syn(i * 0.01, `192.0.2.10:${10_000 + i}`, '198.51.100.5:443'));
    const [alert, ...others] = await found(flood);
    expect(others).toEqual([]);
    expect(alert?.count).toBeGreaterThan(20);
    expect(alert?.evidence.syns).toBeGreaterThan(3900);
  });

  it('is found where one and the same SYN comes a thousand times', async () => {
    expect(await found(range(1000).map((i) => syn(i * 0.005, '192.0.2.10:4000 ', '198.51.100.5:443 ').concat(' seq=7')))).toHaveLength(1);
  });

  it('is found where the server refuses every SYN', async () => {
    const flood = range(300).flatMap((i) => [
      syn(i * 0.01, `192.0.2.10:${10_000 + i}`, '198.51.100.5:80'),
      `198.51.100.5:80 > 192.0.2.10:${10_000 + i} RA`,
    ]);
    expect(await found(flood)).toMatchObject([{ source: '192.0.2.10', targetPort: 80 }]);
  });

  it('is not a busy client, even where its handshakes take long or come all at once', async () => {
    expect(await found(connections(500, 0.02, 0.001))).toEqual([]);
    expect(await found(connections(500, 0.02, 0.5))).toEqual([]);
    expect(await found(connections(500, 0.0005, 0.4))).toEqual([]);
  });

  it('is not a client that repeats its SYNs', async () => {
    const lines = [0, 1, 2, 4, 8].flatMap((at) =>
      range(30).map((i) => `${syn(at + i * 0.001, `192.0.2.10:${10_000 + i}`, '198.51.100.5:443')} seq=7`),
    );
    expect(await found(lines)).toEqual([]);
  });

  it('is not a port scan, nor a sweep over many hosts', async () => {
    expect(await found(range(1000).flatMap((i) => [syn(i * 0.002, '192.0.2.10:40000', `198.51.100.5:${1 + i}`)]))).toEqual([]);
    expect(await found(range(250).map((i) => syn(i * 0.01, '192.0.2.10:40000', `198.51.100.${1 + i}:22`)))).toEqual([]);
  });
});

describe('a SYN flood of many sources', () => {
  it('is one alert of the target, with their number', async () => {
    const [alert, ...others] = await found(range(3000).map((i) => syn(i * 0.002, `${forged(i)}:${1024 + i}`, '198.51.100.5:80')));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ source: '', target: '198.51.100.5', targetPort: 80 });
    expect(Number(alert?.evidence.sources)).toBeGreaterThan(2000);
    expect(Number(alert?.evidence.sources)).toBeLessThan(4000);
  });

  it('is found on a server that is busy besides', async () => {
    const busy = connections(2000, 0.01, 0.01, (i) => `192.0.2.${1 + (i % 250)}:${10_000 + i}`);
    const flood = range(3000).map((i) => syn(12 + i * 0.002, `${forged(i)}:${1024 + i}`, '198.51.100.5:443'));
    const lines = [...busy, ...flood].sort((a, b) => Number(/@([\d.]+)/.exec(a)?.[1]) - Number(/@([\d.]+)/.exec(b)?.[1]));
    expect(await found(lines)).toMatchObject([{ source: '', target: '198.51.100.5' }]);
  });

  it('is not a server that many clients connect to, nor a few that get no answer', async () => {
    expect(await found(connections(3000, 0.002, 0.05, (i) => `192.0.2.${1 + (i % 250)}:${10_000 + i}`))).toEqual([]);
    expect(await found(range(300).map((i) => syn(i * 0.2, `192.0.2.${1 + (i % 250)}:${10_000 + i}`, '198.51.100.5:443')))).toEqual([]);
  });
});

describe.skipIf(!hasCaptures)('in captures of real tools (skipped without the capture folder)', () => {
  it.each([
    ['attacks/synflood-200-syns-one-port.pcap', '192.0.2.10', '198.51.100.5'],
    ['attacks/lab-synflood-random-sources.pcap', '', '10.20.0.30'],
    ['sized/lab-office-with-attacks.pcap', '10.40.0.66', '10.40.0.30'],
  ])('%s', async (file, source, target) => {
    const capture = await readCaptureFile(join(CAPTURES, file), {});
    expect(alertsIn(capture, 'syn_flood')).toMatchObject([{ source, target }]);
    await capture.source.close();
  });
});
