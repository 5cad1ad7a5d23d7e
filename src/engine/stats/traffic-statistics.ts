import { Layer, PacketFlag } from '../../shared/model/packet-flags';
import { PROTOCOL_FAMILIES, protocolFamily } from '../../shared/model/protocol-families';
import type { SeriesSnapshot } from '../../shared/model/records';
import type { AddressIndex, Bytes, Nanoseconds, PacketIndex } from '../../shared/model/units';
import { CHUNK_BITS, CHUNK_MASK, type ColumnChunk } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import { TimeSeries } from './time-series';
import { topIndices } from './top';

/** Addresses that are counted one by one, 40 bytes each; a flood of spoofed sources beyond them is counted in the totals only. */
const MAX_ADDRESSES = 1 << 20;
/** As many as there are protocol names. */
const MAX_PROTOCOLS = 4096;
const PORTS = 65_536;
const UDP_PORTS = PORTS;
const LENGTH_CLASSES = 8;
const NANOSECONDS_A_SECOND = 1_000_000_000;

const SENT_PACKETS = 0;
const SENT_BYTES = 1;
const RECEIVED_PACKETS = 2;
const RECEIVED_BYTES = 3;
const ADDRESS_FIELDS = 4;
const FIRST_ADDRESSES = 256;

const SERIES_PACKETS = 0;
const SERIES_BYTES = 1;
const SERIES_FAMILIES = 2;
const UNKNOWN_FAMILY = 255;

export interface TalkerCount {
  readonly address: AddressIndex;
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly bytesSent: Bytes;
  readonly bytesReceived: Bytes;
}

export interface PortName {
  readonly transport: 'TCP' | 'UDP';
  /** The responder's. */
  readonly port: number;
}

export interface PortCount extends PortName {
  readonly packets: number;
  readonly bytes: Bytes;
}

export interface ProtocolCount {
  /** Protocol-name id. */
  readonly protocol: number;
  readonly packets: number;
  readonly bytes: Bytes;
}

const portAt = (at: number): PortName => ({ transport: at < UDP_PORTS ? 'TCP' : 'UDP', port: at % PORTS });

/** Sums over packets, of a whole session or of what a filter shows. Rows are added once each, in any order, after their flow is known. */
export class TrafficStatistics {
  packets = 0;
  /** On the wire. */
  bytes: Bytes = 0;
  capturedBytes: Bytes = 0;
  /** Packets by length: up to 79, 159, 319, 639, 1279, 2559, 5119 bytes, more. */
  readonly lengths = new Float64Array(LENGTH_CLASSES);
  readonly series = new TimeSeries(SERIES_FAMILIES + PROTOCOL_FAMILIES.length);
  readonly #protocolName: (id: number) => string;
  readonly #protocolPackets = new Float64Array(MAX_PROTOCOLS);
  readonly #protocolBytes = new Float64Array(MAX_PROTOCOLS);
  /** Family of each protocol id, asked for once. */
  readonly #families = new Uint8Array(MAX_PROTOCOLS).fill(UNKNOWN_FAMILY);
  /** TCP ports, then UDP ports. */
  readonly #portPackets = new Uint32Array(2 * PORTS);
  readonly #portBytes = new Float64Array(2 * PORTS);
  #firstTime: Nanoseconds = Number.POSITIVE_INFINITY;
  #lastTime: Nanoseconds = Number.NEGATIVE_INFINITY;
  #addresses = new Float64Array(FIRST_ADDRESSES * ADDRESS_FIELDS);
  readonly #portFirst = new Float64Array(2 * PORTS).fill(Number.POSITIVE_INFINITY);
  #addressFirst = new Float64Array(FIRST_ADDRESSES).fill(Number.POSITIVE_INFINITY);

  constructor(protocolName: (id: number) => string) {
    this.#protocolName = protocolName;
  }

  /** Least time; null while no packet had one. */
  get firstTime(): Nanoseconds | null {
    return this.#firstTime === Number.POSITIVE_INFINITY ? null : this.#firstTime;
  }

  get lastTime(): Nanoseconds | null {
    return this.#lastTime === Number.NEGATIVE_INFINITY ? null : this.#lastTime;
  }

  addRows(packets: PacketTable, from: PacketIndex, to: PacketIndex): void {
    for (let row = from; row < to; ) {
      const chunk = packets.chunkOf(row);
      const end = Math.min(to, ((row >> CHUNK_BITS) + 1) << CHUNK_BITS);
      for (; row < end; row++) this.add(chunk, row & CHUNK_MASK);
    }
  }

  addRow(packets: PacketTable, row: PacketIndex): void {
    this.add(packets.chunkOf(row), row & CHUNK_MASK);
  }

  /** Those with the most bytes sent and received. */
  topTalkers(limit: number): TalkerCount[] {
    const a = this.#addresses;
    const total = (address: number): number =>
      (a[address * ADDRESS_FIELDS + SENT_BYTES] ?? 0) + (a[address * ADDRESS_FIELDS + RECEIVED_BYTES] ?? 0);
    return topIndices(a.length / ADDRESS_FIELDS, limit, total).map((address) => this.talker(address));
  }

  talker(address: AddressIndex): TalkerCount {
    const at = address * ADDRESS_FIELDS;
    const a = this.#addresses;
    return {
      address,
      packetsSent: a[at + SENT_PACKETS] ?? 0,
      packetsReceived: a[at + RECEIVED_PACKETS] ?? 0,
      bytesSent: a[at + SENT_BYTES] ?? 0,
      bytesReceived: a[at + RECEIVED_BYTES] ?? 0,
    };
  }

  /** Addresses are below this. */
  get addressCount(): number {
    return this.#addressFirst.length;
  }

  /** Time of the earliest packet that the address sent or received; infinite where none had a time. */
  addressFirst(address: AddressIndex): Nanoseconds {
    return this.#addressFirst[address] ?? Number.POSITIVE_INFINITY;
  }

  /** Responders' ports with the most bytes; of those that `takes`, which gets the time of the earliest packet, where it is given. */
  topPorts(limit: number, takes?: (port: PortName, first: Nanoseconds) => boolean): PortCount[] {
    const weight = (at: number): number => {
      const bytes = this.#portBytes[at] ?? 0;
      if (bytes === 0 || takes === undefined) return bytes;
      return takes(portAt(at), this.#portFirst[at] ?? Number.POSITIVE_INFINITY) ? bytes : 0;
    };
    return topIndices(2 * PORTS, limit, weight).map((at) => ({
      ...portAt(at),
      packets: this.#portPackets[at] ?? 0,
      bytes: this.#portBytes[at] ?? 0,
    }));
  }

  /** Time of the earliest packet to or from a responder's port; infinite where there is none. */
  portFirst({ transport, port }: PortName): Nanoseconds {
    return this.#portFirst[transport === 'TCP' ? port : UDP_PORTS + port] ?? Number.POSITIVE_INFINITY;
  }

  /** Protocol column's names with the most packets. */
  topProtocols(limit: number): ProtocolCount[] {
    return topIndices(MAX_PROTOCOLS, limit, (protocol) => this.#protocolPackets[protocol] ?? 0).map((protocol) => ({
      protocol,
      packets: this.#protocolPackets[protocol] ?? 0,
      bytes: this.#protocolBytes[protocol] ?? 0,
    }));
  }

  /** For the wire: families that have bytes, largest first. */
  seriesSnapshot(): SeriesSnapshot {
    const { series } = this;
    const families = PROTOCOL_FAMILIES.map((name, family) => ({ name, bytes: series.channel(SERIES_FAMILIES + family) }));
    const totals = families.map(({ bytes }) => bytes.reduce((sum, value) => sum + value, 0));
    return {
      from: series.origin,
      width: series.width,
      packets: series.channel(SERIES_PACKETS),
      bytes: series.channel(SERIES_BYTES),
      families: topIndices(families.length, families.length, (family) => totals[family] ?? 0).flatMap((family) => families[family] ?? []),
    };
  }

  /** One row, by its place in its chunk. */
  add(chunk: ColumnChunk, p: number): void {
    const length = chunk.length[p] ?? 0;
    const flags = chunk.flags[p] ?? 0;
    const protocol = chunk.protocol[p] ?? 0;
    const hasTime = (flags & PacketFlag.Time) !== 0;
    const time = hasTime ? (chunk.seconds[p] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[p] ?? 0) : Number.POSITIVE_INFINITY;
    this.packets++;
    this.bytes += length;
    this.capturedBytes += chunk.capturedLength[p] ?? 0;
    const lengthClass = Math.min(32 - Math.clz32(length / 80), LENGTH_CLASSES - 1);
    this.lengths[lengthClass] = (this.lengths[lengthClass] ?? 0) + 1;
    this.#protocolPackets[protocol] = (this.#protocolPackets[protocol] ?? 0) + 1;
    this.#protocolBytes[protocol] = (this.#protocolBytes[protocol] ?? 0) + length;
    this.#count(chunk.source[p] ?? 0, SENT_PACKETS, length, time);
    this.#count(chunk.destination[p] ?? 0, RECEIVED_PACKETS, length, time);
    if (flags & PacketFlag.Ports && !(flags & PacketFlag.IcmpError)) {
      const port = (flags & PacketFlag.Backward ? chunk.sourcePort[p] : chunk.destinationPort[p]) ?? 0;
      const at = (chunk.layers[p] ?? 0) & Layer.Tcp ? port : UDP_PORTS + port;
      this.#portPackets[at] = (this.#portPackets[at] ?? 0) + 1;
      this.#portBytes[at] = (this.#portBytes[at] ?? 0) + length;
      if (time < (this.#portFirst[at] ?? 0)) this.#portFirst[at] = time;
    }
    if (!hasTime) return;
    if (time < this.#firstTime) this.#firstTime = time;
    if (time > this.#lastTime) this.#lastTime = time;
    const at = this.series.at(time);
    const values = this.series.values;
    values[at] = (values[at] ?? 0) + 1;
    values[at + SERIES_BYTES] = (values[at + SERIES_BYTES] ?? 0) + length;
    const family = at + SERIES_FAMILIES + this.#familyOf(protocol);
    values[family] = (values[family] ?? 0) + length;
  }

  #count(address: AddressIndex, field: number, length: Bytes, time: Nanoseconds): void {
    if (address >= MAX_ADDRESSES) return;
    const at = address * ADDRESS_FIELDS + field;
    if (at >= this.#addresses.length) {
      const grown = new Float64Array(Math.max(this.#addresses.length * 2, 2 ** Math.ceil(Math.log2(at + 1))));
      grown.set(this.#addresses);
      this.#addresses = grown;
      const first = new Float64Array(grown.length / ADDRESS_FIELDS).fill(Number.POSITIVE_INFINITY);
      first.set(this.#addressFirst);
      this.#addressFirst = first;
    }
    if (time < (this.#addressFirst[address] ?? 0)) this.#addressFirst[address] = time;
    const a = this.#addresses;
    a[at] = (a[at] ?? 0) + 1;
    a[at + 1] = (a[at + 1] ?? 0) + length;
  }

  #familyOf(protocol: number): number {
    const family = this.#families[protocol] ?? UNKNOWN_FAMILY;
    if (family !== UNKNOWN_FAMILY || protocol >= MAX_PROTOCOLS) return family === UNKNOWN_FAMILY ? PROTOCOL_FAMILIES.length - 1 : family;
    const found = PROTOCOL_FAMILIES.indexOf(protocolFamily(this.#protocolName(protocol)));
    this.#families[protocol] = found;
    return found;
  }
}
