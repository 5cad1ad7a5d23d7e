import { EventKind } from '../../shared/model/event-kinds';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { EventTable } from '../columns/event-table';
import { MAX_TEXT_LENGTH, type TextTable } from '../columns/text-table';
import type { ProtocolNames } from '../decode/protocol-names';
import { type Block, Leaf, NO, UNSURE, YES } from './block';
import type { FilterType } from './field-catalog';
import { Marks } from './marks';
import { filterNames } from './presence';
import type { TreePacket } from './tree-reader';
import type { InTree } from './value-leaf';
import type { ValueTest } from './value-test';

/** A field that events state. */
export interface EventField {
  readonly kind: number;
  readonly type: FilterType;
  readonly title: string;
  /** A text column of the event, or bits of its number. */
  readonly text?: 'name' | 'method' | 'uri';
  readonly shift?: number;
  readonly mask?: number;
  /** The field is there only where the event has one of these bits of its number, or a name. */
  readonly ifBits?: number;
  readonly ifName?: boolean;
  /** The field is there in each event and says nothing but that. */
  readonly constant?: boolean;
}

const dnsBits = (title: string, shift: number, mask: number, onlyAnswers = false, type: FilterType = 'bool'): EventField => ({
  kind: EventKind.Dns,
  type,
  title,
  shift: 16 + shift,
  mask,
  ...(onlyAnswers ? { ifBits: 0x8000_0000 } : {}),
});

export const eventFields: ReadonlyMap<string, EventField> = new Map<string, EventField>([
  ['dns.qry.name', { kind: EventKind.Dns, type: 'string', title: 'Name', text: 'name' }],
  ['dns.qry.type', { kind: EventKind.Dns, type: 'uint', title: 'Type', shift: 0, mask: 0xffff, ifName: true }],
  ['dns.flags', dnsBits('Flags', 0, 0xffff, false, 'uint')],
  ['dns.flags.response', dnsBits('Response', 15, 1)],
  ['dns.flags.opcode', dnsBits('Opcode', 11, 15, false, 'uint')],
  ['dns.flags.authoritative', dnsBits('Authoritative', 10, 1, true)],
  ['dns.flags.truncated', dnsBits('Truncated', 9, 1)],
  ['dns.flags.recdesired', dnsBits('Recursion desired', 8, 1)],
  ['dns.flags.recavail', dnsBits('Recursion available', 7, 1, true)],
  ['dns.flags.rcode', dnsBits('Reply code', 0, 15, true, 'uint')],
  ['http.host', { kind: EventKind.HttpRequest, type: 'string', title: 'Host', text: 'name' }],
  ['http.request.method', { kind: EventKind.HttpRequest, type: 'string', title: 'Request Method', text: 'method' }],
  ['http.request.uri', { kind: EventKind.HttpRequest, type: 'string', title: 'Request URI', text: 'uri' }],
  ['http.request', { kind: EventKind.HttpRequest, type: 'bool', title: 'Request', constant: true }],
  ['http.response', { kind: EventKind.HttpResponse, type: 'bool', title: 'Response', constant: true }],
  ['http.response.code', { kind: EventKind.HttpResponse, type: 'uint', title: 'Status Code', shift: 0, mask: 0xffff }],
  ['tls.handshake.extensions_server_name', { kind: EventKind.TlsClientHello, type: 'string', title: 'Server Name', text: 'name' }],
]);

export interface EventTables {
  readonly events: EventTable;
  readonly texts: TextTable;
  readonly protocolNames: ProtocolNames;
}

/** A row of this protocol has an event unless something went wrong. */
const EXPECTED = 1;
/** The same, and its packets often hold more questions than the one that the event keeps. */
const SEVERAL = 2;
/** The event is in the first packet that completes the message; others of its flow may show the message too. */
const REPEATED = 4;
/** While a block is filled: no event was seen yet where one is expected. */
const AWAITED = 3;

const CUT = 3;
/** A client pads datagrams with Initial packets to this many bytes (RFC 9000, 14.1). */
const QUIC_INITIAL = 1200;

/** Test of a field that events state. Rows without a matching event are No, except where the event may be missing or incomplete. */
export class EventLeaf extends Leaf {
  readonly #field: EventField;
  readonly #tables: EventTables;
  readonly #test: ValueTest | null;
  readonly #inTree: InTree;
  readonly #classes: number[] = [];
  readonly #marks: Marks;

  /** `test` null: presence. */
  constructor(field: EventField, tables: EventTables, test: ValueTest | null, inTree: InTree) {
    super();
    this.#field = field;
    this.#tables = tables;
    this.#test = test;
    this.#inTree = inTree;
    this.#marks = new Marks((index) => {
      const text = tables.texts.text(index);
      if (text.length * 3 >= MAX_TEXT_LENGTH && Buffer.byteLength(text) >= MAX_TEXT_LENGTH) return CUT;
      return test === null || test.value(text) ? YES : 1;
    });
  }

  fill(block: Block, out: Uint8Array): void {
    const { events } = this.#tables;
    const rows = block.to - block.from;
    this.#fillRowsWithoutEvent(block, out);
    this.#marks.reserve(this.#tables.texts.count);
    const endRow = block.row + rows;
    for (let at = events.firstAtOrAfter(block.row); at < events.count; at++) {
      const row = events.row[at] ?? 0;
      if (row >= endRow) break;
      if (events.kind[at] !== this.#field.kind) continue;
      const i = row - block.row;
      const answer = this.#answer(at);
      if (out[i] === AWAITED || answer > (out[i] ?? 0)) out[i] = answer;
    }
    for (let i = 0; i < rows; i++) if (out[i] === AWAITED) out[i] = UNSURE;
  }

  inTree(packet: TreePacket): boolean {
    return this.#inTree(packet);
  }

  #fillRowsWithoutEvent(block: Block, out: Uint8Array): void {
    const { protocolNames } = this.#tables;
    const { protocol, flags, length } = block.chunk;
    const rows = block.to - block.from;
    const classOf = CLASSES.get(this.#field.kind);
    while (this.#classes.length < protocolNames.count) this.#classes.push(classOf?.(protocolNames.name(this.#classes.length)) ?? 0);
    for (let i = 0; i < rows; i++) {
      const at = block.from + i;
      const expected = this.#classes[protocol[at] ?? 0] ?? 0;
      if (((flags[at] ?? 0) & PacketFlag.IcmpError) !== 0 || expected === SEVERAL) out[i] = UNSURE;
      else if (expected === REPEATED) {
        const fromClient = ((flags[at] ?? 0) & PacketFlag.Backward) === 0;
        out[i] = fromClient && (length[at] ?? 0) >= QUIC_INITIAL ? UNSURE : NO;
      } else out[i] = expected === EXPECTED ? AWAITED : NO;
    }
  }

  #answer(at: number): number {
    const { events, texts } = this.#tables;
    const { text, shift = 0, mask = 0, ifBits = 0, ifName = false, constant = false } = this.#field;
    if (text !== undefined) {
      const index = events[text][at] ?? -1;
      if (index < 0) return texts.refused > 0 ? UNSURE : NO;
      const mark = (this.#marks.table[index] ?? 0) || this.#marks.ask(index);
      return mark === CUT ? UNSURE : mark === YES ? YES : NO;
    }
    const number = events.number[at] ?? 0;
    if (ifBits !== 0 && (number & ifBits) === 0) return NO;
    if (ifName && (events.name[at] ?? -1) < 0) return texts.refused > 0 ? UNSURE : NO;
    const value = constant ? 1 : (number >>> shift) & mask;
    return this.#test === null || this.#test.value(value) ? YES : NO;
  }
}

const CLASSES: ReadonlyMap<number, (protocol: string) => number> = new Map([
  [EventKind.Dns, dnsClass],
  [EventKind.TlsClientHello, (protocol) => (filterNames(protocol).includes('quic') ? REPEATED : 0)],
]);

function dnsClass(protocol: string): number {
  const names = filterNames(protocol);
  if (names.includes('mdns')) return SEVERAL;
  return names.includes('dns') || names.includes('llmnr') ? EXPECTED : 0;
}
