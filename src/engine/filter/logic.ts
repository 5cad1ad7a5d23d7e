import { BLOCK_ROWS, type Block, NO, type Test, UNSURE, YES } from './block';
import type { TreePacket } from './tree-reader';

export const ALWAYS: Test = {
  fill: (block, out) => {
    out.fill(YES, 0, block.to - block.from);
  },
  decide: () => true,
};

export function not(item: Test): Test {
  return {
    fill: (block, out) => {
      item.fill(block, out);
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) out[i] = YES - (out[i] ?? 0);
    },
    decide: (block, packet) => !item.decide(block, packet),
  };
}

export function all(items: readonly Test[]): Test {
  return items.length === 1 && items[0] !== undefined ? items[0] : new Both(items, NO);
}

export function any(items: readonly Test[]): Test {
  return items.length === 1 && items[0] !== undefined ? items[0] : new Both(items, YES);
}

/** "And" where `final` is NO, "or" where it is YES: the value that no further part can change. */
class Both implements Test {
  readonly #items: readonly Test[];
  readonly #final: number;
  readonly #scratch = new Uint8Array(BLOCK_ROWS);

  constructor(items: readonly Test[], final: typeof NO | typeof YES) {
    this.#items = items;
    this.#final = final;
  }

  fill(block: Block, out: Uint8Array): void {
    const rows = block.to - block.from;
    const scratch = this.#scratch;
    const final = this.#final;
    let first = true;
    for (const item of this.#items) {
      if (first) {
        first = false;
        item.fill(block, out);
        continue;
      }
      if (allAre(out, rows, final)) return;
      item.fill(block, scratch);
      if (final === NO) {
        for (let i = 0; i < rows; i++) if ((scratch[i] ?? 0) < (out[i] ?? 0)) out[i] = scratch[i] ?? 0;
      } else {
        for (let i = 0; i < rows; i++) if ((scratch[i] ?? 0) > (out[i] ?? 0)) out[i] = scratch[i] ?? 0;
      }
    }
  }

  decide(block: Block, packet: TreePacket): boolean {
    const stop = this.#final === YES;
    for (const item of this.#items) if (item.decide(block, packet) === stop) return stop;
    return !stop;
  }
}

function allAre(values: Uint8Array, rows: number, wanted: number): boolean {
  for (let i = 0; i < rows; i++) if (values[i] !== wanted) return false;
  return true;
}

export function xor(left: Test, right: Test): Test {
  const scratch = new Uint8Array(BLOCK_ROWS);
  return {
    fill: (block, out) => {
      left.fill(block, out);
      right.fill(block, scratch);
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) {
        const [a, b] = [out[i], scratch[i]];
        out[i] = a === UNSURE || b === UNSURE ? UNSURE : a === b ? NO : YES;
      }
    },
    decide: (block, packet) => left.decide(block, packet) !== right.decide(block, packet),
  };
}
