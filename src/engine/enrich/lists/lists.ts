import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressIndex } from '../../../shared/model/units';
import { AddressKind, type AddressTable } from '../../columns/address-table';
import type { DetectionLists } from '../../detectors/lists';
import { Ipv4Ranges, Ipv6Ranges } from './address-ranges';
import { type ListHeader, parseList, readHeader } from './list-file';
import { FILE_OF_KIND, kindOfFile, readPorts } from './list-kinds';
import { ProbePatterns } from './probe-patterns';

const {
  'tor-relays': TOR_RELAYS,
  'tor-exits': TOR_EXITS,
  'mining-pools': POOLS,
  'mining-ports': POOL_PORTS,
  'probe-paths': PROBES,
} = FILE_OF_KIND;
/** Endings of files that are read as lists. */
export const LIST_ENDING = /\.(?:txt|netset|ipset|list|hosts)$/i;
/** Files that are read, and bytes of one: the largest public lists have some 20 MB. */
export const MAX_FILES = 64;
export const MAX_FILE = 32 << 20;
/** An address is on at most this many lists that are told apart: a byte an address remembers which. */
const MAX_BLOCKLISTS = 250;

/** A file that was read, or why not. */
export interface ListInfo {
  readonly file: string;
  readonly header: ListHeader;
  readonly entries: number;
  /** Lines that are no entry, or one too many. */
  readonly refused: number;
  /** In the user's own folder. */
  readonly own: boolean;
  /** A sentence where the file could not be used; null: it is. */
  readonly problem: string | null;
}

export interface Lists {
  readonly loaded: readonly ListInfo[];
  /** For a session; what an address is on is remembered by its index. */
  readonly forAddresses: (addresses: AddressTable) => DetectionLists;
}

/** Addresses and names of one file. */
class AddressList {
  readonly name: string;
  readonly names: ReadonlySet<string>;
  readonly entries: number;
  readonly #ipv4: Ipv4Ranges;
  readonly #ipv6: Ipv6Ranges;

  constructor(name: string, ipv4: readonly number[], ipv6: readonly bigint[], names: ReadonlySet<string>) {
    this.name = name;
    this.names = names;
    this.#ipv4 = new Ipv4Ranges(ipv4);
    this.#ipv6 = new Ipv6Ranges(ipv6);
    this.entries = this.#ipv4.size + this.#ipv6.size + names.size;
  }

  has(addresses: AddressTable, index: AddressIndex): boolean {
    switch (addresses.kind(index)) {
      case AddressKind.Ipv4:
        return this.#ipv4.has(addresses.word(index, 0));
      case AddressKind.Ipv6:
        return this.#ipv6.size > 0 && this.#ipv6.has(ipv6Number(addresses, index));
      default:
        return false;
    }
  }
}

/** Everything that was read, for all sessions. */
interface Loaded {
  readonly relays: AddressList;
  readonly exits: AddressList;
  readonly blocklists: readonly AddressList[];
  readonly pools: ReadonlySet<string>;
  readonly ports: ReadonlySet<number>;
  readonly probes: ProbePatterns;
}

/**
 * Reads the lists of `folder` (what ships) and of `userFolder` (the user's own; null: none), where a file of the same name takes the place of
 * the first. A file that cannot be read, or is too large, is left out and told in `loaded`; a folder that is not there holds nothing.
 */
export function loadLists(folder: string, userFolder: string | null): Lists {
  const files = new Map<string, { path: string; own: boolean }>();
  for (const file of filesIn(folder)) files.set(file, { path: join(folder, file), own: false });
  if (userFolder !== null) for (const file of filesIn(userFolder)) files.set(file, { path: join(userFolder, file), own: true });
  const loaded: ListInfo[] = [];
  const read = (file: string): string => {
    const found = files.get(file);
    if (!found) return '';
    const text = readText(found.path);
    if (typeof text === 'string') return text;
    loaded.push({ file, header: readHeader(''), entries: 0, refused: 0, own: found.own, problem: text.problem });
    return '';
  };
  const note = (file: string, text: string, entries: number, refused: number): void => {
    const found = files.get(file);
    if (found && text !== '') loaded.push({ file, header: readHeader(text), entries, refused, own: found.own, problem: null });
  };
  const addressList = (file: string): AddressList => {
    const text = read(file);
    const { header, ipv4, ipv6, names, refused } = parseList(text);
    const list = new AddressList(header.name === '' ? file : header.name, ipv4, ipv6, names);
    note(file, text, list.entries, refused);
    return list;
  };
  const portText = read(POOL_PORTS);
  const { ports, refused: noPorts } = readPorts(portText);
  note(POOL_PORTS, portText, ports.size, noPorts);
  const probeText = read(PROBES);
  const probes = new ProbePatterns(probeText);
  note(PROBES, probeText, probes.size, 0);
  const blocklists = [...files.keys()].filter((file) => kindOfFile(file) === 'blocklist').slice(0, MAX_BLOCKLISTS);
  const all: Loaded = {
    relays: addressList(TOR_RELAYS),
    exits: addressList(TOR_EXITS),
    blocklists: blocklists.map(addressList),
    pools: addressList(POOLS).names,
    ports,
    probes,
  };
  return { loaded, forAddresses: (addresses) => new SessionLists(all, addresses) };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => LIST_ENDING.test(file))
      .sort()
      .slice(0, MAX_FILES);
  } catch {
    return [];
  }
}

function readText(path: string): string | { readonly problem: string } {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return { problem: 'This is not a file.' };
    const { size } = stats;
    if (size > MAX_FILE) return { problem: `The list is larger than ${MAX_FILE >> 20} MB; split it.` };
    return readFileSync(path, 'utf8');
  } catch {
    return { problem: 'The list cannot be read; check that you may read the file.' };
  }
}

const ipv6Number = (addresses: AddressTable, index: AddressIndex): bigint =>
  [0, 1, 2, 3].reduce((number, word) => (number << 32n) | BigInt(addresses.word(index, word)), 0n);

/** Tor's answer plus one; 0: not asked yet. */
const TOR_ASKED = 1;
const NO_LIST = 1;
const FIRST_LIST = 2;

/** The lists as one session's rules ask them: each address is looked up once. */
class SessionLists implements DetectionLists {
  readonly #all: Loaded;
  readonly #addresses: AddressTable;
  #tor = new Uint8Array(4096);
  #blocked = new Uint8Array(4096);

  constructor(all: Loaded, addresses: AddressTable) {
    this.#all = all;
    this.#addresses = addresses;
  }

  torRelay(address: AddressIndex): 0 | 1 | 2 {
    if (address < 0) return 0;
    this.#reserve(address);
    let mark = this.#tor[address] ?? 0;
    if (mark === 0) {
      const { relays, exits } = this.#all;
      mark = TOR_ASKED + (exits.has(this.#addresses, address) ? 2 : relays.has(this.#addresses, address) ? 1 : 0);
      this.#tor[address] = mark;
    }
    return (mark - TOR_ASKED) as 0 | 1 | 2;
  }

  blockedAddress(address: AddressIndex): string | null {
    if (address < 0) return null;
    this.#reserve(address);
    const { blocklists } = this.#all;
    let mark = this.#blocked[address] ?? 0;
    if (mark === 0) {
      const at = blocklists.findIndex((list) => list.has(this.#addresses, address));
      mark = at < 0 ? NO_LIST : FIRST_LIST + at;
      this.#blocked[address] = mark;
    }
    return blocklists[mark - FIRST_LIST]?.name ?? null;
  }

  blockedName(name: string): string | null {
    return this.#all.blocklists.find((list) => suffixIn(list.names, name) !== null)?.name ?? null;
  }

  poolDomain(name: string): string | null {
    return suffixIn(this.#all.pools, name);
  }

  isPoolPort(port: number): boolean {
    return this.#all.ports.has(port);
  }

  probe(uri: string): string | null {
    return this.#all.probes.find(uri);
  }

  #reserve(address: AddressIndex): void {
    if (address < this.#tor.length) return;
    const size = Math.max(this.#tor.length * 2, address + 1);
    const grown = (from: Uint8Array): Uint8Array<ArrayBuffer> => {
      const to = new Uint8Array(size);
      to.set(from);
      return to;
    };
    this.#tor = grown(this.#tor);
    this.#blocked = grown(this.#blocked);
  }
}

/** Labels of a name: DNS allows 127. */
const MAX_LABELS = 128;

/** The name itself or the parent of it that is in the set; a port behind it is left out. */
function suffixIn(names: ReadonlySet<string>, name: string): string | null {
  if (names.size === 0) return null;
  let rest = name.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  for (let labels = 0; labels < MAX_LABELS; labels++) {
    if (names.has(rest)) return rest;
    const dot = rest.indexOf('.');
    if (dot < 0) return null;
    rest = rest.slice(dot + 1);
  }
  return null;
}
