import {
  type ConversationKind,
  type ConversationRow,
  type ConversationSort,
  type EachWay,
  ENDINGS,
  type Ending,
} from '../../shared/contract/statistics-views';
import { NONE_32 } from '../../shared/model/units';
import { FlowEnd, flowStateName } from '../flows/flow-state';
import type { SessionTables } from '../session-tables';
import type { SortKey } from '../view/sort-by-key';
import type { ConversationTable } from './conversation-table';
import { handshake } from './endpoints';

const BITS_AND_NANOSECONDS = 8e9;

/** Conversations as lists show and sort them. */
export class ConversationRows {
  readonly #tables: SessionTables;
  readonly #serviceName: (service: number) => string;
  readonly #table: ConversationTable;
  readonly #kind: ConversationKind;

  constructor(tables: SessionTables, serviceName: (service: number) => string, table: ConversationTable, kind: ConversationKind) {
    this.#tables = tables;
    this.#serviceName = serviceName;
    this.#table = table;
    this.#kind = kind;
  }

  row(slot: number): ConversationRow {
    const { addresses } = this.#tables;
    const table = this.#table;
    const ports = table.ports[slot] ?? 0;
    const withPorts = this.#kind === 'tcp' || this.#kind === 'udp';
    const flow = this.#flow(slot);
    const firstTime = table.firstTime[slot] ?? 0;
    const lastTime = table.lastTime[slot] ?? 0;
    return {
      id: slot,
      a: addresses.text(table.a[slot] ?? NONE_32),
      portA: withPorts ? ports >>> 16 : null,
      b: addresses.text(table.b[slot] ?? NONE_32),
      portB: withPorts ? ports & 0xffff : null,
      packets: this.#eachWay('packets', slot),
      bytes: this.#eachWay('bytes', slot),
      firstTime: Number.isFinite(firstTime) ? firstTime : 0,
      lastTime: Number.isFinite(lastTime) ? lastTime : 0,
      service: this.#service(slot),
      ending: this.#ending(slot),
      tcp:
        this.#kind === 'tcp'
          ? {
              state: flow === null ? '' : flowStateName(this.#tables.flows.state(flow)),
              roundTrip: handshake(this.#tables.flows, table, slot),
              retransmissions: this.#eachWay('retransmissions', slot),
              outOfOrder: this.#eachWay('outOfOrder', slot),
              lostSegments: this.#eachWay('lostSegments', slot),
              resets: this.#eachWay('resets', slot),
              zeroWindows: this.#eachWay('zeroWindows', slot),
            }
          : null,
      flow,
    };
  }

  key(sort: ConversationSort): (slot: number) => SortKey {
    const table = this.#table;
    const { addresses, flows } = this.#tables;
    switch (sort) {
      case 'a':
      case 'b':
        return (slot) => addresses.sortKey(table[sort][slot] ?? NONE_32);
      case 'portA':
        return (slot) => (table.ports[slot] ?? 0) >>> 16;
      case 'portB':
        return (slot) => (table.ports[slot] ?? 0) & 0xffff;
      case 'packetsAB':
        return (slot) => table.packets[2 * slot] ?? 0;
      case 'packetsBA':
        return (slot) => table.packets[2 * slot + 1] ?? 0;
      case 'bytesAB':
        return (slot) => table.bytes[2 * slot] ?? 0;
      case 'bytesBA':
        return (slot) => table.bytes[2 * slot + 1] ?? 0;
      case 'bitsAB':
        return (slot) => this.#bits(slot, 0);
      case 'bitsBA':
        return (slot) => this.#bits(slot, 1);
      case 'first':
        return (slot) => table.firstTime[slot] ?? 0;
      case 'duration':
        return (slot) => table.duration(slot);
      case 'service':
        return (slot) => this.#service(slot).toLowerCase() || null;
      case 'state':
        return (slot) => {
          const flow = this.#flow(slot);
          return flow === null ? null : flowStateName(flows.state(flow));
        };
      case 'ending':
        return (slot) => {
          const ending = this.#ending(slot);
          return ending === null ? null : ENDINGS.indexOf(ending);
        };
      case 'roundTrip':
        return (slot) => handshake(flows, table, slot);
      default:
        return (slot) => table.sum(sort, slot);
    }
  }

  #eachWay(
    column: 'packets' | 'bytes' | 'retransmissions' | 'outOfOrder' | 'lostSegments' | 'resets' | 'zeroWindows',
    slot: number,
  ): EachWay {
    return [this.#table[column][2 * slot] ?? 0, this.#table[column][2 * slot + 1] ?? 0];
  }

  /** Bits a second while it lasted; null where that was no time. */
  #bits(slot: number, direction: 0 | 1): number | null {
    const duration = this.#table.duration(slot);
    return duration === 0 ? null : ((this.#table.bytes[2 * slot + direction] ?? 0) * BITS_AND_NANOSECONDS) / duration;
  }

  #flow(slot: number): number | null {
    const flow = this.#table.flow[slot] ?? NONE_32;
    return flow !== NONE_32 && this.#tables.flows.has(flow) ? flow : null;
  }

  #service(slot: number): string {
    const flow = this.#flow(slot);
    return flow === null ? '' : this.#serviceName(this.#tables.flows.service(flow));
  }

  #ending(slot: number): Ending | null {
    if (this.#kind !== 'tcp') return null;
    const flow = this.#flow(slot);
    if (flow === null) return null;
    const end = this.#tables.flows.end(flow);
    return end === FlowEnd.Open ? 'open' : end === FlowEnd.Idle ? 'silent' : 'closed';
  }
}
