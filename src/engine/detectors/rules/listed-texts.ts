import type { TextIndex } from '../../../shared/model/units';
import type { DetectionContext } from '../rule';

const UNKNOWN = 0;
const NOT_LISTED = 1;
const LISTED = 2;

/** What a list says of interned texts: each is asked once, those that are listed again each time. The text table's bound bounds it. */
export class ListedTexts {
  readonly #context: DetectionContext;
  readonly #ask: (text: string) => string | null;
  #marks = new Uint8Array(4096);

  constructor(context: DetectionContext, ask: (text: string) => string | null) {
    this.#context = context;
    this.#ask = ask;
  }

  /** Null: not listed, or no text. */
  find(index: TextIndex): string | null {
    if (index < 0) return null;
    if (index >= this.#marks.length) {
      const grown = new Uint8Array(Math.max(this.#marks.length * 2, index + 1));
      grown.set(this.#marks);
      this.#marks = grown;
    }
    if ((this.#marks[index] ?? UNKNOWN) === NOT_LISTED) return null;
    const found = this.#ask(this.#context.text(index));
    this.#marks[index] = found === null ? NOT_LISTED : LISTED;
    return found;
  }
}
