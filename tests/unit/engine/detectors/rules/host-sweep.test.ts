import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsIn, alertsOf } from '../../../../builders/found-alerts';
import { CAPTURES, hasCaptures, readCapture, readCaptureFile } from '../../../../builders/read-capture';

const SCANNER = '10.0.0.66';
const range = (count: number, from = 1, step = 1): number[] => Array.from({ length: count }, (_, i) => from + i * step);
const pcap = (lines: readonly string[]): Uint8Array => draw(lines.join('\n')).pcap();
const found = (lines: readonly string[]) => alertsOf(pcap(lines), 'host_sweep');
/** Somebody else's packet, long enough after for answers to be missing. */
const LATER = '+4 10.0.0.5:123 > 10.0.0.9:123 udp len=48';

const syns = (count: number, port: number, answer: (host: number) => string = () => ''): string[] =>
  range(count).flatMap((host) => {
    const back = answer(host);
    return [`${SCANNER}:45678 > 10.1.0.${host}:${port} S`, ...(back === '' ? [] : [`10.1.0.${host}:${port} > ${SCANNER}:45678 ${back}`])];
  });

describe('a sweep through many hosts', () => {
  it('is found where 25 give no answer for three seconds', async () => {
    expect(await found([...syns(24, 445), LATER])).toEqual([]);
    expect(await found([...syns(25, 445), LATER])).toMatchObject([
      { severity: 'high', source: SCANNER, target: '', targetPort: 445, evidence: { targetCount: 25, protocol: 'TCP', port: 445 } },
    ]);
  });

  it('is found at once where 25 refuse', async () => {
    expect(await found(syns(25, 22, () => 'RA'))).toMatchObject([{ targetPort: 22, evidence: { refused: 25 } }]);
  });

  it('is found where some answer', async () => {
    expect(await found([...syns(50, 445, (host) => (host % 2 === 0 ? 'SA' : '')), LATER])).toMatchObject([
      { evidence: { targetCount: 25 } },
    ]);
  });

  it('is one alert, which counts what follows', async () => {
    expect(await found(syns(200, 22, () => 'RA'))).toMatchObject([{ evidence: { targetCount: 200 } }]);
  });

  it('by ping is found', async () => {
    expect(await found([...range(30).map((host) => `${SCANNER} > 10.1.0.${host} icmp echo 7 1`), LATER])).toMatchObject([
      { targetPort: null, evidence: { protocol: 'ICMP echo' } },
    ]);
  });

  it('by ARP is found', async () => {
    expect(await found([...range(60, 100).map((host) => `${SCANNER} > 10.0.0.${host} arp who-has`), LATER])).toMatchObject([
      { source: SCANNER, evidence: { protocol: 'ARP' } },
    ]);
  });

  it('by UDP is found for services that are swept for', async () => {
    const asked = (port: number): string[] => [...range(30).map((host) => `${SCANNER}:4000 > 10.1.0.${host}:${port} udp len=20`), LATER];
    expect(await found(asked(161))).toMatchObject([{ targetPort: 161, evidence: { protocol: 'UDP' } }]);
    expect(await found(asked(51_413))).toEqual([]);
  });

  it('is the same however its packets arrive', async () => {
    const bytes = pcap([...syns(80, 445), LATER]);
    expect(alertsIn(await readCapture(bytes, 100, {}), 'host_sweep')).toEqual(await alertsOf(bytes, 'host_sweep'));
  });
});

describe('what is no sweep', () => {
  it('a browser whose servers answer', async () => {
    expect(await found([...syns(60, 443, () => 'SA'), LATER])).toEqual([]);
  });

  it('hosts that answer pings', async () => {
    const pings = range(60).flatMap((host) => [`${SCANNER} > 10.1.0.${host} icmp echo 7 1`, `10.1.0.${host} > ${SCANNER} icmp reply 7 1`]);
    expect(await found([...pings, LATER])).toEqual([]);
  });

  it('a router that asks for hosts far from each other', async () => {
    expect(await found([...range(60, 1, 4).map((host) => `10.0.0.1 > 10.0.0.${host} arp who-has`), LATER])).toEqual([]);
  });

  it('hosts that ask whether their new address is free', async () => {
    expect(await found([...range(60, 100).map((host) => `0.0.0.0 > 10.0.0.${host} arp who-has`), LATER])).toEqual([]);
  });

  it('many sources that ask one host', async () => {
    expect(await found([...range(200).map((host) => `10.1.0.${host}:4000 > 10.0.0.20:445 S`), LATER])).toEqual([]);
  });
});

describe.skipIf(!hasCaptures)('in captures (skipped where they are not at hand)', () => {
  it.each([
    ['attacks/lab-hostsweep-nmap-445.pcap', ['TCP']],
    ['attacks/lab-hostsweep-fping-icmp.pcap', ['ARP']],
    ['attacks/lab-bruteforce-ssh-hydra.pcap', []],
    ['protocols/bittorrent.pcap', []],
  ])('%s: %j', async (file, protocols) => {
    const capture = await readCaptureFile(join(CAPTURES, file), {});
    await capture.source.close();
    expect(alertsIn(capture, 'host_sweep').map(({ evidence }) => evidence.protocol)).toEqual(protocols);
  });
});
