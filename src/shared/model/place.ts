/** What an address is: anything but 'public' is nobody's place in the world. */
export type AddressScope =
  | 'public'
  | 'private'
  | 'cgnat'
  | 'loopback'
  | 'link-local'
  | 'multicast'
  | 'broadcast'
  | 'documentation'
  | 'benchmarking'
  | 'unspecified'
  | 'reserved';

/** An autonomous system (RFC 1930): who routes the address. */
export interface NetworkOwner {
  readonly number: number;
  readonly organisation: string;
}

/** Where a public address is, as far as the databases know. */
export interface Place {
  readonly scope: AddressScope;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  /** Degrees, WGS 84; null where either is unknown. */
  readonly coordinates: { readonly latitude: number; readonly longitude: number } | null;
  readonly network: NetworkOwner | null;
}

/** A place without who routes the address. */
export type Location = Omit<Place, 'network'>;

/** A database of places, as the window tells of it. */
export interface GeoInfo {
  readonly name: string;
  /** The file; null: those that ship with the application. */
  readonly path: string | null;
  /** Epoch milliseconds; null where the file does not say. */
  readonly built: number | null;
  readonly ageDays: number | null;
  /** Most networks that the search trees can tell apart. */
  readonly networks: number;
  /** What the licences ask to show, one line each. */
  readonly attribution: readonly string[];
}
