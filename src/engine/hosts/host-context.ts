import type { AlertRow } from '../../shared/model/alerts';
import type { Place } from '../../shared/model/place';
import type { AddressIndex } from '../../shared/model/units';
import { AddressKind, type AddressTable } from '../columns/address-table';
import type { Alert } from '../detectors/alert';
import type { DetectionLists } from '../detectors/lists';
import type { LocalAddresses } from '../detectors/local-addresses';
import { type AddressWords, scopeOf, wordsOfText } from '../enrich/geo/address-scope';
import type { SessionTables } from '../session-tables';
import type { CensusContext } from './census';
import type { Listed } from './risk-score';

/** An alert with the row that lists show of it. */
export interface HostAlert {
  readonly alert: Alert;
  readonly row: AlertRow;
}

/** Everything that is known of a session's addresses, for this family of calls. */
export class HostContext implements CensusContext {
  readonly tables: SessionTables;
  /** Alerts that stand: listed, and no mute hides them. */
  readonly hostAlerts: readonly HostAlert[];
  readonly #local: LocalAddresses;
  readonly #lists: DetectionLists;
  readonly #placeOf: (address: AddressIndex) => Place | null;

  constructor(
    tables: SessionTables,
    hostAlerts: readonly HostAlert[],
    local: LocalAddresses,
    lists: DetectionLists,
    placeOf: (address: AddressIndex) => Place | null,
  ) {
    this.tables = tables;
    this.hostAlerts = hostAlerts;
    this.#local = local;
    this.#lists = lists;
    this.#placeOf = placeOf;
  }

  get alerts(): readonly Alert[] {
    return this.hostAlerts.map(({ alert }) => alert);
  }

  isGroup(address: AddressIndex): boolean {
    return this.#local.isGroup(address);
  }

  isOwn(address: AddressIndex): boolean {
    return this.#local.isOwn(address);
  }

  listed(address: AddressIndex): Listed {
    const tor = this.#lists.torRelay(address);
    return { blocklist: this.#lists.blockedAddress(address), tor: tor === 2 ? 'exit' : tor === 1 ? 'relay' : null };
  }

  /** Its scope is known even where no database of places is. */
  place(address: AddressIndex): Place {
    const known = this.#placeOf(address);
    if (known) return known;
    const { scope } = scopeOf(ipWords(this.tables.addresses, address));
    return { scope, country: null, region: null, city: null, coordinates: null, network: null };
  }
}

const ipWords = (addresses: AddressTable, address: AddressIndex): AddressWords =>
  addresses.kind(address) === AddressKind.Ipv6 ? [0, 1, 2, 3].map((word) => addresses.word(address, word)) : [addresses.word(address, 0)];

/** Index of an IP address as people write it; -1 where the text is none or the session has not seen it. */
export function findAddress(addresses: AddressTable, text: string): AddressIndex {
  const words = wordsOfText(text);
  if (!words) return -1;
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words;
  return words.length === 1 ? addresses.find(AddressKind.Ipv4, w0) : addresses.find(AddressKind.Ipv6, w0, w1, w2, w3);
}
