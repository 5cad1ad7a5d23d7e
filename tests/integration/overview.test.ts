import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Geo } from '../../src/engine/enrich/geo/geo';
import { History } from '../../src/engine/history/history';
import { openStore } from '../../src/engine/store/open-store';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';

/** Noon of a day in November 2026, local time, epoch seconds. */
const noon = (day: number): number => new Date(2026, 10, day, 12).getTime() / 1000;
const midnight = (day: number): number => new Date(2026, 10, day).getTime() / 1000;

/** As drawings count time, from where they begin. */
const drawn = (epoch: number): number => epoch - 1_700_000_000;

/** Addresses of Google (US) and RIPE (NL) have a country in the database that ships. */
const YESTERDAY = `
  @${drawn(noon(20))} 8.8.8.8:40000 > 10.0.0.4:22 S
  10.0.0.4:22 > 8.8.8.8:40000 SA`;
const TODAY = `
  @${drawn(noon(21))} 8.8.8.8:40001 > 10.0.0.4:22 S
  193.0.6.139:50000 > 10.0.0.4:22 S
  193.0.6.139:50001 > 10.0.0.4:443 S
  10.0.0.4:443 > 193.0.6.139:50001 SA
  10.0.0.4:5353 > 224.0.0.251:5353 udp`;

const keys = (rows: { readonly rows: readonly { readonly key: string }[] } | null): string[] | undefined =>
  rows?.rows.map(({ key }) => key);

describe('what is new today', () => {
  let folder: string;
  let bench: EngineBench;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portlight-new-'));
    const store = await openStore(join(folder, 'portlight.sqlite'));
    if (!store.ok) throw new Error(store.problem.sentence);
    const geo = new Geo();
    await geo.load();
    bench = await EngineBench.start({ history: new History(store.value), geo });
  });
  afterEach(async () => {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const found = (scope: 'all' | 'shown' = 'shown') => bench.client.call('overview.new', { scope });

  it('cannot be told where there is nothing to compare with', async () => {
    await bench.openBytes(draw(TODAY).pcap());
    expect(await found()).toEqual({ state: 'nothing', day: midnight(21) });
  });

  it('is what neither an earlier capture nor an earlier day of this one had', async () => {
    await bench.openBytes(draw(YESTERDAY).pcap(), 'yesterday.pcap');
    await bench.openBytes(draw(TODAY).pcap(), 'today.pcap');
    const today = await found();
    if (today.state !== 'compared') throw new Error(today.state);
    expect(today).toMatchObject({ day: midnight(21), captures: 1, since: noon(20) });
    // Port 22 and 8.8.8.8 were there yesterday; a multicast group is no host.
    expect(keys(today.hosts)).toEqual(['193.0.6.139']);
    expect(keys(today.ports)?.sort()).toEqual(['TCP/443', 'UDP/5353']);
    expect(keys(today.countries)).toEqual(['NL']);

    await bench.openBytes(draw(`${YESTERDAY}\n${TODAY}`).pcap(), 'both.pcap');
    expect(await found()).toMatchObject({ state: 'compared', hosts: { total: 1 }, ports: { total: 2 }, countries: { total: 1 } });
  });

  it('is of what filter and time range show, and of the last day that they show', async () => {
    await bench.openBytes(draw(`${YESTERDAY}\n${TODAY}`).pcap());
    await bench.filter('tcp.port == 443');
    const filtered = await found();
    if (filtered.state !== 'compared') throw new Error(filtered.state);
    expect([keys(filtered.hosts), keys(filtered.ports)]).toEqual([['193.0.6.139'], ['TCP/443']]);
    expect(await found('all')).toMatchObject({ ports: { total: 2 } });
    await bench.filter('', { from: 0, to: 3600e9 });
    expect(await found()).toEqual({ state: 'nothing', day: midnight(20) });
    await bench.filter('tcp.port == 1');
    expect(await found()).toEqual({ state: 'no-times' });
  });
});

describe('countries and alerts of the overview', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    const geo = new Geo();
    await geo.load();
    bench = await EngineBench.start({ geo });
  });
  afterEach(() => bench.close());

  it('are those of the flows that are shown', async () => {
    const scan = Array.from({ length: 40 }, (_, i) => `193.0.6.139:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n');
    await bench.openBytes(draw(`${YESTERDAY}\n${scan}`).pcap());
    const all = await bench.client.call('overview.places', { scope: 'all' });
    expect(all.countries?.rows.map(({ code, flows }) => [code, flows])).toEqual([
      ['NL', 40],
      ['US', 1],
    ]);
    expect(all.marks).toMatchObject([{ type: 'port_scan' }]);
    expect(Object.values(all.alerts).reduce((sum, count) => sum + count, 0)).toBe(1);
    await bench.filter('country == "US"');
    const shown = await bench.client.call('overview.places', { scope: 'shown' });
    expect(shown).toMatchObject({ countries: { rows: [{ code: 'US', flows: 1 }], total: 1 }, marks: [] });
  });

  it('say that nothing is known where no database of places is there', async () => {
    const without = await EngineBench.start();
    await without.openBytes(draw(TODAY).pcap());
    expect(await without.client.call('overview.places', { scope: 'all' })).toMatchObject({ countries: null });
    await without.close();
  });
});
