import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AddressTable } from '../../../../../src/engine/columns/address-table';
import { Geo } from '../../../../../src/engine/enrich/geo/geo';
import { NONE_32 } from '../../../../../src/shared/model/units';
import { addressWords } from '../../../../builders/address-words';
import { addressBytes } from '../../../../builders/addresses';
import { writeMmdb } from '../../../../builders/mmdb';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portlight-geo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const geo = new Geo();
afterEach(() => geo.close());

const addresses = new AddressTable();
const google = addresses.internIpv4(addressWords('8.8.8.8')[0] ?? 0);
const lan = addresses.internIpv4(addressWords('192.168.1.1')[0] ?? 0);
const mac = addresses.internMac(addressBytes('02:00:00:00:00:01'), 0);
const six = addresses.internIpv6(addressBytes('2a00:1450:4009::1'), 0);

describe('places of a session’s addresses', () => {
  it('knows nothing before a database is loaded', () => {
    expect([geo.country(addresses, google), geo.place(addresses, google), geo.info()]).toEqual([null, null, null]);
  });

  it('answers by index, and null for what is no IP address', async () => {
    expect(await geo.load()).toMatchObject({ ok: true, value: { name: 'DB-IP City Lite' } });
    expect([google, lan, mac, -1, NONE_32].map((index) => geo.country(addresses, index))).toEqual(['US', null, null, null, null]);
    expect(geo.country(addresses, six)).toMatch(/^[A-Z]{2}$/);
    expect([google, lan, mac, -1].map((index) => geo.place(addresses, index)?.scope)).toEqual(['public', 'private', undefined, undefined]);
    // The second answer comes from what was kept.
    expect(geo.place(addresses, google)).toBe(geo.place(addresses, google));
    expect(geo.country(addresses, google)).toBe('US');
  });

  it('takes another database at once, and keeps the one it has where the new one is no good', async () => {
    await geo.load();
    expect(geo.country(addresses, google)).toBe('US');
    const path = join(folder, 'own.mmdb');
    writeFileSync(path, writeMmdb({ '8.8.8.0/24': { country: { iso_code: 'FR' } } }));
    await geo.load(path);
    expect(geo.info()).toMatchObject({ name: 'Test-City', path });
    expect(geo.country(addresses, google)).toBe('FR');
    expect(await geo.load(join(folder, 'none.mmdb'))).toMatchObject({ ok: false });
    expect(geo.country(addresses, google)).toBe('FR');
  });

  it('keeps up with a table that grows', async () => {
    await geo.load();
    const flood = new AddressTable();
    const indices = Array.from({ length: 6000 }, (_, i) => flood.internIpv4(0x50000000 + i * 13_007));
    const once = indices.map((index) => geo.country(flood, index));
    expect(once.filter((country) => country !== null).length).toBeGreaterThan(5900);
    expect(indices.map((index) => geo.country(flood, index))).toEqual(once);
    expect(indices.map((index) => geo.place(flood, index)?.country)).toEqual(once);
  });
});
