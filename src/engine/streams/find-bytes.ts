import { MAX_STREAM_MATCHES, type StreamMatch, type StreamSender } from '../../shared/contract/stream';

/** A to Z as a to z. */
export const foldByte = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

/**
 * Finds a pattern in what one side sent, handed over piece by piece: a match may begin in one and end in another (Knuth, Morris and Pratt), and
 * matches may overlap. A gap interrupts it.
 */
export class ByteFinder {
  readonly #pattern: Uint8Array;
  readonly #fallback: Uint16Array;
  readonly #fold: boolean;
  readonly #sender: StreamSender;
  readonly #found: (match: StreamMatch) => void;
  /** Bytes of the pattern that the last ones were, and where each of the last ones is. */
  #matched = 0;
  readonly #positions: Float64Array;
  #seen = 0;

  /** `pattern` is not empty. */
  constructor(pattern: readonly number[], fold: boolean, sender: StreamSender, found: (match: StreamMatch) => void) {
    this.#pattern = Uint8Array.from(pattern, (byte) => (fold ? foldByte(byte) : byte));
    this.#fold = fold;
    this.#sender = sender;
    this.#found = found;
    this.#positions = new Float64Array(pattern.length);
    this.#fallback = fallbacks(this.#pattern);
  }

  add(bytes: Uint8Array, position: number): void {
    const pattern = this.#pattern;
    const size = pattern.length;
    for (let i = 0; i < bytes.length; i++) {
      const byte = this.#fold ? foldByte(bytes[i] ?? 0) : (bytes[i] ?? 0);
      this.#positions[this.#seen % size] = position + i;
      this.#seen++;
      while (this.#matched > 0 && pattern[this.#matched] !== byte) this.#matched = this.#fallback[this.#matched - 1] ?? 0;
      if (pattern[this.#matched] === byte) this.#matched++;
      if (this.#matched < size) continue;
      // The oldest of the last `size` positions is where the match began.
      this.#found({ position: this.#positions[this.#seen % size] ?? 0, sender: this.#sender });
      this.#matched = this.#fallback[size - 1] ?? 0;
    }
  }

  interrupt(): void {
    this.#matched = 0;
  }
}

/** How much of the pattern's beginning each of its beginnings ends with. */
function fallbacks(pattern: Uint8Array): Uint16Array {
  const fallback = new Uint16Array(pattern.length);
  for (let i = 1, matched = 0; i < pattern.length; i++) {
    while (matched > 0 && pattern[i] !== pattern[matched]) matched = fallback[matched - 1] ?? 0;
    if (pattern[i] === pattern[matched]) matched++;
    fallback[i] = matched;
  }
  return fallback;
}

/** The first matches in order of their place, and how many there are. */
export class Matches {
  total = 0;
  readonly #list: StreamMatch[] = [];

  readonly add = (match: StreamMatch): void => {
    this.total++;
    if (this.#list.length < MAX_STREAM_MATCHES) this.#list.push(match);
  };

  /** Those of two senders may have ended in another order than they began in. */
  get list(): StreamMatch[] {
    return this.#list.sort((a, b) => a.position - b.position);
  }
}
