import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import type { FlowIndex } from '../../shared/model/units';
import { flowFlagLetters, flowHost } from '../api/flow-rows';
import { MAX_BATCH } from '../columns/transport-batch';
import { FlowEnd, flowStateName } from '../flows/flow-state';
import type { SessionTables } from '../session-tables';
import type { FlowRows } from '../store/records';
import { FlowColumns } from './row-columns';

/** Flows of one message to the store: 2 ms of the engine's time. */
export const FLOWS_A_MESSAGE = 4096;
/** Records that one look for ended flows goes over: half a millisecond. */
const LOOK = 65_536;
const NANOSECONDS_A_SECOND = 1_000_000_000;
const NOT_SENT = 0;

/**
 * Which flows are to be kept, and as what. A flow is handed over when it ended, before its record is overwritten, or at the capture's end;
 * again only where it changed since.
 */
export class FlowOutbox {
  readonly #tables: SessionTables;
  readonly #serviceName: (service: number) => string;
  /** What each record was when it was handed over, by its place in the table; four bytes a record. */
  #sent = new Uint32Array(4096);
  /** Flows that there were at the last call: later ones took the places of others. */
  #known = 0;
  /** Next flow that is looked at for whether it ended. */
  #next: FlowIndex = 0;
  /** Flows before it were handed over because their records were to be overwritten. */
  #saved: FlowIndex = 0;

  constructor(tables: SessionTables, serviceName: (service: number) => string) {
    this.#tables = tables;
    this.#serviceName = serviceName;
  }

  /** Flows that ended; null where there are none among those that were looked at this time. */
  ended(): FlowRows | null {
    const { flows } = this.#tables;
    this.#notice();
    if (this.#next < flows.oldest || this.#next >= flows.count) this.#next = flows.oldest;
    const stop = Math.min(flows.count, this.#next + LOOK);
    const columns = new FlowColumns(FLOWS_A_MESSAGE);
    for (; this.#next < stop && !columns.full; this.#next++) if (flows.end(this.#next) !== FlowEnd.Open) this.#add(columns, this.#next);
    return columns.count > 0 ? columns.rows() : null;
  }

  /** Flows whose records the next batch of packets may overwrite. To be called after each batch. */
  *endangered(): Generator<FlowRows> {
    const { flows } = this.#tables;
    const until = flows.count + MAX_BATCH - flows.capacity;
    if (until <= this.#saved) return;
    yield* this.#range(Math.max(this.#saved, flows.oldest), until);
    this.#saved = until;
  }

  /** All flows as they are now. */
  rest(): Generator<FlowRows> {
    const { flows } = this.#tables;
    return this.#range(flows.oldest, flows.count);
  }

  *#range(from: FlowIndex, to: FlowIndex): Generator<FlowRows> {
    this.#notice();
    for (let flow = from; flow < to; ) {
      const columns = new FlowColumns(Math.min(FLOWS_A_MESSAGE, to - flow));
      for (; flow < to && !columns.full; flow++) this.#add(columns, flow);
      if (columns.count > 0) yield columns.rows();
    }
  }

  /** Forgets what was handed over of records that have another flow now. */
  #notice(): void {
    const { flows } = this.#tables;
    const places = Math.min(flows.count, flows.capacity);
    if (this.#sent.length < places) {
      const grown = new Uint32Array(Math.min(flows.capacity, Math.max(places, 2 * this.#sent.length)));
      grown.set(this.#sent.subarray(0, grown.length));
      this.#sent = grown;
    }
    for (let flow = Math.max(this.#known, flows.oldest); flow < flows.count; flow++) this.#sent[flow % flows.capacity] = NOT_SENT;
    this.#known = flows.count;
  }

  #add(columns: FlowColumns, index: FlowIndex): void {
    const { flows, addresses, texts, packets: table } = this.#tables;
    const packets = flows.packets(index, 0);
    const packetsBack = flows.packets(index, 1);
    const service = flows.service(index);
    const host = flowHost(this.#tables, index);
    const state = flows.state(index);
    const place = index % flows.capacity;
    const now = fingerprint(packets, packetsBack, service, host, state);
    if (this.#sent[place] === now) return;
    this.#sent[place] = now;
    const protocol = flows.protocol(index);
    const ports = hasPorts(protocol);
    columns.add({
      index,
      protocol: ipProtocolName(protocol),
      source: addresses.text(flows.source(index)),
      sourcePort: ports ? flows.sourcePort(index) : -1,
      destination: addresses.text(flows.destination(index)),
      destinationPort: ports ? flows.destinationPort(index) : -1,
      first: table.startSecond + flows.firstTime(index) / NANOSECONDS_A_SECOND,
      last: table.startSecond + flows.lastTime(index) / NANOSECONDS_A_SECOND,
      packets,
      bytes: flows.bytes(index, 0),
      packetsBack,
      bytesBack: flows.bytes(index, 1),
      state: flowStateName(state),
      tcpFlags: flowFlagLetters(flows, index),
      service: this.#serviceName(service),
      host: texts.text(host),
    });
  }
}

/** 32 bits of all that changes of a flow, never `NOT_SENT`. Two states of one flow that agree in them by chance differ by a straggler. */
function fingerprint(packets: number, packetsBack: number, service: number, host: number, state: number): number {
  let mixed = Math.imul(packets, 0x85ebca6b) ^ Math.imul(packetsBack + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15) ^ host, 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12) ^ (service << 8) ^ state, 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) | 1) >>> 0;
}
