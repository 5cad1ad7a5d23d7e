import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import type { FlowIndex, TextIndex } from '../../shared/model/units';
import { flowHost, tcpFlagLetters } from '../api/flow-rows';
import { MAX_BATCH } from '../columns/transport-batch';
import { FlowEnd, flowStateName } from '../flows/flow-state';
import type { SessionTables } from '../session-tables';
import type { FlowRows } from '../store/records';
import { FlowColumns, NumberedWords } from './row-columns';

/** Flows of one message to the store: 2 ms of the engine's time. */
export const FLOWS_A_MESSAGE = 4096;
/** Records that one look for ended flows goes over: half a millisecond. */
const LOOK = 65_536;
const NANOSECONDS_A_SECOND = 1_000_000_000;
const NOT_SENT = 0;
const NO_PORT = -1;
const TCP = 6;

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
    const message = new FlowMessage(this.#tables, this.#serviceName, FLOWS_A_MESSAGE);
    for (; this.#next < stop && !message.full; this.#next++) if (flows.end(this.#next) !== FlowEnd.Open) this.#add(message, this.#next);
    return message.rows();
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
      const message = new FlowMessage(this.#tables, this.#serviceName, Math.min(FLOWS_A_MESSAGE, to - flow));
      for (; flow < to && !message.full; flow++) this.#add(message, flow);
      const rows = message.rows();
      if (rows) yield rows;
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

  #add(message: FlowMessage, flow: FlowIndex): void {
    const { flows } = this.#tables;
    const host = flowHost(this.#tables, flow);
    const now = fingerprint(flows.packets(flow, 0), flows.packets(flow, 1), flows.service(flow), host, flows.state(flow));
    const place = flow % flows.capacity;
    if (this.#sent[place] === now) return;
    this.#sent[place] = now;
    message.add(flow, host);
  }
}

/** Rows of flows for the store, with each of their texts made once. */
class FlowMessage {
  readonly #tables: SessionTables;
  readonly #columns: FlowColumns;
  readonly #protocols: NumberedWords;
  readonly #states: NumberedWords;
  readonly #flags: NumberedWords;
  readonly #services: NumberedWords;
  readonly #hosts = new Map<TextIndex, number>();

  constructor(tables: SessionTables, serviceName: (service: number) => string, capacity: number) {
    this.#tables = tables;
    this.#columns = new FlowColumns(capacity);
    const words = (textOf: (key: number) => string): NumberedWords => new NumberedWords(this.#columns.texts, textOf);
    this.#protocols = words(ipProtocolName);
    this.#states = words(flowStateName);
    this.#flags = words(tcpFlagLetters);
    this.#services = words(serviceName);
  }

  get full(): boolean {
    return this.#columns.full;
  }

  add(flow: FlowIndex, host: TextIndex): void {
    const { flows, packets, addresses } = this.#tables;
    const columns = this.#columns;
    const at = columns.count++;
    const protocol = flows.protocol(flow);
    const ports = hasPorts(protocol);
    columns.index[at] = flow;
    columns.protocol[at] = this.#protocols.place(protocol);
    addresses.copyTo(flows.source(flow), columns.source.kinds, columns.source.words, at);
    addresses.copyTo(flows.destination(flow), columns.destination.kinds, columns.destination.words, at);
    columns.sourcePort[at] = ports ? flows.sourcePort(flow) : NO_PORT;
    columns.destinationPort[at] = ports ? flows.destinationPort(flow) : NO_PORT;
    columns.first[at] = packets.startSecond + flows.firstTime(flow) / NANOSECONDS_A_SECOND;
    columns.last[at] = packets.startSecond + flows.lastTime(flow) / NANOSECONDS_A_SECOND;
    columns.packets[at] = flows.packets(flow, 0);
    columns.bytes[at] = flows.bytes(flow, 0);
    columns.packetsBack[at] = flows.packets(flow, 1);
    columns.bytesBack[at] = flows.bytes(flow, 1);
    columns.state[at] = this.#states.place(flows.state(flow));
    columns.tcpFlags[at] = this.#flags.place(protocol === TCP ? flows.tcpFlags(flow, 0) | flows.tcpFlags(flow, 1) : 0);
    columns.service[at] = this.#services.place(flows.service(flow));
    columns.host[at] = this.#hostPlace(host);
  }

  #hostPlace(host: TextIndex): number {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const place = this.#columns.texts.push(this.#tables.texts.text(host)) - 1;
    this.#hosts.set(host, place);
    return place;
  }

  rows(): FlowRows | null {
    return this.#columns.count > 0 ? this.#columns.rows() : null;
  }
}

/** 32 bits of all that changes of a flow, never `NOT_SENT`. Two states of one flow that agree in them by chance differ by a straggler. */
function fingerprint(packets: number, packetsBack: number, service: number, host: number, state: number): number {
  let mixed = Math.imul(packets, 0x85ebca6b) ^ Math.imul(packetsBack + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15) ^ host, 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12) ^ (service << 8) ^ state, 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) | 1) >>> 0;
}
