import type { PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import type { FrameStore } from '../sources/source';

const EMPTY = new Uint8Array(0);

/** Reads frames again from where the session keeps them. */
export class FrameReader {
  readonly #packets: PacketTable;
  readonly #store: FrameStore | null;

  constructor(packets: PacketTable, store: FrameStore | null) {
    this.#packets = packets;
    this.#store = store;
  }

  /** The captured bytes of this row; fewer than the table says where the file was cut or moved since, none where it cannot be read twice. */
  async read(row: PacketIndex): Promise<Uint8Array> {
    if (!this.#store) return EMPTY;
    const chunk = this.#packets.chunkOf(row);
    const i = row & CHUNK_MASK;
    return this.#store.read(chunk.position[i] ?? 0, chunk.capturedLength[i] ?? 0);
  }
}
