import { KeptAnswer } from './kept-answer';
import type { PacketView } from './packet-view';

/** The newest answer of everything beside the newest of a part: whoever drops the filter has the former at once. */
export class KeptAnswers<T> {
  readonly #everything = new KeptAnswer<T>();
  readonly #part = new KeptAnswer<T>();

  /** Which of the two; `view` null: everything. */
  of(view: PacketView | null): KeptAnswer<T> {
    return view === null || view.isEverything ? this.#everything : this.#part;
  }

  /** Nothing is kept, and what is being made is given up. */
  clear(): void {
    this.#everything.clear();
    this.#part.clear();
  }
}
