import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/shared/base/result';
import type { AlertNews, AlertQuery } from '../../src/shared/contract/alerts';
import type { AlertRow, NewMute } from '../../src/shared/model/alerts';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';

const SCANNER = '203.0.113.9';
const SERVER = '10.0.0.4';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

const scan = (source: string, from: number): string =>
  PORTS.map((port, i) => `+0.01 ${source}:${from + i} > ${SERVER}:${port} S\n${SERVER}:${port} > ${source}:${from + i} RA`).join('\n');

/** Two scanners and something harmless. */
const PCAP = draw(`
  10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
  ${scan(SCANNER, 41_000)}
  +30 10.0.0.1:5354 > 1.1.1.1:53 udp dns A example.net
  ${scan('198.51.100.7', 42_000)}
`).pcap();

const ALL: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: false };
const MUTE: NewMute = { type: 'port_scan', source: SCANNER, target: null, port: null, reason: 'ours', expires: null };

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

const list = async (query: Partial<AlertQuery> = {}): Promise<readonly AlertRow[]> =>
  (await bench.client.call('alerts.rows', { from: 0, count: 100, query: { ...ALL, ...query }, sort: 'time', descending: false })).rows;

const sources = async (query: Partial<AlertQuery> = {}): Promise<string[]> => (await list(query)).map(({ sourceIp }) => sourceIp);

async function firstScan(): Promise<AlertRow> {
  const found = (await list()).find(({ sourceIp }) => sourceIp === SCANNER);
  if (!found) throw new Error('The scan was not found.');
  return found;
}

const untilNews = (condition: (news: AlertNews) => boolean): Promise<AlertNews> =>
  new Promise((resolve) => {
    const stop = bench.client.subscribe('alerts', (news) => {
      if (!condition(news)) return;
      stop();
      resolve(news);
    });
  });

describe('alerts of a session', () => {
  it('are listed with their ends, times and technique', async () => {
    await bench.openBytes(PCAP);
    const rows = await list();
    expect(rows.map(({ sourceIp, targetIp, type }) => [sourceIp, targetIp, type])).toEqual([
      [SCANNER, SERVER, 'port_scan'],
      ['198.51.100.7', SERVER, 'port_scan'],
    ]);
    expect(rows[0]).toMatchObject({ severity: 'high', technique: 'T1046', status: 'open', note: '', mute: null });
    expect(rows[0]?.epoch).toMatch(/^1700000000\.\d{9}$/);
  });

  it('come as news at once and are counted by severity', async () => {
    const news = untilNews(({ open }) => open.high === 2);
    await bench.openBytes(PCAP);
    expect(await news).toMatchObject({ total: 2, muted: 0, open: { critical: 0, high: 2 } });
    expect((await news).newest[0]).toMatchObject({ sourceIp: '198.51.100.7' });
    await bench.client.call('session.close', {});
    expect(await untilNews(({ session }) => session === 0)).toMatchObject({ total: 0, newest: [] });
  });

  it('say what they rest on: evidence, why, and packets that a filter shows', async () => {
    await bench.openBytes(PCAP);
    const alert = await bench.client.call('alerts.get', { id: (await firstScan()).id });
    if (!alert) throw new Error('The alert is gone.');
    expect(alert).toMatchObject({ techniqueName: expect.any(String), filter: `ip.addr == ${SCANNER} && ip.addr == ${SERVER}` });
    expect(alert.why.quiet).not.toBe('');
    expect(alert.why.value).toBeGreaterThanOrEqual(alert.why.threshold);
    expect(Object.keys(alert.evidence)).not.toEqual([]);

    const { filter } = await bench.filter(alert.filter, alert.range);
    expect(filter.shown).toBeGreaterThanOrEqual(alert.packets.length);
    const shown = await bench.filter(`frame.number in {${alert.packets.join(' ')}}`, alert.range);
    expect(shown.filter.shown).toBe(alert.packets.length);
    expect(await bench.client.call('alerts.get', { id: 999 })).toBeNull();
  });

  it('are found by words, severity, status and source, grouped and sorted', async () => {
    await bench.openBytes(PCAP);
    expect(await sources({ text: `SCAN ${SCANNER}` })).toEqual([SCANNER]);
    expect(await sources({ severities: ['critical'] })).toEqual([]);
    expect(await sources({ types: ['port_scan'], source: SCANNER })).toEqual([SCANNER]);
    expect(await sources({ statuses: ['resolved'] })).toEqual([]);
    const { groups } = await bench.client.call('alerts.groups', { by: 'source', query: ALL });
    expect(groups.map(({ key, count, open, severity }) => [key, count, open, severity])).toEqual([
      ['198.51.100.7', 1, 1, 'high'],
      [SCANNER, 1, 1, 'high'],
    ]);
    const sorted = await bench.client.call('alerts.rows', { from: 1, count: 1, query: ALL, sort: 'time', descending: true });
    expect(sorted).toMatchObject({ total: 2, all: 2, muted: 0, rows: [{ sourceIp: SCANNER }] });
    const { marks, omitted } = await bench.client.call('alerts.marks', {});
    expect([marks.map(({ type, status }) => `${type} ${status}`), omitted]).toEqual([['port_scan open', 'port_scan open'], 0]);
  });
});

describe('what people say of an alert', () => {
  it('is kept in its order, changes its status, and returns when the file is opened again', async () => {
    await bench.openBytes(PCAP);
    const { id, key } = await firstScan();
    await bench.client.call('alerts.handle', { ids: [id], status: 'acknowledged', note: 'our own scanner' });
    await bench.client.call('alerts.handle', { ids: [id], status: 'resolved', note: '' });
    expect(await firstScan()).toMatchObject({ status: 'resolved', note: 'our own scanner' });
    expect(await untilNews(({ open }) => open.high === 1)).toMatchObject({ total: 2 });

    await bench.openBytes(PCAP);
    const again = await firstScan();
    expect(again).toMatchObject({ key, status: 'resolved', note: 'our own scanner' });
    const notes = (await bench.client.call('alerts.get', { id: again.id }))?.notes ?? [];
    expect(notes.map(({ status, text }) => [status, text])).toEqual([
      ['acknowledged', 'our own scanner'],
      ['resolved', ''],
    ]);
    await bench.client.call('alerts.handle', { ids: [again.id], status: 'open', note: 'again' });
    expect(await firstScan()).toMatchObject({ status: 'open', note: 'again' });
  });
});

describe('a mute', () => {
  it('hides what matches all of it, counts it, and shows it again when removed', async () => {
    await bench.openBytes(PCAP);
    const mute = await bench.client.call('mutes.add', { mute: MUTE });
    expect(mute).toMatchObject({ reason: 'ours', hits: 1 });
    expect(await sources()).toEqual(['198.51.100.7']);
    expect(await list({ muted: true })).toMatchObject([{ mute: mute.id }, { mute: null }]);
    expect(await untilNews(({ muted }) => muted === 1)).toMatchObject({ total: 2, open: { high: 1 } });
    expect((await bench.client.call('alerts.marks', {})).marks).toHaveLength(1);

    await bench.client.call('mutes.remove', { id: mute.id });
    expect(await sources()).toEqual([SCANNER, '198.51.100.7']);
    expect((await bench.client.call('mutes.list', {})).mutes).toEqual([]);
  });

  it('holds for captures that are opened later, until it has run out', async () => {
    await bench.client.call('mutes.add', { mute: MUTE });
    await bench.client.call('mutes.add', { mute: { ...MUTE, source: '198.51.100.7', expires: Date.now() - 1 } });
    await bench.openBytes(PCAP);
    expect(await sources()).toEqual(['198.51.100.7']);
    expect((await bench.client.call('mutes.list', {})).mutes).toMatchObject([{ source: SCANNER, hits: 1 }]);
  });

  it('that names nothing is refused', async () => {
    const nothing: NewMute = { ...MUTE, type: null, source: null };
    const refused = bench.client.call('mutes.add', { mute: nothing });
    await expect(refused).rejects.toThrow(ProblemError);
    await expect(refused).rejects.toThrow(/hide every alert/);
  });
});

describe('an export', () => {
  it('has a line for each alert, as CSV, JSON Lines and syslog', async () => {
    await bench.openBytes(PCAP);
    const { id } = await firstScan();
    await bench.client.call('alerts.handle', { ids: [id], status: 'acknowledged', note: '=HYPERLINK("http://x"),\r\nsecond line' });
    const text = async (format: 'csv' | 'jsonl' | 'syslog') =>
      (await bench.client.call('alerts.export', { format, query: { ...ALL, source: SCANNER } })).text;

    const csv = await text('csv');
    expect(csv).toMatch(/^time,lastTime,severity,[^\r\n]*,note\r\n2023-11-14T22:13:20\.\d{9}Z,/);
    // Quoted as RFC 4180 has it, and no formula.
    expect(csv).toContain(`,"'=HYPERLINK(""http://x""),\r\nsecond line"\r\n`);

    const lines = (await text('jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ type: 'port_scan', sourceIp: SCANNER, targetPort: null }]);

    expect(await text('syslog')).toMatch(
      /^<107>1 2023-11-14T22:13:20\.\d{6}Z - portlight - port_scan \[alert@32473 severity="high" src="203\.0\.113\.9" [^\]]*\] \uFEFF[^\n]+\n$/,
    );
  });
});

describe('sending to a syslog receiver', () => {
  it('hands over each alert of the query once', async () => {
    await bench.openBytes(PCAP);
    const receiver = createServer();
    const received = new Promise<string>((resolve) => {
      receiver.once('connection', (socket) => {
        let text = '';
        socket.on('data', (bytes) => {
          text += bytes.toString('utf8');
        });
        socket.on('end', () => resolve(text));
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const query = { ...ALL, source: SCANNER };
    expect(await bench.client.call('alerts.send', { query, target: { transport: 'tcp', host: '127.0.0.1', port } })).toEqual({ count: 1 });
    expect(await received).toMatch(/^\d+ <107>1 [^ ]+ [^ ]+ portlight - port_scan \[alert@32473 [^\]]*src="203\.0\.113\.9"/);
    receiver.close();
    const again = bench.client.call('alerts.send', { query, target: { transport: 'tcp', host: '127.0.0.1', port } });
    await expect(again).rejects.toThrow(/was not reached/);
  });
});
