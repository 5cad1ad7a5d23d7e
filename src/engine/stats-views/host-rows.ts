import type { EndpointRow, EndpointSort, TcpHostRow, TcpHostSort } from '../../shared/contract/statistics-views';
import { NONE_32 } from '../../shared/model/units';
import type { AddressTable } from '../columns/address-table';
import type { SortKey } from '../view/sort-by-key';
import { type Endpoints, handshakesOf, percentile, type RoundTrips } from './endpoints';

const SENT = 0;
const RECEIVED = 1;
const MEDIAN = 0.5;
const P95 = 0.95;
const P99 = 0.99;

export function endpointRow(addresses: AddressTable, { table, conversations }: Endpoints, byPort: boolean, slot: number): EndpointRow {
  const firstTime = table.firstTime[slot] ?? 0;
  const lastTime = table.lastTime[slot] ?? 0;
  return {
    id: slot,
    address: addresses.text(table.a[slot] ?? NONE_32),
    port: byPort ? (table.ports[slot] ?? 0) >>> 16 : null,
    conversations: conversations[slot] ?? 0,
    packetsSent: table.packets[2 * slot + SENT] ?? 0,
    packetsReceived: table.packets[2 * slot + RECEIVED] ?? 0,
    bytesSent: table.bytes[2 * slot + SENT] ?? 0,
    bytesReceived: table.bytes[2 * slot + RECEIVED] ?? 0,
    firstTime: Number.isFinite(firstTime) ? firstTime : 0,
    lastTime: Number.isFinite(lastTime) ? lastTime : 0,
  };
}

export function endpointKey(addresses: AddressTable, { table, conversations }: Endpoints, sort: EndpointSort): (slot: number) => SortKey {
  switch (sort) {
    case 'address':
      return (slot) => addresses.sortKey(table.a[slot] ?? NONE_32);
    case 'port':
      return (slot) => (table.ports[slot] ?? 0) >>> 16;
    case 'conversations':
      return (slot) => conversations[slot] ?? 0;
    case 'packets':
    case 'bytes':
      return (slot) => table.sum(sort, slot);
    case 'packetsSent':
      return (slot) => table.packets[2 * slot + SENT] ?? 0;
    case 'packetsReceived':
      return (slot) => table.packets[2 * slot + RECEIVED] ?? 0;
    case 'bytesSent':
      return (slot) => table.bytes[2 * slot + SENT] ?? 0;
    case 'bytesReceived':
      return (slot) => table.bytes[2 * slot + RECEIVED] ?? 0;
    case 'first':
      return (slot) => table.firstTime[slot] ?? 0;
    case 'last':
      return (slot) => table.lastTime[slot] ?? 0;
  }
}

export interface TcpHosts {
  readonly hosts: Endpoints;
  readonly trips: RoundTrips;
}

export function tcpHostRow(addresses: AddressTable, { hosts, trips }: TcpHosts, slot: number): TcpHostRow {
  const { table, conversations } = hosts;
  return {
    id: slot,
    address: addresses.text(table.a[slot] ?? NONE_32),
    sessions: conversations[slot] ?? 0,
    packetsSent: table.packets[2 * slot] ?? 0,
    retransmissions: table.retransmissions[2 * slot] ?? 0,
    outOfOrder: table.outOfOrder[2 * slot] ?? 0,
    resets: table.resets[2 * slot] ?? 0,
    zeroWindows: table.zeroWindows[2 * slot] ?? 0,
    handshakes: handshakesOf(trips, slot),
    median: percentile(trips, slot, MEDIAN),
    p95: percentile(trips, slot, P95),
    p99: percentile(trips, slot, P99),
  };
}

export function tcpHostKey(addresses: AddressTable, { hosts, trips }: TcpHosts, sort: TcpHostSort): (slot: number) => SortKey {
  const { table, conversations } = hosts;
  switch (sort) {
    case 'address':
      return (slot) => addresses.sortKey(table.a[slot] ?? NONE_32);
    case 'sessions':
      return (slot) => conversations[slot] ?? 0;
    case 'packetsSent':
      return (slot) => table.packets[2 * slot] ?? 0;
    case 'handshakes':
      return (slot) => handshakesOf(trips, slot);
    case 'median':
      return (slot) => percentile(trips, slot, MEDIAN);
    case 'p95':
      return (slot) => percentile(trips, slot, P95);
    case 'p99':
      return (slot) => percentile(trips, slot, P99);
    default:
      return (slot) => table[sort][2 * slot] ?? 0;
  }
}
