import type { AddressIndex } from '../../shared/model/units';

/** Files of `resources/lists` and the user's own, as rules ask them. Built by enrich/lists; look-ups are cached by address here. */
export interface DetectionLists {
  /** 0: no Tor relay; 1: relay; 2: relay that is an exit. */
  torRelay(address: AddressIndex): 0 | 1 | 2;
  /** Name of the blocklist that the address is on; null: none. */
  blockedAddress(address: AddressIndex): string | null;
  /** Name of the blocklist that the name or a parent of it is on. */
  blockedName(name: string): string | null;
  /** Mining pool's domain that this host name belongs to; null: none. */
  poolDomain(name: string): string | null;
  isPoolPort(port: number): boolean;
  /** What a request's path (percent-decoded or not) probes for; null: nothing that is listed. */
  probe(uri: string): string | null;
}

/** Nothing is listed. */
export const NO_LISTS: DetectionLists = {
  torRelay: () => 0,
  blockedAddress: () => null,
  blockedName: () => null,
  poolDomain: () => null,
  isPoolPort: () => false,
  probe: () => null,
};
