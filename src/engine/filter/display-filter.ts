import type { PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { type Block, NO, type Test, YES } from './block';
import { Catalog } from './catalog';
import { Compiler } from './compile';
import { areHeaderFields } from './depth';
import type { FilterFields } from './field-catalog';
import { type FilterTables, Leaves } from './leaves';
import { ALWAYS, all } from './logic';
import { parseFilter } from './parse';
import { FilterError, type FilterResult } from './problem';
import { type DecodedPacket, TreeReader } from './tree-reader';

const one = new Uint8Array(1);

/** What a filter reads that changes after its packet was read. */
type FilterReads = Pick<DisplayFilter, 'readsFlows' | 'readsAnnotations'>;

/** A compiled filter over one session's tables. Cheap to make; not shared between sessions. */
export class DisplayFilter {
  readonly text: string;
  readonly tables: FilterTables;
  /** Later packets may change the answer for a row: what flows are now is part of it. */
  readonly readsFlows: boolean;
  /** A person's marks and comments may change it too. */
  readonly readsAnnotations: boolean;
  readonly #test: Test;
  readonly #reader: TreeReader;

  constructor(text: string, tables: FilterTables, test: Test, reader: TreeReader, reads: Partial<FilterReads> = {}) {
    this.text = text;
    this.tables = tables;
    this.readsFlows = reads.readsFlows ?? false;
    this.readsAnnotations = reads.readsAnnotations ?? false;
    this.#test = test;
    this.#reader = reader;
  }

  /** Trees need not hold the application layer. */
  get readsHeadersOnly(): boolean {
    return areHeaderFields(this.#reader.names);
  }

  /** The empty filter. */
  get matchesAll(): boolean {
    return this.#test === ALWAYS;
  }

  /** NO, YES, or UNSURE where `decide` has to look at the packet's tree, for each row of the block: `out[0..to - from)`. */
  fill(block: Block, out: Uint8Array): void {
    this.#test.fill(block, out);
  }

  /** The answer for a row with its tree. */
  decide(row: PacketIndex, packet: DecodedPacket): boolean {
    return this.#test.decide(this.#blockOf(row), this.#reader.read(packet));
  }

  /** The answer for one row of the table; `decode` is called only where the columns cannot tell, and may answer null: no match. */
  test(row: PacketIndex, decode: () => DecodedPacket | null): boolean {
    this.#test.fill(this.#blockOf(row), one);
    if (one[0] === YES || one[0] === NO) return one[0] === YES;
    const packet = decode();
    return packet !== null && this.decide(row, packet);
  }

  /** This filter and another test: what the window's time range adds. */
  and(test: Test): DisplayFilter {
    return new DisplayFilter(this.text, this.tables, all([test, this.#test]), this.#reader, this);
  }

  #blockOf(row: PacketIndex): Block {
    const from = row & CHUNK_MASK;
    return { chunk: this.tables.packets.chunkOf(row), from, to: from + 1, row };
  }
}

/** Compiles a display filter; an empty text takes every packet. The problem says what is wrong and where (0-based offsets). */
export function compileFilter(text: string, fields: FilterFields, tables: FilterTables): FilterResult<DisplayFilter> {
  const parsed = parseFilter(text);
  if (!parsed.ok) return parsed;
  const reader = new TreeReader();
  if (parsed.value === null) return { ok: true, value: new DisplayFilter(text, tables, ALWAYS, reader) };
  try {
    const leaves = new Leaves(tables, reader);
    const test = new Compiler(new Catalog(fields, tables.protocolNames), leaves).test(parsed.value);
    return { ok: true, value: new DisplayFilter(text, tables, test, reader, leaves) };
  } catch (error) {
    if (error instanceof FilterError) return { ok: false, problem: error.filterProblem };
    throw error;
  }
}
