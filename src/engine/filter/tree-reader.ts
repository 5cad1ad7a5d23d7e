import type { ByteSource } from '../decode/tree/dissection';
import type { Field, FieldValue } from '../decode/tree/field';

/** A packet's second-tier decoding, as far as filters need it; a `Dissection` is one. */
export interface DecodedPacket {
  readonly root: readonly Field[];
  readonly sources: readonly ByteSource[];
  /** The Info column. */
  readonly info: string;
}

/** Name under which the Info column can be compared. */
export const INFO_FIELD = '_ws.col.info';

/** The nodes of one packet that a filter asks about, found in one walk. */
export interface TreePacket {
  /** In the order of the tree. */
  nodes(slot: number): readonly Field[];
  /** Of a node; a protocol's is its bytes to the end of what carries it. */
  valueOf(node: Field): FieldValue;
}

/** Gives names slots while a filter is compiled, and finds their nodes in tree after tree afterwards. */
export class TreeReader implements TreePacket {
  readonly #slots = new Map<string, number>();
  readonly #nodes: Field[][] = [];
  #sources: readonly ByteSource[] = [];

  slot(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    this.#nodes.push([]);
    this.#slots.set(name, this.#nodes.length - 1);
    return this.#nodes.length - 1;
  }

  /** Everything that is looked for. */
  get names(): Iterable<string> {
    return this.#slots.keys();
  }

  /** The result is valid until the next call. */
  read(packet: DecodedPacket): TreePacket {
    for (const nodes of this.#nodes) nodes.length = 0;
    this.#sources = packet.sources;
    this.#walk(packet.root);
    const info = this.#slots.get(INFO_FIELD);
    if (info !== undefined) {
      this.#nodes[info]?.push({ name: INFO_FIELD, label: packet.info, value: packet.info, start: 0, length: 0, source: 0, children: [] });
    }
    return this;
  }

  nodes(slot: number): readonly Field[] {
    return this.#nodes[slot] ?? [];
  }

  valueOf(node: Field): FieldValue {
    if (node.value !== null) return node.value;
    return this.#sources[node.source]?.bytes.subarray(node.start) ?? null;
  }

  // Trees are at most 64 deep (see Dissection), so recursion is safe.
  #walk(fields: readonly Field[]): void {
    for (const field of fields) {
      const slot = this.#slots.get(field.name);
      if (slot !== undefined) this.#nodes[slot]?.push(field);
      if (field.children.length > 0) this.#walk(field.children);
    }
  }
}
