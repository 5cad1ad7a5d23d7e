import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsIn, alertsOf } from '../../../../builders/found-alerts';
import { CAPTURES, hasCaptures, readCapture, readCaptureFile } from '../../../../builders/read-capture';

const SCANNER = '192.0.2.66';
const SERVER = '10.0.0.20';
const range = (count: number, from = 0, step = 1): number[] => Array.from({ length: count }, (_, i) => from + i * step);
const pcap = (lines: readonly string[]): Uint8Array => draw(lines.join('\n')).pcap();
const found = (lines: readonly string[]) => alertsOf(pcap(lines), 'port_scan');

/** Probes of these ports, `gap` seconds apart; `answer` is what comes back at once. */
const probes = (ports: readonly number[], { flags = 'S', answer = '', gap = 0.1, start = 0 } = {}): string[] =>
  ports.flatMap((port, i) => [
    `@${(start + i * gap).toFixed(3)} ${SCANNER}:45678 > ${SERVER}:${port} ${flags}`,
    ...(answer === '' ? [] : [`${SERVER}:${port} > ${SCANNER}:45678 ${answer}`]),
  ]);

/** A connection with data in it. */
const conversation = (at: number, client: string, server: string): string[] => [
  `@${at.toFixed(3)} ${client} > ${server} S`,
  `${server} > ${client} SA`,
  `${client} > ${server} A`,
  `${server} > ${client} PA 'listing of files'`,
  `${server} > ${client} FA`,
  `${client} > ${server} FA`,
];

describe('a scan of one host', () => {
  it('is found at the tenth port, answered or not', async () => {
    const ports = range(10, 100, 50);
    expect(await found(probes(ports.slice(0, 9), { answer: 'SA' }))).toEqual([]);
    expect(await found(probes(ports, { answer: 'SA' }))).toMatchObject([
      { severity: 'high', source: SCANNER, target: SERVER, evidence: { ports, portCount: 10, scanKind: 'SYN', window: 60 } },
    ]);
  });

  it('is found at the fifth port where most refuse', async () => {
    const ports = [22, 80, 443, 3306, 8080];
    expect(await found(probes(ports.slice(0, 4), { answer: 'RA' }))).toEqual([]);
    expect(await found(probes(ports, { answer: 'RA' }))).toMatchObject([{ evidence: { ports, failed: 5, refused: 5 } }]);
  });

  it('is found where most give no answer for three seconds', async () => {
    const ports = [22, 80, 443, 3306, 8080];
    const later = `+5 ${SERVER}:123 > 10.0.0.9:123 udp len=48`;
    expect(await found([...probes(ports), later])).toMatchObject([{ evidence: { failed: 5, unanswered: 5 } }]);
    expect(await found(probes(ports))).toHaveLength(1);
  });

  it('is found at the fifth of ports that follow each other', async () => {
    expect(await found(probes([22, 80, 443, 3306, 8080], { answer: 'SA' }))).toEqual([]);
    expect(await found(probes([20, 21, 22, 23, 8080], { answer: 'SA' }))).toMatchObject([{ evidence: { sequentialShare: 0.8 } }]);
  });

  it('is one alert, which counts what follows', async () => {
    expect(await found(probes(range(200, 1, 7), { answer: 'RA', gap: 0.01 }))).toMatchObject([
      { evidence: { portCount: 200, failed: 200 } },
    ]);
  });

  it('is not found where the ports are tried far apart, or one port again and again', async () => {
    expect(await found(probes(range(12, 100, 50), { answer: 'RA', gap: 20 }))).toEqual([]);
    expect(await found(range(200).map((i) => `${SCANNER}:${40_000 + i} > ${SERVER}:80 S`))).toEqual([]);
  });

  it.each([
    ['FIN', { flags: 'F' }],
    ['Xmas', { flags: 'FPU' }],
    ['ACK', { flags: 'A', answer: 'R' }],
  ])('by %s is told apart', async (scanKind, options) => {
    expect(await found(probes(range(12, 100, 50), options))).toMatchObject([{ evidence: { scanKind } }]);
  });

  it('by connect() is told apart: connections without a byte', async () => {
    const lines = range(10, 100, 50).flatMap((port) => [
      `${SCANNER}:4000 > ${SERVER}:${port} S`,
      `${SERVER}:${port} > ${SCANNER}:4000 SA`,
      `${SCANNER}:4000 > ${SERVER}:${port} A`,
      `${SCANNER}:4000 > ${SERVER}:${port} RA`,
    ]);
    expect(await found(lines)).toMatchObject([{ evidence: { scanKind: 'connect', portCount: 10 } }]);
  });

  it('by UDP is found by ICMP, or by silence', async () => {
    const datagrams = range(12, 100, 50).map((port) => `${SCANNER}:45678 > ${SERVER}:${port} udp len=8`);
    const refused = datagrams.flatMap((line) => [line, `${SERVER} > ${SCANNER} icmp unreachable`]);
    expect(await found(refused)).toMatchObject([{ evidence: { scanKind: 'UDP' } }]);
    expect(await found(datagrams)).toMatchObject([{ evidence: { scanKind: 'UDP', unanswered: 12 } }]);
  });

  it('is found over IPv6', async () => {
    const lines = range(10, 100, 50).map((port) => `[2001:db8::66]:4000 > [2001:db8::20]:${port} S`);
    expect(await found(lines)).toMatchObject([{ source: '2001:db8::66', target: '2001:db8::20' }]);
  });

  it('is found among forged sources that try one port each', async () => {
    const noise = range(3000).map((i) => `10.9.${i >> 8}.${i & 255}:4000 > ${SERVER}:80 S`);
    const scan = probes(range(10, 100, 50)).map((line) => line.replace(/^@\S+ /, ''));
    const mixed = noise.flatMap((line, i) => (i % 300 === 0 ? [line, scan[i / 300] ?? ''] : [line]));
    expect(await found(mixed)).toMatchObject([{ source: SCANNER, target: SERVER }]);
  });

  it('is the same however its packets arrive', async () => {
    const bytes = pcap(probes(range(30, 100, 50), { answer: 'RA' }));
    expect(alertsIn(await readCapture(bytes, 100, {}), 'port_scan')).toEqual(await alertsOf(bytes, 'port_scan'));
  });
});

describe('what is no scan', () => {
  it('passive FTP: each transfer has a port of its own', async () => {
    expect(await found(range(30).flatMap((i) => conversation(i, `10.0.0.5:${41_000 + i}`, `${SERVER}:${50_000 + i}`)))).toEqual([]);
  });

  it('answers of a server whose requests were not captured', async () => {
    const answers = range(30, 40_000).map((port) => `${SERVER}:53 > 10.0.0.5:${port} udp len=60`);
    expect(await found(answers)).toEqual([]);
    expect(await found(range(30, 40_000).map((port) => `${SERVER}:443 > 10.0.0.5:${port} SA`))).toEqual([]);
    expect(await found(range(30, 40_000).map((port) => `${SERVER}:443 > 10.0.0.5:${port} RA`))).toEqual([]);
  });

  it('connections that are older than the capture', async () => {
    expect(await found(range(30, 100).flatMap((port) => [`10.0.0.5:${40_000 + port} > ${SERVER}:${port} PA 'data'`]))).toEqual([]);
  });

  it('traceroute, which counts hops in the port', async () => {
    expect(await found(range(60, 33_434).map((port) => `10.0.0.5:5000 > ${SERVER}:${port} udp len=32`))).toEqual([]);
  });

  it('datagrams that are answered', async () => {
    const lines = range(30, 20_000, 7).flatMap((port) => [
      `10.0.0.5:40000 > ${SERVER}:${port} udp len=40`,
      `${SERVER}:${port} > 10.0.0.5:40000 udp len=40`,
    ]);
    expect(await found(lines)).toEqual([]);
  });
});

describe.skipIf(!hasCaptures)('in captures (skipped where they are not at hand)', () => {
  const alertsOfFile = async (...path: string[]) => {
    const capture = await readCaptureFile(join(CAPTURES, ...path), {});
    await capture.source.close();
    return alertsIn(capture, 'port_scan').map(({ source, target }) => `${source} > ${target}`);
  };

  it.each([
    ['portscan-nmap-syn-1000.pcapng', '172.16.0.8 > 64.13.134.52'],
    ['portscan-nmap-fin.pcap', '192.168.1.10 > 192.168.1.25'],
    ['portscan-nmap-udp.pcap', '192.168.1.10 > 192.168.1.25'],
    ['portscan-xscan-vuln-scanner.pcap', '192.168.1.125 > 192.168.1.120'],
  ])('%s has one', async (file, ends) => {
    expect(await alertsOfFile('attacks', file)).toEqual([ends]);
  });

  it.each(['bittorrent.pcap', 'app-teams.pcap', 'app-netflix.pcap', 'ftp-ipv4.pcap'])('%s has none', async (file) => {
    expect(await alertsOfFile('protocols', file)).toEqual([]);
  });
});
