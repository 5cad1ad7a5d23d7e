import type { PacketIndex } from '../../shared/model/units';
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
    return this.#store.read(this.#packets.positionOf(row), this.#packets.capturedLengthOf(row));
  }
}
