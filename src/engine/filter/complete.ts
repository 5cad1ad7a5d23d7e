import { Catalog } from './catalog';
import type { FilterFields, KnownField } from './field-catalog';
import { kindOf } from './value-test';

export interface FilterSuggestion {
  /** Replaces the text from `start` to `end` of the completion. */
  readonly text: string;
  readonly title: string;
  readonly kind: 'field' | 'operator' | 'value';
}

export interface FilterCompletion {
  /** 0-based offsets of the word that a suggestion replaces. */
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly FilterSuggestion[];
}

const MAX_SUGGESTIONS = 50;
const WORD_BEFORE = /[A-Za-z0-9_.:/-]*$/;
const WORD_AFTER = /^[A-Za-z0-9_.:/-]*/;
const COMPARISON_BEFORE = /([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:===?|!==?|~=|>=?|<=?|\b(?:eq|ne|gt|ge|lt|le|any_eq|all_eq|any_ne|all_ne))\s*$/;
const FIELD_BEFORE = /([A-Za-z_][A-Za-z0-9_.-]*)\s+$/;
const VALUE_BEFORE = /(?:["'}\])]|[^\s&|!(){},<>=~]+)\s+$/;

const OPERATORS: readonly (readonly [string, string, readonly string[]])[] = [
  ['==', 'equal', ['whole', 'float', 'time', 'address', 'text', 'bytes']],
  ['!=', 'not equal', ['whole', 'float', 'time', 'address', 'text', 'bytes']],
  ['>', 'greater than', ['whole', 'float', 'time']],
  ['>=', 'greater than or equal', ['whole', 'float', 'time']],
  ['<', 'less than', ['whole', 'float', 'time']],
  ['<=', 'less than or equal', ['whole', 'float', 'time']],
  ['contains', 'has this part', ['text', 'bytes', 'none']],
  ['matches', 'fits this regular expression', ['text', 'bytes', 'none']],
  ['in', 'is one of a set', ['whole', 'float', 'time', 'address', 'text', 'bytes']],
];
const JOINTS: readonly (readonly [string, string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
];

/** What may stand at the cursor: names of fields, operators that suit the field before, or known values of it. */
export function completeFilter(text: string, cursor: number, fields: FilterFields): FilterCompletion {
  const word = WORD_BEFORE.exec(text.slice(0, cursor))?.[0] ?? '';
  const start = cursor - word.length;
  const end = cursor + (WORD_AFTER.exec(text.slice(cursor))?.[0].length ?? 0);
  const before = text.slice(Math.max(0, start - 300), start);
  const catalog = new Catalog(fields, null);
  const answer = (suggestions: Iterable<FilterSuggestion>): FilterCompletion => ({ start, end, suggestions: first(suggestions) });
  if (insideQuotes(text.slice(0, start))) return answer([]);
  const compared = catalog.find(COMPARISON_BEFORE.exec(before)?.[1] ?? '');
  if (compared !== null) return answer(values(compared, word));
  const field = catalog.find(FIELD_BEFORE.exec(before)?.[1] ?? '');
  if (field !== null) return answer(operators(field, word));
  if (VALUE_BEFORE.test(before) && !/\b(?:and|or|xor|not|in)\s+$/i.test(before)) return answer(joints(word));
  return answer(names(catalog, word));
}

const first = (suggestions: Iterable<FilterSuggestion>): FilterSuggestion[] => [...suggestions].slice(0, MAX_SUGGESTIONS);

function insideQuotes(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote === '') quote = character === '"' || character === "'" ? character : '';
    else if (character === '\\') i++;
    else if (character === quote) quote = '';
  }
  return quote !== '';
}

function* values(field: KnownField, word: string): Iterable<FilterSuggestion> {
  const wanted = word.toLowerCase();
  if (field.type === 'bool') {
    for (const text of ['true', 'false']) if (text.startsWith(wanted)) yield { text, title: field.title, kind: 'value' };
    return;
  }
  for (const [number, title] of Object.entries(field.words ?? {})) {
    if (number.startsWith(wanted) || title.toLowerCase().startsWith(wanted)) yield { text: number, title, kind: 'value' };
  }
}

function* operators(field: KnownField, word: string): Iterable<FilterSuggestion> {
  const kind = kindOf(field.type);
  for (const [text, title, kinds] of OPERATORS) if (kinds.includes(kind) && text.startsWith(word)) yield { text, title, kind: 'operator' };
  yield* joints(word);
}

function* joints(word: string): Iterable<FilterSuggestion> {
  for (const [text, title] of JOINTS) if (text.startsWith(word) || title.startsWith(word)) yield { text, title, kind: 'operator' };
}

/** Names that begin with the word come first, shortest first; then those with a part that begins with it. */
function names(catalog: Catalog, word: string): FilterSuggestion[] {
  const wanted = word.toLowerCase();
  const rank = (name: string): number => (name.startsWith(wanted) ? 0 : name.includes(`.${wanted}`) ? 1 : 2);
  return [...catalog.names()]
    .filter((name) => rank(name) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map((text) => ({ text, title: catalog.find(text)?.title ?? '', kind: 'field' }));
}
