import type { Node } from './ast';
import { parse } from './grammar.peggy';
import { type FilterResult, filterProblem } from './problem';

/** A filter is typed by a person; beyond these bounds it is a mistake or an attack on the parser's stack. */
const MAX_LENGTH = 10_000;
const MAX_NESTING = 50;

interface SyntaxFault {
  readonly message: string;
  readonly found?: string | null;
  readonly expected?: unknown;
  readonly location: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } };
}

const isSyntaxFault = (error: unknown): error is SyntaxFault =>
  error instanceof Error && 'location' in error && typeof error.location === 'object' && error.location !== null;

/** Syntax only; null for a filter without content. */
export function parseFilter(text: string): FilterResult<Node | null> {
  if (text.length > MAX_LENGTH) {
    return wrong(MAX_LENGTH, text.length, `The filter is longer than ${MAX_LENGTH.toLocaleString('en')} characters.`);
  }
  if (text.trim() === '') return { ok: true, value: null };
  const deep = tooDeepAt(text);
  if (deep >= 0) return wrong(deep, deep + 1, `The filter nests more than ${MAX_NESTING} parentheses.`);
  try {
    return { ok: true, value: parse(text) as Node };
  } catch (error) {
    if (!isSyntaxFault(error)) throw error;
    const start = Math.min(error.location.start.offset, text.length);
    const end = Math.max(start, Math.min(error.location.end.offset, text.length));
    // `expected` is null where the grammar itself said what is wrong.
    if (error.expected == null) return wrong(start, end, error.message);
    if (start >= text.length) return wrong(start, start, 'The filter is not complete.');
    return wrong(
      start,
      start + 1,
      `${JSON.stringify(text.charAt(start))} is not expected here.`,
      'Put text with other characters than letters, digits and . : / - _ into quotation marks.',
    );
  }
}

const wrong = (
  start: number,
  end: number,
  sentence: string,
  next?: string,
): { readonly ok: false; readonly problem: ReturnType<typeof filterProblem> } => ({
  ok: false,
  problem: filterProblem({ start, end }, sentence, next),
});

/** Offset of the first bracket that is nested too deep, -1 where none is. Quoted text does not count. */
function tooDeepAt(text: string): number {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(' && ++depth > MAX_NESTING) return i;
    else if (character === ')') depth--;
  }
  return -1;
}
