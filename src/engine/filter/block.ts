import type { PacketIndex } from '../../shared/model/units';
import type { ColumnChunk } from '../columns/column-chunk';
import type { TreePacket } from './tree-reader';

/** Rows that are tested at once: small enough that the scratch arrays stay in the processor's first cache. */
export const BLOCK_ROWS = 4096;

/** Rows `from..to` of one chunk; `row` is the table's row of `from`. */
export interface Block {
  chunk: ColumnChunk;
  from: number;
  to: number;
  row: PacketIndex;
}

/** Kleene's three values, in an order that makes "and" the lower and "or" the higher of two. */
export const NO = 0;
/** The columns cannot tell: the packet's tree has to be looked at. */
export const UNSURE = 1;
export const YES = 2;

/** A part of a compiled filter. */
export interface Test {
  /** What the columns say of each row of the block, at most BLOCK_ROWS: `out[0..to - from)`. */
  fill(block: Block, out: Uint8Array): void;
  /** The answer for the one row of `block`, with its tree. */
  decide(block: Block, packet: TreePacket): boolean;
}

const one = new Uint8Array(1);

/** A test without parts: what the columns leave open, the tree answers. */
export abstract class Leaf implements Test {
  abstract fill(block: Block, out: Uint8Array): void;
  abstract inTree(packet: TreePacket): boolean;

  decide(block: Block, packet: TreePacket): boolean {
    this.fill(block, one);
    return one[0] === UNSURE ? this.inTree(packet) : one[0] === YES;
  }
}
