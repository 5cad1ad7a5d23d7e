import type { MmdbMap, MmdbValue } from './mmdb-value';

/** Longest name of a region or city that is kept, in UTF-16 units. */
const MAX_NAME = 120;
/** ISO 3166 reserves it for users: databases mean "unknown". */
const UNKNOWN_COUNTRY = 'ZZ';

const isMap = (value: MmdbValue | undefined): value is MmdbMap => value instanceof Map;

/** `country.iso_code`, `subdivisions.0.names.en`. */
function at(record: MmdbMap, path: string): MmdbValue | undefined {
  let value: MmdbValue | undefined = record;
  for (const key of path.split('.')) {
    if (isMap(value)) value = value.get(key);
    else if (Array.isArray(value)) value = value[Number(key)];
    else return undefined;
  }
  return value;
}

/** First of the paths that leads to a text. */
function name(record: MmdbMap, paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = at(record, path);
    if (typeof value === 'string' && value !== '') return value.slice(0, MAX_NAME);
  }
  return null;
}

function degrees(record: MmdbMap, paths: readonly string[], limit: number): number | null {
  const value = paths.map((path) => at(record, path)).find((found) => found !== undefined);
  return typeof value === 'number' && Math.abs(value) <= limit ? value : null;
}

// Of each field: where MaxMind's records (nested, names by language) and DB-IP's (flat) keep it.
const COUNTRY = ['country.iso_code', 'country_code', 'registered_country.iso_code'];
const REGION = ['subdivisions.0.names.en', 'state1'];
const CITY = ['city.names.en', 'city'];
const LATITUDE = ['location.latitude', 'latitude'];
const LONGITUDE = ['location.longitude', 'longitude'];

export function countryOfRecord(record: MmdbMap): string | null {
  const country = name(record, COUNTRY);
  return country !== null && country !== UNKNOWN_COUNTRY && /^[A-Z]{2}$/.test(country) ? country : null;
}

export function placeOfRecord(record: MmdbMap): {
  country: string | null;
  region: string | null;
  city: string | null;
  coordinates: { latitude: number; longitude: number } | null;
} {
  const latitude = degrees(record, LATITUDE, 90);
  const longitude = degrees(record, LONGITUDE, 180);
  return {
    country: countryOfRecord(record),
    region: name(record, REGION),
    city: name(record, CITY),
    coordinates: latitude === null || longitude === null ? null : { latitude, longitude },
  };
}
