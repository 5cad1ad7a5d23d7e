import type { Session } from '../session';
import type { Clock, Finder, Hit } from './finder';
import { FrameSpan } from './frame-span';
import { Folder, Needle, type SpanHit } from './needle';

/** Packets whose bytes hold one of the needles, or whose Info text fulfils the test. Frames are read many at a time. */
export class BytesFinder implements Finder {
  looked = 0;
  unreadable = 0;
  readonly #session: Session;
  readonly #needles: readonly Needle[];
  readonly #folder: Folder | null;
  readonly #info: ((info: string) => boolean) | null;
  readonly #span: FrameSpan;

  private constructor(session: Session, needles: readonly Needle[], fold: boolean, info: ((info: string) => boolean) | null) {
    this.#session = session;
    this.#needles = needles;
    this.#folder = fold ? new Folder() : null;
    this.#info = info;
    this.#span = new FrameSpan(session.capture.tables.packets, session.capture.source.store);
  }

  static forBytes(session: Session, bytes: readonly number[]): BytesFinder {
    return new BytesFinder(session, [new Needle(Uint8Array.from(bytes), false)], false, null);
  }

  /** As UTF-8, as UTF-16 and in the Info text. Without case A to Z are a to z in bytes; in the Info text all letters. */
  static forText(session: Session, text: string, caseSensitive: boolean): BytesFinder {
    const fold = !caseSensitive;
    const needles = [new Needle(Buffer.from(text, 'utf8'), fold), new Needle(Buffer.from(text, 'utf16le'), fold, true)];
    const folded = text.toLowerCase();
    return new BytesFinder(
      session,
      needles,
      fold,
      caseSensitive ? (info) => info.includes(text) : (info) => info.toLowerCase().includes(folded),
    );
  }

  async find(rows: Uint32Array, clock: Clock): Promise<Hit | null> {
    const span = this.#span;
    const backward = (rows[0] ?? 0) > (rows.at(-1) ?? 0);
    for (let from = 0; from < rows.length; ) {
      if (!(await span.read(rows, from))) this.unreadable++;
      const { count } = span;
      const found = this.#inBytes(backward);
      const inInfo = this.#info === null ? null : await this.#inInfo(rows, from, found?.frame ?? count, clock);
      if (typeof inInfo === 'number') {
        this.looked = from + inInfo;
        return null;
      }
      if (inInfo) return inInfo;
      if (found) {
        this.looked = from + found.frame + 1;
        return { packet: rows[from + found.frame] ?? 0, match: { start: found.start, length: found.length } };
      }
      from += count;
      this.looked = from;
      if (await clock.isOver()) return null;
    }
    return null;
  }

  /** Of several needles the one that the nearest frame has, and there the one that comes first. */
  #inBytes(backward: boolean): SpanHit | null {
    const { bytes } = this.#span;
    const searched = this.#folder?.fold(bytes) ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let best: SpanHit | null = null;
    for (const needle of this.#needles) {
      const hit = needle.find(this.#span, searched, backward);
      if (hit && (!best || hit.frame < best.frame || (hit.frame === best.frame && hit.start < best.start))) best = hit;
    }
    return best;
  }

  /** Of the span's frames before `end`. A number: so many were looked at when the time was over. */
  async #inInfo(rows: Uint32Array, from: number, end: number, clock: Clock): Promise<Hit | number | null> {
    const span = this.#span;
    const { packets } = this.#session.capture.tables;
    for (let k = 0; k < end; k++) {
      const row = rows[from + k] ?? 0;
      if (!packets.has(row)) continue;
      const { info } = await this.#session.dissector.dissectFrame(row, span.bytes.subarray(span.start(k), span.end(k)));
      if (this.#info?.(info)) {
        this.looked = from + k + 1;
        return { packet: row, match: null };
      }
      if (await clock.isOver()) return k + 1;
    }
    return null;
  }
}
