import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Geo } from '../../src/engine/enrich/geo/geo';
import type { AlertQuery } from '../../src/shared/contract/alerts';
import type { TimeRange } from '../../src/shared/contract/engine';
import type { MapCountry } from '../../src/shared/contract/map';
import { MAX_OVERVIEW_ROWS } from '../../src/shared/contract/overview';
import { runCli } from '../builders/cli';
import { EngineBench } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';
import { tsharkCounts } from '../builders/tshark-counts';
import { named } from '../rig/available';

/** `address`: such as the capture has. `country`: the same, null where all addresses are private. */
const FILES = [
  { file: 'sized/merged-real-apps.pcapng', address: '10.0.0.6', country: 'US' },
  { file: 'sized/lab-office-with-attacks.pcap', address: '10.40.0.20', country: null },
  { file: 'attacks/miner-ethereum-peers.pcap', address: '192.168.1.184', country: 'US' },
] as const;
/** Asked of every capture: where there is none, nothing must be counted. */
const COUNTRY = 'US';

type Capture = (typeof FILES)[number];

const FILTERS = [
  'an address',
  'a port',
  'a protocol',
  'a country',
  'a state of flows',
  'attempts to connect',
  'http',
  'dns',
  'one or another',
  'one and not another',
] as const;

type FilterName = (typeof FILTERS)[number];

const RANGES = ['all times', 'the first third', 'the middle'] as const;

const ALL_ALERTS: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: false };
const NANOSECONDS = 1_000_000_000;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const also = (...tests: readonly string[]): string =>
  tests
    .filter((test) => test !== '')
    .map((test) => `(${test})`)
    .join(' && ');

/** An epoch time with nine decimals, exact. */
function epochOf(startSecond: number, time: number): string {
  const second = Math.floor(time / NANOSECONDS);
  return `${startSecond + second}.${String(time - second * NANOSECONDS).padStart(9, '0')}`;
}

const line = (code: string, { flows, packets }: Pick<MapCountry, 'flows' | 'packets'>, bytes: number): string =>
  `${code}: ${flows} flows, ${packets} packets, ${bytes} bytes`;
const lineOf = (each: MapCountry): string => line(each.code, each, each.bytesSent + each.bytesReceived);

const missing = hasCaptures ? (hasTshark() ? null : 'tshark is not installed') : 'no captures';

describe.skipIf(missing !== null).each(FILES)(named('filter and time range on $file', missing), (capture) => {
  const path = join(CAPTURES, capture.file);
  const geo = new Geo();
  let bench: EngineBench;
  let startSecond = 0;
  let ranges: readonly (TimeRange | null)[] = [];
  let tshark: Awaited<ReturnType<typeof tsharkCounts>>;
  let asked: readonly string[] = [];

  const texts = (name: FilterName): { readonly ours: string; readonly tshark: string | null } => filterOf(name, capture, abroad);
  let abroad: readonly string[] = [];
  const times = (range: TimeRange | null | undefined): string =>
    range ? `frame.time_epoch >= ${epochOf(startSecond, range.from)} && frame.time_epoch <= ${epochOf(startSecond, range.to)}` : '';

  beforeAll(async () => {
    await geo.load();
    bench = await EngineBench.start({ geo });
    const { id } = await bench.client.call('session.open', { path });
    const tick = await bench.until(({ session, load }) => session?.id === id && load.state === 'done');
    startSecond = tick.startSecond;
    const from = tick.firstTime ?? 0;
    const part = Math.floor(((tick.lastTime ?? 0) - from) / 12);
    ranges = [null, { from, to: from + 4 * part }, { from: from + 3 * part, to: from + 9 * part }];
    const query = { scope: 'all', text: `country:${COUNTRY}` } as const;
    const hosts = await bench.client.call('hosts.rows', { from: 0, count: 1000, query, sort: 'address', descending: false });
    abroad = hosts.rows.map(({ address }) => address);
    expect(abroad.length > 0).toBe(capture.country !== null);
    const known = FILTERS.flatMap((name) => texts(name).tshark ?? []);
    const inCountry = known.map((text) => also(text, texts('a country').tshark ?? ''));
    asked = [...known.flatMap((text) => ranges.map((range) => also(text, times(range)))), ...inCountry];
    tshark = await tsharkCounts(path, asked, known);
  });
  afterAll(() => bench.close());

  const countOf = (filter: string) => tshark.counts[asked.indexOf(filter)];

  it.each(FILTERS)('gives the same numbers everywhere: %s', async (name) => {
    const { client } = bench;
    const { ours, tshark: theirs } = texts(name);
    for (const [i, range] of ranges.entries()) {
      const about = `${name}, ${RANGES[i]}`;
      const { filter } = await bench.filter(ours, range);
      if (name === 'an address' && range === null) expect(filter.shown).toBeGreaterThan(0);
      const statistics = await client.call('statistics', { scope: 'shown' });
      const sums = await client.call('statistics.packets', {});
      const packets = { packets: statistics.packets, bytes: statistics.bytes };
      expect((await client.call('packets.rows', { from: 0, count: 1 })).total, about).toBe(packets.packets);
      expect(filter.shown, about).toBe(packets.packets);
      expect({ packets: sums.packets, bytes: sums.bytes }, about).toEqual(packets);
      if (theirs !== null) expect(packets, `${about}: tshark`).toEqual(countOf(also(theirs, times(range))));

      const places = await client.call('map.places', { scope: 'shown' });
      const grouped = { grouping: 'country', open: [], limit: 300 } as const;
      const graph = await client.call('topology.graph', { scope: 'shown', ...grouped });
      const flows = (await client.call('flows.rows', { from: 0, count: 1, sort: 'first', descending: false })).total;
      expect({ overview: statistics.flows.total, map: places.flows, topology: graph?.totals.flows }, about).toEqual({
        overview: flows,
        map: flows,
        topology: flows,
      });

      const query = { ...ALL_ALERTS, scope: 'shown' } as const;
      const alerts = (await client.call('alerts.rows', { from: 0, count: 1, query, sort: 'time', descending: false })).total;
      const { groups } = await client.call('alerts.groups', { by: 'type', query });
      const overview = await client.call('overview.places', { scope: 'shown' });
      expect(
        {
          groups: sum(groups.map(({ count }) => count)),
          overview: sum(Object.values(overview.alerts)),
        },
        about,
      ).toEqual({ groups: alerts, overview: alerts });

      const hosts = await client.call('hosts.rows', {
        from: 0,
        count: 1,
        query: { scope: 'shown', text: '' },
        sort: 'address',
        descending: false,
      });
      expect(hosts.total, about).toBe(graph?.totals.hosts);

      // The graph shows a country's only host by itself.
      const ofGraph = (graph?.nodes ?? []).filter(({ kind }) => kind === 'country').map((each) => line(each.label, each, each.bytes));
      const severalHosts = places.countries.filter(({ hosts }) => hosts > 1).map(lineOf);
      expect(ofGraph.sort(), about).toEqual(severalHosts.sort());
      expect(overview.countries?.rows.map(lineOf), about).toEqual(places.countries.slice(0, MAX_OVERVIEW_ROWS).map(lineOf));

      // The command line reads the file anew each time, so each filter is asked of one file with one of the ranges.
      const turn = FILTERS.indexOf(name);
      if (FILES[turn % FILES.length] === capture && i === Math.floor(turn / FILES.length) % ranges.length) {
        const { stdout } = await runCli(['analyze', path, '--json', '--filter', also(ours, times(range))]);
        const analysis = JSON.parse(stdout);
        expect({ packets: analysis.packets, bytes: analysis.bytes, flows: analysis.flows, alerts: analysis.alerts.length }, about).toEqual({
          ...packets,
          flows: statistics.flows,
          alerts,
        });
      }
    }
  });

  it('counts the conversations of a filter as tshark does', async () => {
    for (const name of FILTERS) {
      const { ours, tshark: theirs } = texts(name);
      if (theirs === null) continue;
      await bench.filter(ours);
      for (const kind of ['tcp', 'udp'] as const) {
        const window = { from: 0, count: 1, kind, sort: 'bytes', descending: true } as const;
        const { total } = await bench.client.call('statistics.conversations', window);
        expect(total, `${name}: ${kind}`).toBe(tshark.conversations(kind, theirs));
      }
    }
  });

  it('counts a country in map and filter as tshark does', async () => {
    const { ours: here, tshark: abroadToo } = texts('a country');
    for (const name of FILTERS) {
      const { ours, tshark: theirs } = texts(name);
      await bench.filter(ours);
      const { countries } = await bench.client.call('map.places', { scope: 'shown' });
      const onMap = countries.find(({ code }) => code === COUNTRY)?.packets ?? 0;
      const { filter } = await bench.filter(also(ours, here));
      expect(onMap, name).toBe(filter.shown);
      if (theirs !== null) expect(filter.shown, `${name}: tshark`).toBe(countOf(also(theirs, abroadToo ?? ''))?.packets);
    }
  });
});

/** `tshark`: null where it has no such field. `abroad`: addresses of the country. */
function filterOf(name: FilterName, { address }: Capture, abroad: readonly string[]) {
  // Of the outermost header, as the list's columns are.
  const ofCountry = abroad.map((each) => `${each.includes(':') ? 'ipv6' : 'ip'}.addr#1 == ${each}`).join(' || ') || 'frame.len < 0';
  const texts: Record<FilterName, string | { readonly ours: string; readonly tshark: string | null }> = {
    'an address': `ip.addr == ${address}`,
    'a port': 'tcp.port == 80',
    'a protocol': 'udp',
    'a country': { ours: `country == "${COUNTRY}"`, tshark: ofCountry },
    'a state of flows': { ours: 'flow.state == "SF"', tshark: null },
    'attempts to connect': 'tcp.flags.syn == 1 && tcp.flags.ack == 0',
    http: 'http.request.method || http.response',
    dns: 'dns',
    'one or another': 'tls.handshake || dns || icmp',
    'one and not another': 'tcp && !(tcp.port == 443)',
  };
  const text = texts[name];
  return typeof text === 'string' ? { ours: text, tshark: text } : text;
}
