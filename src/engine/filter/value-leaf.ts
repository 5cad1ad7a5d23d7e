import { BLOCK_ROWS, type Block, Leaf, NO, YES } from './block';
import type { Marks } from './marks';
import { HAS, type RowValues } from './row-values';
import type { TreePacket } from './tree-reader';

export type InTree = (packet: TreePacket) => boolean;

// One set for all leaves: a leaf is done with them before the next one starts.
const values = new Float64Array(BLOCK_ROWS);
const states = new Uint8Array(BLOCK_ROWS);
const otherValues = new Float64Array(BLOCK_ROWS);
const otherStates = new Uint8Array(BLOCK_ROWS);

/** What a row without a matching value says: state MORE is UNSURE, none is NO. */
const withoutHit = (state: number): number => state >> 1;

/** Sets `out[i]` for rows whose state has a value, and `withoutHit` for all others. */
type RowTest = (rows: number, out: Uint8Array) => void;

class ValueLeaf extends Leaf {
  readonly #column: RowValues;
  readonly #test: RowTest;
  readonly #inTree: InTree;

  constructor(column: RowValues, test: RowTest, inTree: InTree) {
    super();
    this.#column = column;
    this.#test = test;
    this.#inTree = inTree;
  }

  fill(block: Block, out: Uint8Array): void {
    this.#column.load(block, values, states);
    this.#test(block.to - block.from, out);
  }

  inTree(packet: TreePacket): boolean {
    return this.#inTree(packet);
  }
}

/** The value lies in one of the ranges (pairs of lowest and highest). */
export function rangeLeaf(column: RowValues, ranges: Float64Array, inTree: InTree): Leaf {
  const test: RowTest = (rows, out) => {
    for (let i = 0; i < rows; i++) out[i] = withoutHit(states[i] ?? 0);
    for (let r = 0; r < ranges.length; r += 2) {
      const low = ranges[r] ?? 0;
      const high = ranges[r + 1] ?? 0;
      for (let i = 0; i < rows; i++) {
        const value = values[i] ?? 0;
        if (value >= low && value <= high && ((states[i] ?? 0) & HAS) !== 0) out[i] = YES;
      }
    }
  };
  return new ValueLeaf(column, test, inTree);
}

export function predicateLeaf(column: RowValues, holds: (value: number) => boolean, inTree: InTree): Leaf {
  const test: RowTest = (rows, out) => {
    for (let i = 0; i < rows; i++) {
      const state = states[i] ?? 0;
      out[i] = (state & HAS) !== 0 && holds(values[i] ?? 0) ? YES : withoutHit(state);
    }
  };
  return new ValueLeaf(column, test, inTree);
}

/** The values are indices and the marks (1: no, 2: yes) say which of them match; `count` is how many indices there are now. */
export function markedLeaf(column: RowValues, marks: Marks, count: () => number, inTree: InTree): Leaf {
  const test: RowTest = (rows, out) => {
    marks.reserve(count());
    const { table } = marks;
    for (let i = 0; i < rows; i++) {
      const state = states[i] ?? 0;
      if ((state & HAS) === 0) {
        out[i] = withoutHit(state);
        continue;
      }
      const index = values[i] ?? 0;
      const mark = (table[index] ?? 0) || marks.ask(index);
      out[i] = mark === 2 ? YES : withoutHit(state);
    }
  };
  return new ValueLeaf(column, test, inTree);
}

export function presenceLeaf(column: RowValues, inTree: InTree): Leaf {
  return predicateLeaf(column, () => true, inTree);
}

/** Two fields of one row. */
export class PairLeaf extends Leaf {
  readonly #left: RowValues;
  readonly #right: RowValues;
  readonly #holds: (difference: number) => boolean;
  readonly #inTree: InTree;

  constructor(left: RowValues, right: RowValues, holds: (difference: number) => boolean, inTree: InTree) {
    super();
    this.#left = left;
    this.#right = right;
    this.#holds = holds;
    this.#inTree = inTree;
  }

  fill(block: Block, out: Uint8Array): void {
    this.#left.load(block, values, states);
    this.#right.load(block, otherValues, otherStates);
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const a = states[i] ?? 0;
      const b = otherStates[i] ?? 0;
      if (a === 0 || b === 0) out[i] = NO;
      else if ((a & b & HAS) !== 0 && this.#holds((values[i] ?? 0) - (otherValues[i] ?? 0))) out[i] = YES;
      else out[i] = withoutHit(a | b);
    }
  }

  inTree(packet: TreePacket): boolean {
    return this.#inTree(packet);
  }
}
