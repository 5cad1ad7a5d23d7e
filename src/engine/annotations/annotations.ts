import { fail, ok, type Result } from '../../shared/base/result';
import { type AnnotationNews, MAX_COMMENT_BYTES, MAX_MARKS, MAX_OWN_COMMENTS } from '../../shared/contract/annotations';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { PacketIndex } from '../../shared/model/units';
import { CHUNK_BITS, CHUNK_MASK, CHUNK_ROWS } from '../columns/column-chunk';
import type { SessionTables } from '../session-tables';
import type { ChunkOfMarks, StoredAnnotations } from '../store/records';
import { rangesOf, rangesText } from './row-ranges';

/** 2^32 rows: more than a packet table can have. */
const MAX_CHUNKS = 65_536;
/** Control characters could steer a terminal that prints the text; line breaks and tabs are meant. NUL ends an option's text. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/**
 * What a person marked in a session and wrote to its packets. A mark is a bit of the `flags` column; a comment stands behind those that the
 * file brought for the packet. What was remembered waits for its rows to come.
 */
export class Annotations {
  readonly #tables: SessionTables;
  readonly #own = new Map<PacketIndex, string>();
  /** Marked rows by chunk. */
  readonly #perChunk = new Map<number, number>();
  #marked = 0;
  #revision = 0;
  #first: PacketIndex = 0;
  /** Ascending; from `#nextMark` and `#nextComment` on they wait. */
  #awaitedMarks = new Uint32Array(0);
  #nextMark = 0;
  #awaitedComments: StoredAnnotations['comments'] = [];
  #nextComment = 0;

  constructor(tables: SessionTables) {
    this.#tables = tables;
  }

  get news(): AnnotationNews {
    return { revision: this.#revision, marked: this.#marked, commented: this.#tables.comments.size };
  }

  /** What is shown because of marks or comments is another now. */
  touch(): void {
    this.#revision++;
  }

  /** To be called before rows come. */
  restore({ marks, comments }: StoredAnnotations): void {
    const rows: number[] = [];
    for (const { chunk, rows: text } of [...marks].sort((a, b) => a.chunk - b.chunk)) {
      if (!(chunk >= 0 && chunk < MAX_CHUNKS)) continue;
      for (const row of rangesOf(text, CHUNK_ROWS)) if (rows.length < MAX_MARKS) rows.push(chunk * CHUNK_ROWS + row);
    }
    this.#awaitedMarks = Uint32Array.from(rows);
    this.#awaitedComments = [...comments].sort((a, b) => a.packet - b.packet).slice(0, MAX_OWN_COMMENTS);
  }

  /** Rows came, or were given up. */
  advance(): void {
    const { packets } = this.#tables;
    for (; this.#nextMark < this.#awaitedMarks.length; this.#nextMark++) {
      const row = this.#awaitedMarks[this.#nextMark] ?? 0;
      if (row >= packets.count) break;
      this.mark(row, true);
    }
    for (; this.#nextComment < this.#awaitedComments.length; this.#nextComment++) {
      const comment = this.#awaitedComments[this.#nextComment];
      if (!comment || comment.packet >= packets.count) break;
      if (packets.has(comment.packet)) this.#put(comment.packet, plain(comment.text));
    }
    if (packets.first !== this.#first) this.#forget(packets.first);
  }

  /** Whether any of the chunk's rows is marked. */
  hasMarksIn(chunk: number): boolean {
    return this.#perChunk.has(chunk);
  }

  isMarked(row: PacketIndex): boolean {
    const { packets } = this.#tables;
    return packets.has(row) && ((packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0) & PacketFlag.Marked) !== 0;
  }

  /** False where nothing changed: it is so already, the row is not kept, or there are too many marks. */
  mark(row: PacketIndex, marked: boolean): boolean {
    const { packets } = this.#tables;
    if (!packets.has(row) || this.isMarked(row) === marked || (marked && this.#marked >= MAX_MARKS)) return false;
    const { flags } = packets.chunkOf(row);
    const i = row & CHUNK_MASK;
    flags[i] = marked ? (flags[i] ?? 0) | PacketFlag.Marked : (flags[i] ?? 0) & ~PacketFlag.Marked;
    const chunk = row >> CHUNK_BITS;
    const left = (this.#perChunk.get(chunk) ?? 0) + (marked ? 1 : -1);
    if (left > 0) this.#perChunk.set(chunk, left);
    else this.#perChunk.delete(chunk);
    this.#marked += marked ? 1 : -1;
    this.#revision++;
    return true;
  }

  /** Gives the chunks that had marked rows, those included that wait for their rows. */
  clearMarks(): readonly number[] {
    const chunks = new Set(this.#perChunk.keys());
    for (; this.#nextMark < this.#awaitedMarks.length; this.#nextMark++)
      chunks.add((this.#awaitedMarks[this.#nextMark] ?? 0) >>> CHUNK_BITS);
    for (const row of this.markedRows()) this.mark(row, false);
    return [...chunks];
  }

  /** Ascending. */
  markedRows(): Uint32Array {
    const rows = new Uint32Array(this.#marked);
    let count = 0;
    for (const chunk of [...this.#perChunk.keys()].sort((a, b) => a - b))
      for (const row of this.#markedIn(chunk)) rows[count++] = chunk * CHUNK_ROWS + row;
    return rows.subarray(0, count);
  }

  /** As they are kept; of a chunk that is not read to its end also those that wait. */
  chunkMarks(chunk: number): ChunkOfMarks {
    return { chunk, rows: rangesText(this.#knownIn(chunk)) };
  }

  /** The packet's own comment, '' where there is none. */
  comment(row: PacketIndex): string {
    return this.#own.get(row) ?? '';
  }

  /** '' removes it. Gives the text as it is shown and kept. */
  setComment(row: PacketIndex, text: string): Result<string> {
    if (!this.#tables.packets.has(row)) return fail('no-such-packet', `There is no packet ${row + 1} in this session.`);
    const kept = plain(text);
    const bytes = Buffer.byteLength(kept);
    if (bytes > MAX_COMMENT_BYTES)
      return fail(
        'comment-too-long',
        `The comment has ${bytes.toLocaleString('en')} bytes; a capture file holds ${MAX_COMMENT_BYTES.toLocaleString('en')} of one.`,
        'Shorten it.',
      );
    if (kept !== '' && !this.#own.has(row) && this.#own.size >= MAX_OWN_COMMENTS)
      return fail(
        'too-many-comments',
        `There are ${MAX_OWN_COMMENTS.toLocaleString('en')} comments of your own in this session already.`,
        'Remove some first.',
      );
    this.#put(row, kept);
    return ok(kept);
  }

  #put(row: PacketIndex, text: string): void {
    const { packets, comments } = this.#tables;
    const known = comments.get(row) ?? [];
    const all = this.#own.has(row) ? known.slice(0, -1) : [...known];
    if (text === '') this.#own.delete(row);
    else {
      this.#own.set(row, text);
      all.push(text);
    }
    if (all.length > 0) comments.set(row, all);
    else comments.delete(row);
    const { flags } = packets.chunkOf(row);
    const i = row & CHUNK_MASK;
    flags[i] = all.length > 0 ? (flags[i] ?? 0) | PacketFlag.Comment : (flags[i] ?? 0) & ~PacketFlag.Comment;
    this.#revision++;
  }

  #forget(first: PacketIndex): void {
    this.#first = first;
    for (const [chunk, marked] of this.#perChunk) {
      if (chunk >= first >> CHUNK_BITS) continue;
      this.#perChunk.delete(chunk);
      this.#marked -= marked;
    }
    for (const row of this.#own.keys()) if (row < first) this.#own.delete(row);
    this.#revision++;
  }

  *#knownIn(chunk: number): Iterable<number> {
    if (this.#perChunk.has(chunk)) yield* this.#markedIn(chunk);
    const end = (chunk + 1) * CHUNK_ROWS;
    for (let at = this.#nextMark; at < this.#awaitedMarks.length; at++) {
      const row = this.#awaitedMarks[at] ?? 0;
      if (row >= end) break;
      if (row >>> CHUNK_BITS === chunk) yield row & CHUNK_MASK;
    }
  }

  *#markedIn(chunk: number): Iterable<number> {
    const { packets } = this.#tables;
    const from = chunk * CHUNK_ROWS;
    if (!packets.has(from)) return;
    const { flags } = packets.chunkOf(from);
    const rows = Math.min(CHUNK_ROWS, packets.count - from);
    for (let i = 0; i < rows; i++) if (((flags[i] ?? 0) & PacketFlag.Marked) !== 0) yield i;
  }
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').replace(CONTROLS, '\ufffd').trim();
