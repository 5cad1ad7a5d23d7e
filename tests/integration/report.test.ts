import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportData } from '../../src/engine/report/report-data';
import { reportPage } from '../../src/engine/report/report-page';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';
import { httpRequest } from '../builders/messages';
import { CAPTURES } from '../builders/read-capture';
import { named } from '../rig/available';

const OFFICE = join(CAPTURES, 'attacks/lab-portscan-nmap-syn.pcap');
const missing = existsSync(OFFICE) ? null : 'no captures';

let bench: EngineBench;
beforeAll(async () => {
  bench = await EngineBench.start();
});
afterAll(() => bench.close());

const NEVER = new AbortController().signal;

async function page(scope: 'all' | 'shown' = 'all'): Promise<string> {
  const path = join(bench.folder, 'report.html');
  await bench.client.call('export.write', { path, request: { table: 'report', scope } });
  return readFileSync(path, 'utf8');
}

/** The page's elements in their order, with the names of their attributes. */
const skeleton = (text: string): string[] =>
  (text.replace(/<style>[^<]*<\/style>/, '').match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));

/** What a reader sees. */
const words = (text: string): string =>
  text
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** The same with another text in place of each. */
function withTexts<T>(value: T, text: string): T {
  if (typeof value === 'string') return text as T;
  if (Array.isArray(value)) return value.map((member: unknown) => withTexts(member, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member as unknown, text)])) as T;
}

describe.skipIf(missing !== null)(named('the report of a capture with a port scan', missing), () => {
  let data: ReportData;
  beforeAll(async () => {
    const { id } = await bench.client.call('session.open', { path: OFFICE });
    await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
    data = await bench.engine.exports.report('all', NEVER);
  });

  it('says what was looked at, what was found and why, who talked and what is missing', async () => {
    const { alerts } = await bench.client.call('overview.places', { scope: 'all' });
    const text = words(await page());
    const { statistics } = data;
    expect(text).toContain('lab-portscan-nmap-syn.pcap');
    expect(text).toContain(`${statistics.packets.toLocaleString('en-US')} packets`);
    for (const alert of data.alerts) {
      for (const part of [alert.title, alert.description, alert.why.quiet, alert.technique, alert.sourceIp]) {
        expect(text).toContain(part.replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('>', '&gt;'));
      }
    }
    expect(data.alerts.length).toBe(Object.values(alerts).reduce((sum, count) => sum + count, 0));
    expect(data.alerts.some(({ type }) => type === 'port_scan')).toBe(true);
    for (const { address } of statistics.talkers.slice(0, 3)) expect(text).toContain(address);
    expect(text).toMatch(/The capturing side lost|nobody counted/);
    expect(text).toMatch(/Measured .* Threshold .* Within .* Quiet if/);
  });

  it('of what a filter shows, and says so', async () => {
    await bench.filter('tcp.flags.reset == 1', { from: 0, to: 5e9 });
    const text = words(await page('shown'));
    expect(text).toContain('Filter tcp.flags.reset == 1 Time range');
    const { packets } = await bench.client.call('statistics', { scope: 'shown' });
    expect(text).toContain(`${packets.toLocaleString('en-US')} packets of ${data.statistics.packets.toLocaleString('en-US')}`);
    await bench.filter('');
  });

  it('stands by itself: no script, nothing fetched, one style that its policy names', async () => {
    const text = await page();
    const style = /<style>([^<]*)<\/style>/.exec(text)?.[1] ?? '';
    expect(text).toContain(`style-src &#39;sha256-${createHash('sha256').update(style).digest('base64')}&#39;`);
    expect(text).toContain('default-src &#39;none&#39;');
    expect(new Set(skeleton(text).map((tag) => /^<\/?([a-z0-9!]+)/i.exec(tag)?.[1]))).not.toContain('script');
    expect(skeleton(text).filter((tag) => /\s(on\w+|style|href|src|srcset|action)=/.test(tag))).toEqual([]);
    expect(style).not.toMatch(/url\(|@import/);
  });

  it('has the same elements whatever the texts are that come from packets and people', () => {
    const plain = skeleton(reportPage(withTexts(data, 'plain')));
    expect(plain.length).toBeGreaterThan(200);
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        '</title></style></head><svg/onload=alert(1)>',
        '--><!--',
        ']]><![CDATA[',
        '{{alert(1)}}',
        '&lt;script&gt;',
        '\u202Eltmh.\0',
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(skeleton(reportPage({ ...withTexts(data, text), countryOf: () => text }))).toEqual(plain);
      }),
      { numRuns: 25 },
    );
  });
});

it('names from packets are text in it', async () => {
  const name = '<img/src=x/onerror=alert(1)>';
  const request = httpRequest({ host: name, uri: '/"><script>alert(2)</script>' });
  const text = JSON.stringify(Buffer.from(request).toString('latin1')).slice(1, -1);
  await bench.openBytes(
    draw(`
      10.0.0.1:41022 > 203.0.113.9:80 S
      203.0.113.9:80 > 10.0.0.1:41022 SA
      10.0.0.1:41022 > 203.0.113.9:80 A
      10.0.0.1:41022 > 203.0.113.9:80 PA '${text}'
    `).pcap(),
    '<b>name & "more".pcap',
  );
  const written = await page();
  expect(written).toContain('&lt;img/src=x/onerror=alert(1)&gt;');
  expect(written).toContain('<h1>&lt;b&gt;name &amp; &quot;more&quot;.pcap</h1>');
  expect(written).not.toMatch(/<img|<script|<b>name/);
});
