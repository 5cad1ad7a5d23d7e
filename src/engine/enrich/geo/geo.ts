import { ok, type Result } from '../../../shared/base/result';
import type { GeoInfo, Location, Place } from '../../../shared/model/place';
import type { AddressIndex } from '../../../shared/model/units';
import type { AddressTable } from '../../columns/address-table';
import { GeoDatabase } from './geo-database';
import { Places } from './places';

/** The engine's knowledge of places: nothing until a database is loaded, and another one when the user chooses it. */
export class Geo {
  #database: GeoDatabase | null = null;
  #places = new WeakMap<AddressTable, Places>();
  #loads = 0;

  /** Opens the database that ships, or the .mmdb file at `path`. On failure the one before stays. A later call wins over an earlier. */
  async load(path: string | null = null): Promise<Result<GeoInfo>> {
    const turn = ++this.#loads;
    const opened = await GeoDatabase.open(path === null ? {} : { city: path });
    if (!opened.ok) return opened;
    if (turn !== this.#loads) {
      const info = opened.value.info();
      await opened.value.close();
      return ok(info);
    }
    const before = this.#database;
    this.#database = opened.value;
    this.#places = new WeakMap();
    await before?.close();
    return ok(opened.value.info());
  }

  /** Null until a database is loaded. */
  info(): GeoInfo | null {
    return this.#database?.info() ?? null;
  }

  /** ISO 3166-1 alpha-2 of an address of the session whose table this is; null where it is not known. */
  country(addresses: AddressTable, index: AddressIndex): string | null {
    return this.#of(addresses)?.countryOf(index) ?? null;
  }

  /** For who asks of very many addresses and keeps the answers. */
  location(addresses: AddressTable, index: AddressIndex): Location | null {
    return this.#of(addresses)?.location(index) ?? null;
  }

  place(addresses: AddressTable, index: AddressIndex): Place | null {
    return this.#of(addresses)?.place(index) ?? null;
  }

  async close(): Promise<void> {
    this.#loads++;
    const database = this.#database;
    this.#database = null;
    this.#places = new WeakMap();
    await database?.close();
  }

  #of(addresses: AddressTable): Places | null {
    if (!this.#database) return null;
    let places = this.#places.get(addresses);
    if (!places) {
      places = new Places(this.#database, addresses);
      this.#places.set(addresses, places);
    }
    return places;
  }
}
