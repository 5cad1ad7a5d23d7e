import type { Location, Place } from '../../../shared/model/place';
import type { AddressIndex } from '../../../shared/model/units';
import { AddressKind, type AddressTable } from '../../columns/address-table';
import type { AddressWords } from './address-scope';
import type { GeoDatabase } from './geo-database';

/** Full places that stay: what a window shows and an analyst goes through; some 300 bytes each. */
const MAX_PLACES = 8192;
const NOT_ASKED = 0;
const NO_COUNTRY = 1;

/** What the database says of a session's addresses, asked once for each. Countries cost two bytes an address; places are bounded. */
export class Places {
  readonly #database: GeoDatabase;
  readonly #addresses: AddressTable;
  /** Two letters of each address, or one of the numbers above. */
  #countries = new Uint16Array(4096);
  readonly #places = new Map<AddressIndex, Place>();

  constructor(database: GeoDatabase, addresses: AddressTable) {
    this.#database = database;
    this.#addresses = addresses;
  }

  /** ISO 3166-1 alpha-2; null for what is not public, not IP, not known, or no index (-1, NONE_32). */
  countryOf(index: AddressIndex): string | null {
    if (index < 0 || index >= this.#addresses.count) return null;
    let code = this.#countries[index] ?? NOT_ASKED;
    if (code === NOT_ASKED) {
      code = this.#askCountry(index);
      if (index >= this.#countries.length) this.#grow(index);
      this.#countries[index] = code;
    }
    return code === NO_COUNTRY ? null : String.fromCharCode(code >>> 8, code & 255);
  }

  /** For who keeps the answer: nothing is kept here. Null for what is no IP address. */
  location(index: AddressIndex): Location | null {
    const words = wordsOf(this.#addresses, index);
    return words && this.#database.location(words);
  }

  /** Null for what is no IP address. */
  place(index: AddressIndex): Place | null {
    const known = this.#places.get(index);
    if (known) return known;
    const words = wordsOf(this.#addresses, index);
    if (!words) return null;
    const place = this.#database.place(words);
    if (this.#places.size >= MAX_PLACES) this.#places.clear();
    this.#places.set(index, place);
    return place;
  }

  #askCountry(index: AddressIndex): number {
    const words = wordsOf(this.#addresses, index);
    const country = words && this.#database.country(words);
    return country ? (country.charCodeAt(0) << 8) | country.charCodeAt(1) : NO_COUNTRY;
  }

  #grow(index: AddressIndex): void {
    const grown = new Uint16Array(Math.max(this.#countries.length * 2, index + 1));
    grown.set(this.#countries);
    this.#countries = grown;
  }
}

function wordsOf(addresses: AddressTable, index: AddressIndex): AddressWords | null {
  if (index < 0 || index >= addresses.count) return null;
  switch (addresses.kind(index)) {
    case AddressKind.Ipv4:
      return [addresses.word(index, 0)];
    case AddressKind.Ipv6:
      return [0, 1, 2, 3].map((word) => addresses.word(index, word));
    default:
      return null;
  }
}
