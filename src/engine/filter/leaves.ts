import { PacketFlag } from '../../shared/model/packet-flags';
import type { AddressIndex, PacketIndex } from '../../shared/model/units';
import type { AddressTable } from '../columns/address-table';
import type { EventTable } from '../columns/event-table';
import type { PacketTable } from '../columns/packet-table';
import type { TextTable } from '../columns/text-table';
import type { ProtocolNames } from '../decode/protocol-names';
import type { FieldValue } from '../decode/tree/field';
import type { StreamNumbers } from '../flows/stream-numbers';
import { compareWords, parseAddress } from './address-value';
import type { Test } from './block';
import { EventLeaf, eventFields } from './event-leaf';
import type { KnownField } from './field-catalog';
import { type FilterFlows, type FlowText, flowText } from './flow-fields';
import { interfaceName } from './interface-name';
import { all, any, not } from './logic';
import { Marks } from './marks';
import type { Operand } from './operand';
import { flagFields } from './own-fields';
import { guardFor, isColumnProtocol, layerNames, malformedGuard, type RowGuard } from './presence';
import { addressFields, numberFields, protocolValues, type RowValues, renumbered } from './row-values';
import { TimeLeaf, timeFields } from './time-leaf';
import { CommentLeaf, FlagLeaf, ProtocolLeaf, TreeLeaf } from './tree-leaf';
import type { TreePacket, TreeReader } from './tree-reader';
import { type InTree, markedLeaf, PairLeaf, predicateLeaf, presenceLeaf, rangeLeaf } from './value-leaf';
import { kindOf, numberOf, type ValueTest } from './value-test';

/** What a filter reads. */
export interface FilterTables {
  readonly packets: PacketTable;
  readonly addresses: AddressTable;
  readonly texts: TextTable;
  readonly events: EventTable;
  readonly protocolNames: ProtocolNames;
  /** Without them, streams have the numbers of their flows. */
  readonly streams?: StreamNumbers;
  /** Without them, no packet has `flow.state` and its like. */
  readonly filterFlows?: FilterFlows;
  /** Without them, names of interfaces are looked for in the tree. */
  readonly interfaces?: readonly { readonly name: string | null }[];
  /** What the capture file, or a person, says about packets, by row. */
  readonly comments: ReadonlyMap<PacketIndex, readonly string[]>;
  /** ISO 3166-1 alpha-2; null where no database knows it. Without it no packet has a country. */
  readonly countryOf?: ((address: AddressIndex) => string | null) | undefined;
}

/** Makes the leaves of a filter: for each name the cheapest place that knows it, columns before events before the tree. */
export class Leaves {
  readonly #tables: FilterTables;
  readonly #reader: TreeReader;
  /** A leaf reads what flows are now, which later packets may change. */
  readsFlows = false;
  /** A leaf reads marks or comments. */
  readsAnnotations = false;

  constructor(tables: FilterTables, reader: TreeReader) {
    this.#tables = tables;
    this.#reader = reader;
  }

  /** The packet has the field or protocol. */
  presence(names: readonly string[]): Test {
    return any(names.map((name) => this.#presence(name)));
  }

  /** A name that stands alone: its presence, or that a mark is set that every packet has or has not. */
  named(field: KnownField): Test {
    return field.name === MARKED ? this.#marked() : this.presence(field.names);
  }

  /** Any value of the operand fulfils the test. */
  anyValue(operand: Operand, test: ValueTest): Test {
    const { transform } = operand;
    if (operand.counted) return this.#counted(operand.field.names, test);
    const composed: ValueTest = transform === null ? test : { value: (value) => test.value(transform(value)) };
    const marks = this.#addressMarks(composed);
    return any(operand.field.names.map((name) => this.#value(name, operand, composed, marks)));
  }

  /** Any value of one operand stands in the relation to any value of the other. */
  anyPair(left: Operand, right: Operand, holds: (difference: number) => boolean): Test {
    return any(left.field.names.flatMap((a) => right.field.names.map((b) => this.#pair(a, b, left, right, holds))));
  }

  #guard(name: string): RowGuard {
    return guardFor(name, this.#tables.protocolNames);
  }

  #marked(): Test {
    this.readsAnnotations = true;
    return new FlagLeaf(PacketFlag.Marked);
  }

  #presence(name: string): Test {
    if (name === COMMENT) this.readsAnnotations = true;
    const flag = flagFields.get(name);
    if (flag !== undefined) return new FlagLeaf(flag);
    const inTree = this.#nodes(name, () => true);
    const country = countryFields.get(name);
    if (country !== undefined) return predicateLeaf(country, (address) => this.#country(address) !== null, inTree);
    const column = columnOf(name) ?? this.#flowText(name)?.values;
    if (column !== undefined) return presenceLeaf(column, inTree);
    const event = eventFields.get(name);
    if (event !== undefined) return new EventLeaf(event, this.#tables, null, inTree);
    const origin = timeFields.get(name);
    if (origin !== undefined) return new TimeLeaf(this.#tables.packets, origin, null);
    if (name === '_ws.malformed') return new ProtocolLeaf(malformedGuard(this.#tables.protocolNames), inTree);
    const guard = this.#guard(name);
    const isProtocol = layerNames.has(name) || (!name.includes('.') && isColumnProtocol(name, this.#tables.protocolNames));
    return isProtocol ? new ProtocolLeaf(guard, inTree) : new TreeLeaf([guard], inTree);
  }

  #value(name: string, operand: Operand, test: ValueTest, marks: Marks | null): Test {
    const inTree = this.#nodes(name, (value) => test.value(value), operand.field.type === 'none' && operand.transform === null);
    const { packets, addresses, protocolNames } = this.#tables;
    const number = this.#numbers(name);
    if (number !== undefined) {
      return test.ranges !== undefined
        ? rangeLeaf(number, test.ranges, inTree)
        : predicateLeaf(number, (value) => test.value(value), inTree);
    }
    const flow = this.#flowText(name);
    if (flow !== undefined) {
      const texts = new Marks((value) => (test.value(flow.text(value)) ? 2 : 1));
      return markedLeaf(flow.values, texts, flow.count, inTree);
    }
    const country = countryFields.get(name);
    if (country !== undefined) {
      const texts = new Marks((index) => {
        const code = this.#country(index);
        return code !== null && test.value(code) ? 2 : 1;
      });
      return markedLeaf(country, texts, () => addresses.count, inTree);
    }
    const address = addressFields.get(name);
    if (address !== undefined && marks !== null) return markedLeaf(address, marks, () => addresses.count, inTree);
    if (name === MARKED || name === COMMENT) this.readsAnnotations = true;
    if (name === COMMENT) return new CommentLeaf(this.#tables.comments, (text) => test.value(text));
    const event = eventFields.get(name);
    if (event !== undefined) return new EventLeaf(event, this.#tables, test, inTree);
    const origin = timeFields.get(name);
    if (origin !== undefined && test.times !== undefined) return new TimeLeaf(packets, origin, test.times);
    if (name === 'protocol') {
      const texts = new Marks((id) => (test.value(protocolNames.name(id)) ? 2 : 1));
      return markedLeaf(protocolValues, texts, () => protocolNames.count, inTree);
    }
    return new TreeLeaf([this.#guard(name)], inTree);
  }

  #country(address: AddressIndex): string | null {
    return this.#tables.countryOf?.(address) ?? null;
  }

  #addressMarks(test: ValueTest): Marks | null {
    const ask = test.address;
    if (ask === undefined) return null;
    const { addresses } = this.#tables;
    return new Marks((index) => {
      const words = [addresses.word(index, 0), addresses.word(index, 1), addresses.word(index, 2), addresses.word(index, 3)] as const;
      return ask(addresses.kind(index), words) ? 2 : 1;
    });
  }

  #counted(names: readonly string[], test: ValueTest): Test {
    const slots = names.map((name) => this.#reader.slot(name));
    const inTree: InTree = (packet) => {
      const count = slots.reduce((sum, slot) => sum + packet.nodes(slot).length, 0);
      return count > 0 && test.value(count);
    };
    return any(names.map((name) => new TreeLeaf([this.#guard(name)], inTree)));
  }

  #pair(a: string, b: string, left: Operand, right: Operand, holds: (difference: number) => boolean): Test {
    const kind = kindOf(left.field.type);
    const readLeft = this.#values(a, left);
    const readRight = this.#values(b, right);
    const inTree: InTree = (packet) => {
      const others = readRight(packet);
      return readLeft(packet).some((x) => others.some((y) => x !== null && y !== null && holds(difference(kind, x, y))));
    };
    const plain = left.transform === null && right.transform === null;
    const [columnA, columnB] = [this.#numbers(a), this.#numbers(b)];
    if (plain && columnA !== undefined && columnB !== undefined) return new PairLeaf(columnA, columnB, holds, inTree);
    const [addressA, addressB] = [addressFields.get(a), addressFields.get(b)];
    // Indices tell equal addresses from different ones, and nothing about their order.
    if (plain && addressA !== undefined && addressB !== undefined && holds(1) === holds(-1))
      return new PairLeaf(addressA, addressB, holds, inTree);
    return new TreeLeaf([this.#guard(a), this.#guard(b)], inTree);
  }

  #flowText(name: string): FlowText | undefined {
    const { interfaces } = this.#tables;
    if (name === 'frame.interface_name' && interfaces) return interfaceName(interfaces);
    const found = flowText(name, this.#tables.filterFlows, this.#tables.texts);
    if (found !== undefined) this.readsFlows = true;
    return found;
  }

  #numbers(name: string): RowValues | undefined {
    const values = numberFields.get(name);
    const { streams } = this.#tables;
    return values && streams && STREAMS.has(name) ? renumbered(values, (flow) => streams.number(flow)) : values;
  }

  #values(name: string, operand: Operand): (packet: TreePacket) => FieldValue[] {
    const slot = this.#reader.slot(name);
    const { transform } = operand;
    return (packet) => packet.nodes(slot).map((node) => (transform === null ? node.value : transform(node.value)));
  }

  #nodes(name: string, test: (value: FieldValue) => boolean, asBytes = false): InTree {
    const slot = this.#reader.slot(name);
    return (packet) => packet.nodes(slot).some((node) => test(asBytes ? packet.valueOf(node) : node.value));
  }
}

const MARKED = 'frame.marked';
const COMMENT = 'frame.comment';

/** Columns hold flow indices; these fields count flows of their own protocol. */
const STREAMS = new Set(['tcp.stream', 'udp.stream']);

/** Columns of the addresses whose country these fields are. */
const countryFields: ReadonlyMap<string, RowValues> = new Map(
  (['source', 'destination'] as const).flatMap((end) => {
    const column = addressFields.get(end);
    return column ? [[`${end}.country`, column] as const] : [];
  }),
);

const columnOf = (name: string): RowValues | undefined =>
  numberFields.get(name) ?? addressFields.get(name) ?? (name === 'protocol' ? protocolValues : undefined);

/** A number with the sign of `x - y`; NaN where they cannot be compared. */
function difference(kind: string, x: FieldValue, y: FieldValue): number {
  if (kind === 'address') {
    const [a, b] = [typeof x === 'string' ? parseAddress(x) : null, typeof y === 'string' ? parseAddress(y) : null];
    return a === null || b === null || a.kind !== b.kind ? Number.NaN : compareWords(a.words, b.words);
  }
  if (x instanceof Uint8Array && y instanceof Uint8Array) return Buffer.compare(x, y);
  if (typeof x === 'string' && typeof y === 'string') return x < y ? -1 : x > y ? 1 : 0;
  const [a, b] = [numberOf(x), numberOf(y)];
  return a === null || b === null ? Number.NaN : a < b ? -1 : a > b ? 1 : 0;
}

/** All values fulfil what `violated` denies, and there is at least one. */
export const everyValue = (presence: Test, violated: Test): Test => all([presence, not(violated)]);
