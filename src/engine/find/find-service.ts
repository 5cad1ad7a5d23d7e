import { ProblemError } from '../../shared/base/result';
import type { FindAnswer, FindCalls } from '../../shared/contract/find';
import type { PacketIndex } from '../../shared/model/units';
import type { DisplayFilter } from '../filter/display-filter';
import type { FilterResult } from '../filter/problem';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';
import { BytesFinder } from './bytes-finder';
import { FilterFinder } from './filter-finder';
import { ANSWER_MS, Clock, type Finder } from './finder';

/** Rows that a finder is handed at once. */
const PIECE = 4096;

export interface FindParts {
  session(): Session | null;
  view(): PacketView | null;
  compile(text: string): FilterResult<DisplayFilter>;
}

type Args = FindCalls['packets.find']['args'];

/** Finds packets of the view, one after the other. Keeps nothing: who goes on says where. */
export class FindService {
  readonly #parts: FindParts;

  constructor(parts: FindParts) {
    this.#parts = parts;
  }

  async find({ query, from, until, backward }: Args, signal: AbortSignal): Promise<FindAnswer> {
    const session = this.#parts.session();
    const view = this.#parts.view();
    if (!session || !view) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    let finder: Finder;
    if (query.mode === 'filter') {
      const compiled = this.#parts.compile(query.text);
      if (!compiled.ok) return { state: 'wrong', problem: compiled.problem, start: compiled.problem.start, end: compiled.problem.end };
      finder = new FilterFinder(session, compiled.value);
    } else {
      finder =
        query.mode === 'text' ? BytesFinder.forText(session, query.text, query.caseSensitive) : BytesFinder.forBytes(session, query.bytes);
    }
    const clock = new Clock(signal);
    const rows = new Uint32Array(PIECE);
    let searched = 0;
    for (let at = from; ; ) {
      const count = nextRows(view, at, until, backward, rows);
      if (count <= 0) {
        if (count < 0 || backward || !view.scanning) return { state: 'end', searched, unreadable: finder.unreadable };
        // The window's filter may show more than it has found so far.
        await view.caughtUp(ANSWER_MS);
        if (view.scanning || (await clock.isOver())) return { state: 'more', at, searched, unreadable: finder.unreadable };
        continue;
      }
      const hit = await finder.find(rows.subarray(0, count), clock);
      searched += finder.looked;
      if (hit) return { state: 'found', ...hit, searched };
      at = rows[finder.looked - 1] ?? 0;
      if (await clock.isOver()) return { state: 'more', at, searched, unreadable: finder.unreadable };
    }
  }
}

/**
 * Rows that the view shows behind (before) this one, at most as `rows` has room for. By row and not by position: positions move when the oldest
 * packets go. Gives how many; -1 where the next one lies beyond `until`.
 */
function nextRows(view: PacketView, from: PacketIndex | null, until: PacketIndex | null, backward: boolean, rows: Uint32Array): number {
  if (from !== null && until !== null && (backward ? from <= until : from >= until)) return -1;
  const at = from === null ? (backward ? view.count : 0) : view.position(from);
  const step = backward ? -1 : 1;
  let position = backward ? at - 1 : from !== null && view.row(at) === from ? at + 1 : at;
  let count = 0;
  for (; count < rows.length; position += step) {
    const row = view.row(position);
    if (row < 0) break;
    if (until !== null && (backward ? row < until : row > until)) return count || -1;
    rows[count++] = row;
  }
  return count;
}
