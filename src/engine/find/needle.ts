import type { FindMatch } from '../../shared/contract/find';
import { foldByte } from '../streams/find-bytes';
import type { FrameSpan } from './frame-span';

/** A row of a span, by its number there, and where in its frame the bytes are. */
export interface SpanHit extends FindMatch {
  readonly frame: number;
}

const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => foldByte(byte));

/** A to Z become a to z; the answer is valid until the next call. */
export class Folder {
  #folded = Buffer.alloc(0);

  fold(bytes: Uint8Array): Buffer {
    if (this.#folded.length < bytes.length) this.#folded = Buffer.alloc(bytes.length);
    const folded = this.#folded;
    for (let i = 0; i < bytes.length; i++) folded[i] = FOLDED[bytes[i] ?? 0] ?? 0;
    return folded.subarray(0, bytes.length);
  }
}

/** Bytes that are looked for in the frames of a span, by the runtime's own search. */
export class Needle {
  readonly #bytes: Buffer;
  /** What every second byte has to be before folding: the upper ones of UTF-16 are no letters by themselves. */
  readonly #upper: Uint8Array | null;

  constructor(bytes: Uint8Array, fold: boolean, isUtf16 = false) {
    this.#bytes = Buffer.from(fold ? bytes.map(foldByte) : bytes);
    this.#upper = fold && isUtf16 ? bytes : null;
  }

  /** The first match of the first frame in the span's order that has one. `searched` is the span's bytes, folded where the needle is. */
  find(span: FrameSpan, searched: Buffer, backward: boolean): SpanHit | null {
    const size = this.#bytes.length;
    let at = backward ? searched.lastIndexOf(this.#bytes) : searched.indexOf(this.#bytes);
    while (at >= 0) {
      const frame = span.frameAt(at);
      const within = frame >= 0 && at < span.end(frame);
      if (within && at + size <= span.end(frame) && this.#isExact(span.bytes, at))
        return { frame, start: (backward ? this.#firstIn(span, searched, frame) : at) - span.start(frame), length: size };
      if (backward) {
        // What lies between two frames is passed by at once.
        const from = within || frame < 0 ? at - 1 : Math.min(at - 1, span.end(frame) - 1);
        if (from < 0) return null;
        at = searched.lastIndexOf(this.#bytes, from);
      } else {
        const from = within ? at + 1 : Math.max(at + 1, frame < 0 ? 0 : span.startBehind(frame));
        if (from >= searched.length) return null;
        at = searched.indexOf(this.#bytes, from);
      }
    }
    return null;
  }

  #firstIn(span: FrameSpan, searched: Buffer, frame: number): number {
    let at = searched.indexOf(this.#bytes, span.start(frame));
    while (!this.#isExact(span.bytes, at)) at = searched.indexOf(this.#bytes, at + 1);
    return at;
  }

  #isExact(bytes: Uint8Array, at: number): boolean {
    const upper = this.#upper;
    if (upper === null) return true;
    for (let i = 1; i < upper.length; i += 2) if (bytes[at + i] !== upper[i]) return false;
    return true;
  }
}
