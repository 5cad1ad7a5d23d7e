import { EventKind } from '../../shared/model/event-kinds';
import { PacketFlag } from '../../shared/model/packet-flags';
import { type AddressIndex, NONE_16, NONE_32, type PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { protocolNames } from '../decode/protocol-names';
import type { SessionTables } from '../session-tables';

export type Value = string | number | boolean | null;
/** What is known of places; null: nothing. */
export type Countries = { countryOf(address: AddressIndex): string | null } | null;
export type Getter = (tables: SessionTables, row: PacketIndex) => Value;

const HEX_DIGITS_OF_FLAGS = 4;

const hasFlag = (tables: SessionTables, row: PacketIndex, flag: number): boolean =>
  ((tables.packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0) & flag) !== 0;

const port =
  (column: 'sourcePort' | 'destinationPort'): Getter =>
  (tables, row) =>
    hasFlag(tables, row, PacketFlag.Ports) ? (tables.packets.chunkOf(row)[column][row & CHUNK_MASK] ?? null) : null;

const address =
  (column: 'source' | 'destination'): Getter =>
  (tables, row) => {
    const index = tables.packets.chunkOf(row)[column][row & CHUNK_MASK] ?? NONE_32;
    return index === NONE_32 ? null : tables.addresses.text(index);
  };

const event =
  (kind: number, column: 'name' | 'method' | 'uri'): Getter =>
  (tables, row) => {
    const { events } = tables;
    for (let at = events.firstAtOrAfter(row); at < events.count && events.row[at] === row; at++) {
      if (events.kind[at] !== kind) continue;
      const text = events[column][at] ?? -1;
      if (text >= 0) return tables.texts.text(text);
    }
    return null;
  };

/** The fields that need no second decode, by the names of the command line's contract. */
export const columnFields: Readonly<Record<string, Getter>> = {
  number: (_, row) => row + 1,
  time: (tables, row) => (hasFlag(tables, row, PacketFlag.Time) ? tables.packets.timeText(row) : null),
  source: address('source'),
  destination: address('destination'),
  protocol: (tables, row) => protocolNames.name(tables.packets.chunkOf(row).protocol[row & CHUNK_MASK] ?? 0),
  length: (tables, row) => tables.packets.chunkOf(row).length[row & CHUNK_MASK] ?? null,
  capturedLength: (tables, row) => tables.packets.chunkOf(row).capturedLength[row & CHUNK_MASK] ?? null,
  sourcePort: port('sourcePort'),
  destinationPort: port('destinationPort'),
  ipProtocol: (tables, row) =>
    hasFlag(tables, row, PacketFlag.IpProtocol) ? (tables.packets.chunkOf(row).ipProtocol[row & CHUNK_MASK] ?? null) : null,
  tcpFlags: (tables, row) =>
    hasFlag(tables, row, PacketFlag.TcpFlags)
      ? `0x${(tables.packets.chunkOf(row).tcpFlags[row & CHUNK_MASK] ?? 0).toString(16).padStart(HEX_DIGITS_OF_FLAGS, '0')}`
      : null,
  vlan: (tables, row) => {
    const vlan = tables.packets.chunkOf(row).vlan[row & CHUNK_MASK] ?? NONE_16;
    return vlan === NONE_16 ? null : vlan;
  },
  flow: (tables, row) => {
    const flow = tables.packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32;
    return flow === NONE_32 ? null : flow;
  },
  dnsName: event(EventKind.Dns, 'name'),
  tlsSni: event(EventKind.TlsClientHello, 'name'),
  httpMethod: event(EventKind.HttpRequest, 'method'),
  httpHost: event(EventKind.HttpRequest, 'name'),
  httpUri: event(EventKind.HttpRequest, 'uri'),
};

const country =
  (column: 'source' | 'destination') =>
  (places: Countries): Getter =>
  (tables, row) =>
    places?.countryOf(tables.packets.chunkOf(row)[column][row & CHUNK_MASK] ?? NONE_32) ?? null;

/** The fields that a database of places fills, as getters of one. */
export const countryFields: Readonly<Record<string, (places: Countries) => Getter>> = {
  sourceCountry: country('source'),
  destinationCountry: country('destination'),
};
