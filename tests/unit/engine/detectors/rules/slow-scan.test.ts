import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsIn, alertsOf } from '../../../../builders/found-alerts';
import { readCapture } from '../../../../builders/read-capture';

const SCANNER = '192.0.2.66';
const pcap = (lines: readonly string[]): Uint8Array => draw(lines.join('\n')).pcap();
const found = (lines: readonly string[]) => alertsOf(pcap(lines), 'slow_scan');

/** First contacts, ten minutes apart: `+` is answered, `-` refused, `.` not answered; each with a host of its own. */
const contacts = (outcomes: string, start = 0, source = SCANNER): string[] =>
  [...outcomes].flatMap((outcome, i) => {
    const [client, server] = [`${source}:${40_000 + start + i}`, `10.1.0.${start + i + 1}:22`];
    const syn = `@${(start + i) * 600} ${client} > ${server} S`;
    return outcome === '.' ? [syn] : [syn, `${server} > ${client} ${outcome === '+' ? 'SA' : 'RA'}`];
  });

describe('a slow scan', () => {
  it('is found where first contacts fail, however far apart', async () => {
    expect(await found(contacts('----'))).toEqual([]);
    expect(await found(contacts('-.-.-'))).toMatchObject([
      { severity: 'medium', source: SCANNER, target: '', evidence: { failed: 5, successes: 0 } },
    ]);
  });

  it('is found where the ports of one host fail', async () => {
    const ports = [22, 80, 443, 3306, 5432].map((port, i) => `@${i * 600} ${SCANNER}:4000 > 10.0.0.20:${port} S`);
    const later = '10.0.0.7:5000 > 10.0.0.8:53 udp len=20';
    expect(await found([...ports, `@2402 ${later}`])).toMatchObject([{ target: '10.0.0.20' }]);
    // Whether the last one was answered nobody knows.
    expect(await found([...ports, `@2400.5 ${later}`])).toEqual([]);
  });

  it('needs more failures of a source whose contacts succeed', async () => {
    expect(await found(contacts('+-+-+-+-+-+-'))).toEqual([]);
    expect(await found(contacts('++++++++++-----'))).toEqual([]);
    expect(await found(contacts('++++++++++--------'))).toHaveLength(1);
  });

  it('counts only the first contact with a host and port', async () => {
    const again = Array.from({ length: 20 }, (_, i) => `@${i * 600} ${SCANNER}:${4000 + i} > 10.0.0.20:22 S`);
    expect(await found(again)).toEqual([]);
  });

  it('does not count what goes to ports of clients, nor answers', async () => {
    const peers = Array.from({ length: 20 }, (_, i) => `@${i * 600} ${SCANNER}:4000 > 10.1.0.${i + 1}:${50_000 + i} S`);
    expect(await found(peers)).toEqual([]);
    expect(await found(Array.from({ length: 20 }, (_, i) => `${SCANNER}:80 > 10.1.0.${i + 1}:4000 SA`))).toEqual([]);
  });

  it('folds what follows into its alert', async () => {
    expect(await found(contacts('---------'))).toMatchObject([{ count: 5, evidence: { failed: 9 } }]);
  });

  it('is part of a port scan that shows later', async () => {
    const scan = Array.from({ length: 12 }, (_, i) => `+0.1 ${SCANNER}:4000 > 10.1.0.1:${1000 + 7 * i} S`);
    const capture = await readCapture(pcap([...contacts('-----'), ...scan]), undefined, {});
    const alert = capture.detection?.book.alerts.find(({ type }) => type === 'slow_scan');
    expect(alert?.parent?.type).toBe('port_scan');
  });

  it('is the same however its packets arrive', async () => {
    const bytes = pcap(contacts('.-.-.-.'));
    expect(alertsIn(await readCapture(bytes, 100, {}), 'slow_scan')).toEqual(await alertsOf(bytes, 'slow_scan'));
  });
});
