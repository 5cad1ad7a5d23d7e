import { FlowSpans } from '../engine/alerts/flow-spans';
import type { ShownPackets } from '../engine/alerts/shown-alerts';
import { CHUNK_MASK } from '../engine/columns/column-chunk';
import type { PacketTable } from '../engine/columns/packet-table';
import { PacketFlag } from '../shared/model/packet-flags';
import { type FlowIndex, NONE_32, type PacketIndex } from '../shared/model/units';

/** Which rows a filter took, one bit each, and when their flows had them. */
export class ListedRows implements ShownPackets {
  readonly spans = new FlowSpans();
  #bits = new Uint8Array(1 << 16);

  /** Gives the flow of the row; `NONE_32`: it has none. */
  add(packets: PacketTable, row: PacketIndex): FlowIndex {
    const at = row >>> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(this.#bits.length * 2, at + 1));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7));
    const chunk = packets.chunkOf(row);
    const flow = chunk.flow[row & CHUNK_MASK] ?? NONE_32;
    if (flow !== NONE_32 && (chunk.flags[row & CHUNK_MASK] ?? 0) & PacketFlag.Time) this.spans.add(flow, packets.time(row));
    return flow;
  }

  has(row: PacketIndex): boolean {
    return ((this.#bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}
