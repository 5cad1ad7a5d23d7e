import { fail, ok, type Result } from '../../../shared/base/result';
import type { GeoInfo, Location, NetworkOwner, Place } from '../../../shared/model/place';
import { type AddressWords, scopeOf } from './address-scope';
import { bundledFiles, type FilePair } from './bundled-files';
import { MmdbFile } from './mmdb-file';
import { makeOwner, NetworkTable } from './network-table';
import { countryOfRecord, placeOfRecord } from './place-record';

const DAY_MS = 86_400_000;

export interface GeoOptions {
  /** A MaxMind database (.mmdb) of countries or cities; without it DB-IP City Lite, which ships with the application. */
  readonly city?: string;
}

interface Networks {
  readonly ipv4: NetworkTable;
  readonly ipv6: NetworkTable;
}

/** Places and owners of addresses, from files that are read where a look-up needs them. Any file is taken: a harmful one knows nothing. */
export class GeoDatabase {
  readonly #path: string | null;
  /** Asked for IPv4 and for IPv6; the same where one file holds both. */
  readonly #ipv4: MmdbFile;
  readonly #ipv6: MmdbFile;
  readonly #networks: Networks | null;

  private constructor(path: string | null, ipv4: MmdbFile, ipv6: MmdbFile, networks: Networks | null) {
    this.#path = path;
    this.#ipv4 = ipv4;
    this.#ipv6 = ipv6;
    this.#networks = networks;
  }

  static async open(options: GeoOptions = {}): Promise<Result<GeoDatabase>> {
    const files = bundledFiles();
    const city = options.city === undefined ? await openPair(files.city) : await MmdbFile.open(options.city).then(both);
    if (!city.ok) return city;
    const networks = files.networks && (await openNetworks(files.networks));
    return ok(new GeoDatabase(options.city ?? null, city.value.ipv4, city.value.ipv6, networks));
  }

  info(now = Date.now()): GeoInfo {
    const files = new Set([this.#ipv4, this.#ipv6]);
    const { type, built } = this.#ipv4.metadata;
    return {
      name: this.#path === null ? 'DB-IP City Lite' : type || 'MaxMind database',
      path: this.#path,
      built,
      ageDays: built === null ? null : Math.max(0, Math.floor((now - built) / DAY_MS)),
      networks: [...files].reduce((sum, { metadata }) => sum + metadata.nodes + 1, 0),
      attribution: [
        ...placeAttribution(this.#path, type),
        ...(this.#networks ? ['Network owners by RouteViews, the NRO and DB-IP (CC BY 4.0), https://www.routeviews.org'] : []),
      ],
    };
  }

  /** ISO 3166-1 alpha-2 of a public address; null where it is not known. */
  country(address: AddressWords): string | null {
    const { scope, words } = scopeOf(address);
    const record = scope === 'public' ? this.#file(words).find(words) : null;
    return record && countryOfRecord(record);
  }

  /** Without the owner, who takes longer to find than all the rest. */
  location(address: AddressWords): Location {
    const { scope, words } = scopeOf(address);
    if (scope !== 'public') return { scope, country: null, region: null, city: null, coordinates: null };
    return { scope, ...placeOfRecord(this.#file(words).find(words) ?? new Map()) };
  }

  place(address: AddressWords): Place {
    const { scope, words } = scopeOf(address);
    if (scope !== 'public') return { scope, country: null, region: null, city: null, coordinates: null, network: null };
    const record = this.#file(words).find(words) ?? new Map();
    // Some databases keep the owner beside the place.
    const network = this.#owner(words) ?? makeOwner(record.get('autonomous_system_number'), record.get('autonomous_system_organization'));
    return { scope, ...placeOfRecord(record), network };
  }

  async close(): Promise<void> {
    await Promise.all([...new Set([this.#ipv4, this.#ipv6])].map((file) => file.close()));
    await Promise.all([this.#networks?.ipv4.close(), this.#networks?.ipv6.close()]);
  }

  #file(words: AddressWords): MmdbFile {
    return words.length === 1 ? this.#ipv4 : this.#ipv6;
  }

  #owner(words: AddressWords): NetworkOwner | null {
    const number = words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
    return (words.length === 1 ? this.#networks?.ipv4 : this.#networks?.ipv6)?.find(number) ?? null;
  }
}

interface Cities {
  readonly ipv4: MmdbFile;
  readonly ipv6: MmdbFile;
}

const both = (opened: Result<MmdbFile>): Result<Cities> => (opened.ok ? ok({ ipv4: opened.value, ipv6: opened.value }) : opened);

async function openPair(paths: FilePair | null): Promise<Result<Cities>> {
  if (!paths) {
    return fail('geo-missing', 'The database of places that ships with Portlight is not installed.', 'Choose an .mmdb file.');
  }
  const ipv4 = await MmdbFile.open(paths.ipv4);
  if (!ipv4.ok) return ipv4;
  const ipv6 = await MmdbFile.open(paths.ipv6);
  if (ipv6.ok) return ok({ ipv4: ipv4.value, ipv6: ipv6.value });
  await ipv4.value.close();
  return ipv6;
}

/** Owners are an addition: without them places are still known. */
async function openNetworks(paths: FilePair): Promise<Networks | null> {
  const ipv4 = await NetworkTable.open(paths.ipv4);
  if (!ipv4.ok) return null;
  const ipv6 = await NetworkTable.open(paths.ipv6);
  if (ipv6.ok) return { ipv4: ipv4.value, ipv6: ipv6.value };
  await ipv4.value.close();
  return null;
}

function placeAttribution(path: string | null, type: string): string[] {
  if (path === null || /^db-?ip/i.test(type)) return ['IP Geolocation by DB-IP (CC BY 4.0), https://db-ip.com'];
  if (/^geolite/i.test(type)) return ['This product includes GeoLite Data created by MaxMind, https://www.maxmind.com'];
  return [];
}
