import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Geo } from '../../../../src/engine/enrich/geo/geo';
import type { MapWorld } from '../../../../src/shared/contract/map';
import { DEFAULT_DETECTION } from '../../../../src/shared/model/detection-settings';
import type { FlowRow } from '../../../../src/shared/model/records';
import { draw } from '../../../builders/draw';
import { EngineBench } from '../../../builders/engine';

const SERVER = '10.0.0.4';
const SCANNER = '8.8.8.8';
const VISITOR = '193.0.6.139';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

/** A scan out of one country, a visit from another, and what has no place: a neighbour, a group, an address of documentation. */
const CAPTURE = [
  ...PORTS.flatMap((port) => [`${SCANNER}:41022 > ${SERVER}:${port} S`, `${SERVER}:${port} > ${SCANNER}:41022 RA`]),
  `${VISITOR}:50000 > ${SERVER}:443 S`,
  `${SERVER}:443 > ${VISITOR}:50000 SA`,
  `${VISITOR}:50000 > ${SERVER}:443 A`,
  `${SERVER}:5353 > 1.1.1.1:53 udp dns A www.example`,
  `10.0.0.7:500 > ${SERVER}:514 udp 'log line'`,
  `10.0.0.7:5353 > 224.0.0.251:5353 udp 'who'`,
  `203.0.113.5:6000 > ${SERVER}:80 S`,
].join('\n');
const LOCATED = new Set([SCANNER, VISITOR, '1.1.1.1']);

const bytesOf = ({ bytes, bytesBack }: FlowRow): number => bytes + bytesBack;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe('the map of a capture', () => {
  let bench: EngineBench;
  const geo = new Geo();
  const world = (scope: 'all' | 'shown' = 'all'): Promise<MapWorld> => bench.client.call('map.places', { scope });
  const events = (after: Parameters<typeof ask>[0] = null, count = 100) => ask(after, count);
  const ask = (after: Awaited<ReturnType<typeof askAll>>['cursor'], count: number) =>
    bench.client.call('map.events', { scope: 'shown', after, count });
  const askAll = () => bench.client.call('map.events', { scope: 'shown', after: null, count: 100 });

  beforeAll(async () => {
    await geo.load();
    bench = await EngineBench.start({ geo });
    await bench.openBytes(draw(CAPTURE).pcap());
  });
  afterAll(() => bench.close());

  it('sums the flows of all hosts that have a place, by country and by place', async () => {
    const { rows } = await bench.client.call('flows.rows', { from: 0, count: 100, sort: 'first', descending: false });
    const located = rows.filter(({ source, destination }) => LOCATED.has(source) || LOCATED.has(destination));
    const { countries, places, ...rest } = await world();
    expect(rest).toMatchObject({ flows: rows.length, locatedFlows: located.length, hosts: 4, locatedHosts: 3, placeCount: places.length });
    for (const list of [countries, places]) {
      expect(sum(list.map(({ flows }) => flows))).toBe(located.length);
      expect(sum(list.map(({ hosts }) => hosts))).toBe(3);
      expect(sum(list.map(({ bytesSent, bytesReceived }) => bytesSent + bytesReceived))).toBe(sum(located.map(bytesOf)));
    }
  });

  it('tells what a country sent from what it received', async () => {
    const { countries } = await world();
    const us = countries.find(({ code }) => code === 'US');
    const { rows } = await bench.client.call('flows.rows', { from: 0, count: 100, sort: 'first', descending: false });
    const scan = rows.filter(({ source }) => source === SCANNER);
    expect(us).toMatchObject({
      flows: PORTS.length,
      bytesSent: sum(scan.map(({ bytes }) => bytes)),
      bytesReceived: sum(scan.map(({ bytesBack }) => bytesBack)),
    });
  });

  it('counts an alert where its source is, and by type', async () => {
    const { countries, types, places } = await world();
    expect(types).toEqual([expect.objectContaining({ type: 'port_scan', count: 1 })]);
    const alarmed = countries.filter(({ alerts }) => sum(Object.values(alerts)) > 0);
    expect(alarmed.map(({ code }) => code)).toEqual(['US']);
    expect(places.filter(({ severity }) => severity !== null).map(({ addresses }) => addresses)).toEqual([[SCANNER]]);
  });

  it('has no place for a server with a private address', async () => {
    expect((await world()).home).toEqual({ place: null, address: SERVER, origin: 'own', others: 1 });
  });

  it('counts only flows and alerts with shown packets where a filter is set', async () => {
    await bench.filter(`ip.addr == ${VISITOR}`);
    const shown = await world('shown');
    expect(shown).toMatchObject({ flows: 1, locatedFlows: 1, locatedHosts: 1, types: [] });
    expect((await events()).events.map(({ address }) => address)).toEqual([VISITOR]);
    await bench.filter('');
    expect((await world('shown')).types).toHaveLength(1);
  });

  it('tells the newest events, then only what is new, and how many it left out', async () => {
    const all = await events();
    expect(all.events.filter(({ alert }) => alert === null)).toHaveLength(PORTS.length + 2);
    expect(all.events.filter(({ alert }) => alert?.type === 'port_scan')).toHaveLength(1);
    expect(all.events.find(({ address }) => address === '1.1.1.1')).toMatchObject({
      inbound: false,
      protocol: 'dns',
      port: 53,
      severity: null,
    });
    expect(all.events.find(({ port }) => port === 22)).toMatchObject({ inbound: true, country: 'US', alert: null });
    if (!all.cursor) throw new Error('no cursor');
    expect(await events(all.cursor)).toMatchObject({ events: [], skipped: 0 });
    const earlier = { ...all.cursor, position: 0, alert: 0 };
    const some = await events(earlier, 3);
    expect(some.events.filter(({ alert }) => alert === null)).toHaveLength(3);
    expect(some.skipped).toBeGreaterThan(0);
  });

  it('takes the address that most flows have as ours where none is private', async () => {
    const visits = [1, 2, 3].map((n) => `8.8.4.${n}:4000 > ${VISITOR}:443 S`);
    await bench.openBytes(draw(visits.join('\n')).pcap(), 'public.pcap');
    const { home, locatedHosts, countries } = await world();
    expect(home).toMatchObject({ address: VISITOR, origin: 'busiest', place: { country: 'NL' } });
    expect({ locatedHosts, codes: countries.map(({ code }) => code) }).toEqual({ locatedHosts: 3, codes: ['US'] });
  });

  it('knows several servers of ours, and where each flow ends', async () => {
    const ours = ['1.1.1.1', VISITOR];
    await bench.client.call('detection.set', { settings: { ...DEFAULT_DETECTION, ownAddresses: ours } });
    const visits = [`8.8.4.1:4000 > ${VISITOR}:443 S`, `8.8.4.2:4000 > ${VISITOR}:443 S`, '8.8.4.3:4000 > 1.1.1.1:53 udp'];
    await bench.openBytes(draw(visits.join('\n')).pcap(), 'two.pcap');
    const { home, ownPlaces } = await world();
    expect(home).toMatchObject({ address: VISITOR, origin: 'own', others: 1 });
    expect(ownPlaces.map(({ address }) => address)).toEqual(['1.1.1.1']);
    const ends = new Map((await askAll()).events.map(({ address, ours }) => [address, ours]));
    expect(ends.get('8.8.4.1')).toMatchObject({ latitude: home.place?.latitude, longitude: home.place?.longitude });
    expect(ends.get('8.8.4.3')).toMatchObject({ latitude: ownPlaces[0]?.latitude, longitude: ownPlaces[0]?.longitude });
    await bench.client.call('detection.set', { settings: DEFAULT_DETECTION });
  });

  it('refuses arguments that are none', async () => {
    await expect(bench.client.call('map.places', { scope: 'nothing' as 'all' })).rejects.toThrow();
    await expect(bench.client.call('map.events', { scope: 'all', after: null, count: 1e9 })).rejects.toThrow();
  });
});
