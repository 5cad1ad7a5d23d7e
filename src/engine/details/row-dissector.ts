import { PacketFlag } from '../../shared/model/packet-flags';
import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import type { Capture } from '../capture';
import { CHUNK_MASK } from '../columns/column-chunk';
import { dissectFrame } from '../decode/tree/dissect-frame';
import type { Dissection } from '../decode/tree/dissection';
import { FrameReader } from './frame-reader';
import { packetContext, type Reassembled } from './packet-context';
import { datagramOf, payloadOf } from './payload-finder';

const NOT_REASSEMBLED: Reassembled = { message: null, datagram: null, rest: 0 };

/** Second tier on demand: dissects rows of a capture from their stored bytes, with what other packets contribute put together again. */
export class RowDissector {
  readonly #capture: Capture;
  readonly #frames: FrameReader;

  constructor(capture: Capture) {
    this.#capture = capture;
    this.#frames = new FrameReader(capture.tables.packets, capture.source.store);
  }

  async dissect(row: PacketIndex): Promise<Dissection> {
    return this.dissectFrame(row, await this.#frames.read(row));
  }

  /** One after the other, in turns: many trees must not keep the engine from its messages. */
  async dissectAll(rows: Iterable<PacketIndex>, headersOnly: boolean): Promise<Dissection[]> {
    const made: Dissection[] = [];
    const turn = new Turn();
    for (const row of rows) {
      made.push(await (headersOnly ? this.dissectHeaders(row) : this.dissect(row)));
      if (turn.over) await turn.next();
    }
    return made;
  }

  /** For a caller that holds the frame's bytes already. */
  async dissectFrame(row: PacketIndex, frame: Uint8Array): Promise<Dissection> {
    return this.#dissect(row, frame, this.#isReassembled(row) ? await this.#reassemble(row, frame) : NOT_REASSEMBLED);
  }

  /** Without the application layer and the segments that it would need. */
  async dissectHeaders(row: PacketIndex): Promise<Dissection> {
    const frame = await this.#frames.read(row);
    const fragments = this.#isReassembled(row) ? this.#capture.tables.reassemblies.datagram(row) : null;
    const datagram = fragments ? datagramOf(await this.#frameBytes(fragments, row, frame), this.#linkType(row)) : null;
    const { tables, pipeline, source } = this.#capture;
    const context = packetContext(tables, pipeline.applications, source.interfaces, row, { ...NOT_REASSEMBLED, datagram });
    return dissectFrame(frame, { ...context, application: null });
  }

  #dissect(row: PacketIndex, frame: Uint8Array, reassembled: Reassembled): Dissection {
    const { tables, pipeline, source } = this.#capture;
    return dissectFrame(frame, packetContext(tables, pipeline.applications, source.interfaces, row, reassembled));
  }

  #isReassembled(row: PacketIndex): boolean {
    return ((this.#capture.tables.packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0) & PacketFlag.Reassembled) !== 0;
  }

  async #reassemble(row: PacketIndex, frame: Uint8Array): Promise<Reassembled> {
    const { reassemblies } = this.#capture.tables;
    const fragments = reassemblies.datagram(row);
    const datagram = fragments ? datagramOf(await this.#frameBytes(fragments, row, frame), this.#linkType(row)) : null;
    const pieces = reassemblies.message(row);
    if (!pieces) return { message: null, datagram, rest: 0 };
    const message = new Uint8Array(pieces.length);
    let filled = 0;
    for (const [i, bytes] of (await this.#frameBytes(pieces.rows, row, frame)).entries()) {
      const payload = payloadOf(bytes, this.#linkType(pieces.rows[i] ?? row));
      const piece = payload.subarray(i === 0 ? pieces.offset : 0, (i === 0 ? pieces.offset : 0) + pieces.length - filled);
      message.set(piece, filled);
      filled += piece.length;
    }
    return { message: message.subarray(0, filled), datagram, rest: pieces.rest };
  }

  #frameBytes(rows: Iterable<PacketIndex>, own: PacketIndex, frame: Uint8Array): Promise<Uint8Array[]> {
    return Promise.all(Array.from(rows, (row) => (row === own ? frame : this.#frames.read(row))));
  }

  #linkType(row: PacketIndex): number {
    const id = this.#capture.tables.packets.chunkOf(row).interfaceId[row & CHUNK_MASK] ?? 0;
    return this.#capture.source.interfaces[id]?.linkType ?? -1;
  }
}
