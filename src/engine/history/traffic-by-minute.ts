import { Layer, PacketFlag } from '../../shared/model/packet-flags';
import { type AddressIndex, type Bytes, NONE_32, type PacketIndex } from '../../shared/model/units';
import { CHUNK_BITS, CHUNK_MASK } from '../columns/column-chunk';
import { protocolNames } from '../decode/protocol-names';
import type { SessionTables } from '../session-tables';
import { OTHER_KEY, ROLLUP_KINDS, type RollupKind, type RollupRows } from '../store/records';
import { RollupColumns } from './row-columns';
import { Tally } from './tally';

/** Told apart within a minute; beyond it traffic is counted as 'other'. An ordinary server's minute has some hundred hosts; a flood has any number. */
export const MINUTE_LIMITS = { protocols: 256, hosts: 4096, ports: 1024 } as const;
/** Minutes that are gathered at once, 250 KB each: captures that were merged go back and forth between a few. */
const OPEN_MINUTES = 8;
/** Rows that wait to be fetched before `due` says so. */
const DUE_ROWS = 4096;
const MINUTE = 60;
const UDP_PORTS = 65_536;

const kindOf = (kind: RollupKind): number => ROLLUP_KINDS.indexOf(kind);
const PROTOCOL = kindOf('protocol');
const HOST = kindOf('host');
const PORT = kindOf('port');
const COUNTRY = kindOf('country');

/** The traffic of one minute of packet time. */
class Minute {
  /** Epoch second that it begins with; NaN: not in use. */
  start = Number.NaN;
  /** Turn in which it was last wanted. */
  used = 0;
  readonly protocols = new Tally(MINUTE_LIMITS.protocols);
  readonly hosts = new Tally(MINUTE_LIMITS.hosts);
  readonly ports = new Tally(MINUTE_LIMITS.ports);

  open(start: number): void {
    this.start = start;
    this.protocols.clear();
    this.hosts.clear();
    this.ports.clear();
  }
}

/**
 * Adds up packets by minute and protocol, host, port and country. A host's traffic is what it sent and received, a port's is that of the
 * responder's, as in the statistics of a session. A country's is that of its hosts: a packet between two of them counts for both ends, and
 * hosts that are not told apart have none. Packets without a time are in no minute. Times may go backwards: a minute may be given in parts,
 * which the store adds up.
 */
export class TrafficByMinute {
  readonly #tables: SessionTables;
  readonly #countryOf: (address: AddressIndex) => string | null;
  readonly #minutes: Minute[] = [];
  #current: Minute | null = null;
  #turn = 0;
  /** The latest minute that was seen. */
  #latest = Number.NEGATIVE_INFINITY;
  #columns = new RollupColumns();

  constructor(tables: SessionTables, countryOf: (address: AddressIndex) => string | null) {
    this.#tables = tables;
    this.#countryOf = countryOf;
  }

  /** So many rows wait that they should be fetched. */
  get due(): boolean {
    return this.#columns.count >= DUE_ROWS;
  }

  addRows(from: PacketIndex, to: PacketIndex): void {
    const { packets } = this.#tables;
    for (let row = from; row < to; ) {
      const chunk = packets.chunkOf(row);
      const end = Math.min(to, ((row >> CHUNK_BITS) + 1) << CHUNK_BITS);
      for (; row < end; row++) {
        const p = row & CHUNK_MASK;
        const flags = chunk.flags[p] ?? 0;
        if ((flags & PacketFlag.Time) === 0) continue;
        const second = packets.startSecond + (chunk.seconds[p] ?? 0);
        let minute = this.#current;
        if (minute === null || second < minute.start || second >= minute.start + MINUTE) minute = this.#open(second);
        const length: Bytes = chunk.length[p] ?? 0;
        minute.protocols.add(chunk.protocol[p] ?? 0, length);
        const source = chunk.source[p] ?? NONE_32;
        const destination = chunk.destination[p] ?? NONE_32;
        if (source !== NONE_32) minute.hosts.add(source, length);
        if (destination !== NONE_32) minute.hosts.add(destination, length);
        if ((flags & (PacketFlag.Ports | PacketFlag.IcmpError)) !== PacketFlag.Ports) continue;
        const port = (flags & PacketFlag.Backward ? chunk.sourcePort[p] : chunk.destinationPort[p]) ?? 0;
        minute.ports.add(((chunk.layers[p] ?? 0) & Layer.Tcp) !== 0 ? port : UDP_PORTS + port, length);
      }
    }
  }

  /** What there is of minutes that are over; with `all` the open ones too. Null: nothing. */
  take(all: boolean): RollupRows | null {
    for (const minute of this.#minutes) if (all || minute.start < this.#latest) this.#close(minute);
    const columns = this.#columns;
    if (columns.count === 0) return null;
    this.#columns = new RollupColumns();
    return columns.rows();
  }

  #open(second: number): Minute {
    const start = Math.floor(second / MINUTE) * MINUTE;
    if (start > this.#latest) this.#latest = start;
    let minute = this.#minutes.find((each) => each.start === start) ?? this.#minutes.find((each) => Number.isNaN(each.start));
    if (!minute && this.#minutes.length < OPEN_MINUTES) {
      minute = new Minute();
      this.#minutes.push(minute);
    }
    minute ??= this.#minutes.reduce((oldest, each) => (each.used < oldest.used ? each : oldest));
    if (minute.start !== start) {
      this.#close(minute);
      minute.open(start);
    }
    minute.used = ++this.#turn;
    this.#current = minute;
    return minute;
  }

  #close(minute: Minute): void {
    const { start } = minute;
    if (Number.isNaN(start)) return;
    const { addresses } = this.#tables;
    this.#add(start, PROTOCOL, minute.protocols, (id) => protocolNames.name(id) || OTHER_KEY);
    this.#add(start, HOST, minute.hosts, (address) => addresses.text(address));
    this.#add(start, PORT, minute.ports, (port) => (port < UDP_PORTS ? `TCP/${port}` : `UDP/${port - UDP_PORTS}`));
    this.#addCountries(start, minute.hosts);
    minute.start = Number.NaN;
    if (this.#current === minute) this.#current = null;
  }

  #add(start: number, kind: number, tally: Tally, name: (key: number) => string): void {
    for (let i = 0; i < tally.count; i++)
      this.#columns.add(start, kind, name(tally.keys[i] ?? 0), tally.packets[i] ?? 0, tally.bytes[i] ?? 0);
    if (tally.otherPackets > 0) this.#columns.add(start, kind, OTHER_KEY, tally.otherPackets, tally.otherBytes);
  }

  #addCountries(start: number, hosts: Tally): void {
    const countries = new Map<string, { packets: number; bytes: Bytes }>();
    for (let i = 0; i < hosts.count; i++) {
      const country = this.#countryOf(hosts.keys[i] ?? NONE_32);
      if (country === null) continue;
      const sum = countries.get(country) ?? { packets: 0, bytes: 0 };
      sum.packets += hosts.packets[i] ?? 0;
      sum.bytes += hosts.bytes[i] ?? 0;
      countries.set(country, sum);
    }
    for (const [country, { packets, bytes }] of countries) this.#columns.add(start, COUNTRY, country, packets, bytes);
  }
}
