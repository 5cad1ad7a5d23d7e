/** Markup that may stand in a page as it is: made by `html`, never from a text. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };
/** Longer texts say nothing more in a report, and a header of kilobytes must not fill pages. */
const LONGEST = 2000;

// What is not seen, or turns the order of letters round, is written out: a name must not look like another one.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const seen = (letter: string): string =>
  letter === '\n' || letter === '\t' ? ' ' : `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** The text as the content of an element, or of an attribute in quotes. */
export function escaped(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return shown.replace(UNSEEN, seen).replace(/[&<>"'`]/g, (letter) => ENTITIES[letter] ?? '');
}

function rendered(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(rendered).join('') : escaped(String(part));
}

/** A piece of a page; every value in it is a text, unless it is markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + string + rendered(parts[i] ?? null), ''));
}
