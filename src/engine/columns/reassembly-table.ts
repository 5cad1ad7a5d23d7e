import type { Bytes, PacketIndex } from '../../shared/model/units';

/** Where the first bytes of a message that spans segments are: `length` bytes from `offset` of the first row's payload on. */
export interface MessagePieces {
  readonly rows: readonly PacketIndex[];
  readonly offset: Bytes;
  readonly length: Bytes;
  /** Bytes of the last row's payload that come after the message. */
  readonly rest: Bytes;
}

/** Rows that all entries may name: 4 bytes each. Beyond it the details of a completing packet show its own segment only. */
const MAX_ROWS = 4_000_000;

/** Which packets hold what a later packet completes; sparse, by the completing row. The bytes themselves stay in the file. */
export class ReassemblyTable {
  readonly #messages = new Map<PacketIndex, MessagePieces>();
  readonly #datagrams = new Map<PacketIndex, readonly PacketIndex[]>();
  #rows = 0;

  addMessage(row: PacketIndex, pieces: MessagePieces): void {
    if (this.#rows + pieces.rows.length > MAX_ROWS) return;
    this.#rows += pieces.rows.length;
    this.#messages.set(row, pieces);
  }

  addDatagram(row: PacketIndex, fragments: readonly PacketIndex[]): void {
    if (this.#rows + fragments.length > MAX_ROWS) return;
    this.#rows += fragments.length;
    this.#datagrams.set(row, fragments);
  }

  message(row: PacketIndex): MessagePieces | null {
    return this.#messages.get(row) ?? null;
  }

  /** Rows of the fragments of the datagram that this row completes, itself last. */
  datagram(row: PacketIndex): readonly PacketIndex[] | null {
    return this.#datagrams.get(row) ?? null;
  }
}
