import type { StreamPiece, StreamPieceKind, StreamSender } from '../../shared/contract/stream';
import type { Bytes } from '../../shared/model/units';
import type { StreamIndex } from './stream-index';

export interface ReadPiece extends StreamPiece {
  /** Of `data`; valid until the next piece. */
  readonly bytes: Uint8Array;
}

const EMPTY = new Uint8Array(0);

/** The pieces of positions from..to, of both senders or one, with their bytes; only what is within. */
export async function* readPieces(
  { pieces, reader }: StreamIndex,
  from: number,
  to: number,
  only: StreamSender | null = null,
): AsyncGenerator<ReadPiece, void, undefined> {
  const stop = Math.min(to, pieces.size);
  for (let at = pieces.at(from); at < pieces.count; at++) {
    const position = pieces.position(at);
    if (position >= stop) return;
    const sender = pieces.sender(at);
    if (only !== null && sender !== only) continue;
    const stored = pieces.kind(at);
    const packet = pieces.row(at);
    const loose = pieces.isLoose(at);
    const length: Bytes = pieces.length(at);
    if (stored !== 'data') {
      yield { packet, sender, kind: stored, position, length, loose, bytes: EMPTY };
      continue;
    }
    const begin = Math.max(position, from);
    const wanted = Math.min(position + length, stop) - begin;
    const skip = pieces.skip(at) + begin - position;
    const segment = await reader.read(packet);
    const bytes = segment?.payload.subarray(skip, skip + wanted) ?? EMPTY;
    const whole = bytes.length === wanted;
    const kind: StreamPieceKind = whole ? 'data' : 'gone';
    yield { packet, sender, kind, position: begin, length: wanted, loose, bytes: whole ? bytes : EMPTY };
  }
}
