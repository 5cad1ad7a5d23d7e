import { ProblemError } from '../../shared/base/result';
import { type AnnotationCalls, type AnnotationNews, MAX_MARKS } from '../../shared/contract/annotations';
import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_BITS } from '../columns/column-chunk';
import { type RowList, rowsIn, shownRows, theseRows } from '../exports/row-list';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';
import type { AnnotationMemory } from './memory';
import { nextMark } from './next-mark';

/** Rows between two looks at the clock. */
const STEP = 0x1000;

/** A search of the filter that takes longer is not waited for. */
const SEARCH_MS = 60_000;

export interface AnnotationParts {
  /** Null: marks and comments end with their session. */
  readonly memory: AnnotationMemory | null;
  session(): Session | null;
  view(): PacketView | null;
  /** The same filter and range anew, nothing searched yet. */
  makeView(session: Session, view: PacketView): PacketView | null;
  /** It takes the place of the present view. */
  takeView(view: PacketView): void;
  /** There is news for the window. */
  changed(): void;
}

/** Marks and comments of whichever session is open. */
export class AnnotationService {
  readonly #parts: AnnotationParts;
  #renewed: PacketView | null = null;

  constructor(parts: AnnotationParts) {
    this.#parts = parts;
  }

  /** What was remembered of the session's file returns as its packets are read. */
  async prepare(session: Session): Promise<void> {
    if (this.#parts.memory && isKept(session)) session.annotations.restore(await this.#parts.memory.load(session.info.path));
  }

  async toggle(ranges: AnnotationCalls['marks.toggle']['args']['ranges'], signal: AbortSignal): Promise<AnnotationNews> {
    const session = this.#open();
    const view = this.#parts.view();
    const [[first, last] = [0, 0]] = ranges;
    const rows = ranges.length > 1 || first !== last ? view && (await rowsIn(view, ranges, signal)) : theseRows(Uint32Array.of(first));
    if (!rows) return session.annotations.news;
    const unmarked = await this.#unmarked(session, rows, signal);
    return this.#mark(session, rows, unmarked > 0, unmarked, signal);
  }

  async markShown(marked: boolean, signal: AbortSignal): Promise<AnnotationNews> {
    const session = this.#open();
    const view = this.#parts.view();
    if (!view) return session.annotations.news;
    // What the filter has not been looked for in yet is shown soon, too.
    await view.caughtUp(SEARCH_MS);
    const rows = shownRows(view);
    return this.#mark(session, rows, marked, marked ? await this.#unmarked(session, rows, signal) : 0, signal);
  }

  async clear(): Promise<AnnotationNews> {
    const session = this.#open();
    const chunks = session.annotations.clearMarks();
    this.#changed();
    await this.#saveMarks(session, chunks);
    return session.annotations.news;
  }

  async next(
    { from, backward }: AnnotationCalls['marks.next']['args'],
    signal: AbortSignal,
  ): Promise<AnnotationCalls['marks.next']['result']> {
    const { annotations } = this.#open();
    const view = this.#parts.view();
    if (!view || annotations.news.marked === 0) return { packet: null, wrapped: false };
    return nextMark(annotations, view, from, backward, signal);
  }

  comment(packet: PacketIndex): { own: string } {
    return { own: this.#open().annotations.comment(packet) };
  }

  async setComment(packet: PacketIndex, text: string): Promise<AnnotationNews> {
    const session = this.#open();
    const set = session.annotations.setComment(packet, text);
    if (!set.ok) throw new ProblemError(set.problem);
    this.#changed();
    if (this.#parts.memory && isKept(session)) await this.#parts.memory.saveComment(session.info.path, packet, set.value);
    return session.annotations.news;
  }

  async #unmarked({ annotations }: Session, rows: RowList, signal: AbortSignal): Promise<number> {
    let count = 0;
    await eachRow(rows, signal, (row) => {
      if (!annotations.isMarked(row)) count++;
    });
    return count;
  }

  /** `more`: marks that this makes. */
  async #mark(session: Session, rows: RowList, marked: boolean, more: number, signal: AbortSignal): Promise<AnnotationNews> {
    const { annotations } = session;
    atMost(annotations.news.marked + more);
    const chunks = new Set<number>();
    await eachRow(rows, signal, (row) => {
      if (annotations.mark(row, marked)) chunks.add(row >> CHUNK_BITS);
    });
    this.#changed();
    await this.#saveMarks(session, chunks);
    return annotations.news;
  }

  #open(): Session {
    const session = this.#parts.session();
    if (!session) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    return session;
  }

  async #saveMarks(session: Session, chunks: Iterable<number>): Promise<void> {
    if (!this.#parts.memory || !isKept(session)) return;
    await this.#parts.memory.saveMarks(
      session.info.path,
      Array.from(chunks, (chunk) => session.annotations.chunkMarks(chunk)),
    );
  }

  #changed(): void {
    this.#parts.changed();
    this.#renew();
  }

  /** A filter that asks for marks or comments shows other packets now. What it showed stays until that is known. */
  #renew(): void {
    const session = this.#parts.session();
    const view = this.#parts.view();
    this.#renewed?.stop();
    this.#renewed = null;
    // Before its flows are complete such a search has not begun.
    const waits = view?.readsFlows && session?.load === 'loading' && !session.following;
    const renewed = session && view?.readsAnnotations && !waits ? this.#parts.makeView(session, view) : null;
    if (!session || !view || !renewed) return;
    this.#renewed = renewed;
    void renewed
      .advance(() => undefined)
      .then(() => {
        if (this.#renewed !== renewed) return;
        this.#renewed = null;
        if (this.#parts.view() === view) {
          session.annotations.touch();
          this.#parts.takeView(renewed);
          return;
        }
        renewed.stop();
        // The flows of the same filter were asked anew meanwhile, perhaps before the change.
        if (this.#parts.view()?.id === view.id) this.#renew();
      });
  }
}

/** What cannot be recognised later is not remembered either. */
const isKept = ({ info, following }: Session): boolean => !following && (info.kind === 'file' || info.kind === 'replay');

async function eachRow(rows: RowList, signal: AbortSignal, visit: (row: PacketIndex) => void): Promise<void> {
  const turn = new Turn();
  for (let i = 0; i < rows.count && !signal.aborted; i++) {
    const row = rows.row(i);
    if (row >= 0) visit(row);
    if ((i & (STEP - 1)) === 0 && turn.over) await turn.next();
  }
}

function atMost(marks: number): void {
  if (marks <= MAX_MARKS) return;
  throw new ProblemError({
    code: 'too-many-marks',
    sentence: `At most ${MAX_MARKS.toLocaleString('en')} packets can be marked; that would be ${marks.toLocaleString('en')}.`,
    next: 'Narrow the filter, or unmark others.',
  });
}
