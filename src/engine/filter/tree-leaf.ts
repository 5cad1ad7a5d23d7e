import { PacketFlag } from '../../shared/model/packet-flags';
import { BLOCK_ROWS, type Block, Leaf, NO, UNSURE, YES } from './block';
import type { RowGuard } from './presence';
import type { TreePacket } from './tree-reader';
import type { InTree } from './value-leaf';

/** A fact that only the tree has: rows that a guard excludes are decided without it. */
export class TreeLeaf extends Leaf {
  readonly #guards: readonly RowGuard[];
  readonly #inTree: InTree;
  readonly #scratch = new Uint8Array(BLOCK_ROWS);

  /** All guards must let a row pass. */
  constructor(guards: readonly RowGuard[], inTree: InTree) {
    super();
    this.#guards = guards;
    this.#inTree = inTree;
  }

  fill(block: Block, out: Uint8Array): void {
    const rows = block.to - block.from;
    const scratch = this.#scratch;
    out.fill(UNSURE, 0, rows);
    for (const guard of this.#guards) {
      guard.fill(block, scratch);
      for (let i = 0; i < rows; i++) if (scratch[i] === NO) out[i] = NO;
    }
  }

  inTree(packet: TreePacket): boolean {
    return this.#inTree(packet);
  }
}

/** A protocol by its name. */
export class ProtocolLeaf extends Leaf {
  readonly #guard: RowGuard;
  readonly #inTree: InTree;

  constructor(guard: RowGuard, inTree: InTree) {
    super();
    this.#guard = guard;
    this.#inTree = inTree;
  }

  fill(block: Block, out: Uint8Array): void {
    this.#guard.fill(block, out);
  }

  inTree(packet: TreePacket): boolean {
    return this.#inTree(packet);
  }
}

/** A bit of the `flags` column: the first tier's word is final. */
export class FlagLeaf extends Leaf {
  readonly #mask: number;

  constructor(mask: number) {
    super();
    this.#mask = mask;
  }

  fill(block: Block, out: Uint8Array): void {
    const { flags } = block.chunk;
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) out[i] = ((flags[block.from + i] ?? 0) & this.#mask) !== 0 ? YES : NO;
  }

  inTree(): boolean {
    return false;
  }
}

/** Texts that the capture file carries beside the packets. */
export class CommentLeaf extends Leaf {
  readonly #comments: ReadonlyMap<number, readonly string[]>;
  readonly #holds: (text: string) => boolean;

  constructor(comments: ReadonlyMap<number, readonly string[]>, holds: (text: string) => boolean) {
    super();
    this.#comments = comments;
    this.#holds = holds;
  }

  fill(block: Block, out: Uint8Array): void {
    const { flags } = block.chunk;
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const has = ((flags[block.from + i] ?? 0) & PacketFlag.Comment) !== 0;
      out[i] = has && this.#comments.get(block.row + i)?.some(this.#holds) === true ? YES : NO;
    }
  }

  inTree(): boolean {
    return false;
  }
}
