import type { Location } from '../../shared/model/place';
import type { AddressIndex } from '../../shared/model/units';

/** Coordinates that are told apart, 100 bytes each; DB-IP's cities are more, no capture has them all. Hosts beyond have their country only. */
const MAX_SPOTS = 65_536;
const NOT_ASKED = 0;
const NOWHERE = 1;
const FIRST = 2;

/** One place on the map. */
export interface Spot {
  readonly latitude: number;
  readonly longitude: number;
  readonly city: string | null;
  readonly country: string | null;
  readonly hasCoordinates: boolean;
}

/** Which spot each interned address is at: asked of the database once for each, four bytes an address. */
export class Locator {
  readonly spots: Spot[] = [];
  readonly #locationOf: (address: AddressIndex) => Location | null;
  readonly #slots = new Map<string, number>();
  #known = new Uint32Array(4096);

  constructor(locationOf: (address: AddressIndex) => Location | null) {
    this.#locationOf = locationOf;
  }

  /** Index into `spots`; -1: the database knows neither country nor coordinates. */
  spotOf(address: AddressIndex): number {
    if (address < 0) return -1;
    if (address >= this.#known.length) this.#grow(address);
    const known = this.#known[address] ?? NOT_ASKED;
    if (known !== NOT_ASKED) return known === NOWHERE ? -1 : known - FIRST;
    const slot = this.#ask(address);
    this.#known[address] = slot < 0 ? NOWHERE : slot + FIRST;
    return slot < 0 ? -1 : slot;
  }

  spot(slot: number): Spot | null {
    return this.spots[slot] ?? null;
  }

  #ask(address: AddressIndex): number {
    const place = this.#locationOf(address);
    if (place?.scope !== 'public') return -1;
    const { coordinates, country, city } = place;
    if (!coordinates && country === null) return -1;
    const full = coordinates !== null && this.spots.length < MAX_SPOTS;
    const key = full ? `${coordinates.latitude},${coordinates.longitude},${country ?? ''}` : `country ${country ?? ''}`;
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    this.#slots.set(key, this.spots.length);
    const at = full ? coordinates : { latitude: 0, longitude: 0 };
    return this.spots.push({ ...at, city: full ? city : null, country, hasCoordinates: full }) - 1;
  }

  #grow(address: AddressIndex): void {
    const grown = new Uint32Array(Math.max(this.#known.length * 2, address + 1));
    grown.set(this.#known);
    this.#known = grown;
  }
}
