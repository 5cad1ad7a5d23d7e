import { linesOf } from './list-file';

/** Entries, and characters of one: each request of a new URI is compared with all of them. */
const MAX_PATTERNS = 2000;
const MAX_LENGTH = 128;
/** Behind a path: its end, a deeper one, an ending, a parameter. */
const AFTER_PATH = '(?=$|[/.;])';
const NOTHING = /(?!)/;

/** What requests ask for that nobody asks for by accident: paths, and texts anywhere in the URI. */
export class ProbePatterns {
  readonly size: number;
  readonly #paths: RegExp;
  readonly #marks: RegExp;

  /** `text`: a list's; lines that begin with '/' are paths. */
  constructor(text: string) {
    const paths: string[] = [];
    const marks: string[] = [];
    for (const line of linesOf(text)) {
      if (paths.length + marks.length >= MAX_PATTERNS) break;
      if (line.length > MAX_LENGTH) continue;
      (line[0] === '/' ? paths : marks).push(literal(line.toLowerCase()));
    }
    this.size = paths.length + marks.length;
    this.#paths = paths.length === 0 ? NOTHING : new RegExp(`(?:${paths.join('|')})${AFTER_PATH}`);
    this.#marks = marks.length === 0 ? NOTHING : new RegExp(marks.join('|'));
  }

  /** The entry that the URI, as it is or percent-decoded once, matches; null: none. */
  find(uri: string): string | null {
    const lower = uri.toLowerCase();
    return this.#match(lower) ?? (lower.includes('%') ? this.#match(percentDecoded(lower)) : null);
  }

  #match(uri: string): string | null {
    const mark = this.#marks.exec(uri);
    if (mark !== null) return mark[0];
    const query = uri.indexOf('?');
    return this.#paths.exec(query < 0 ? uri : uri.slice(0, query))?.[0] ?? null;
  }
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const percentDecoded = (uri: string): string =>
  uri.replace(/%([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)).toLowerCase());
