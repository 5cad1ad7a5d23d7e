/** Names fit 16 bits: a process may give itself new ones without end. The first of them is no name. */
const MAX_NAMES = 0xffff;

/** Interns names of processes: 0 is none, also where there is no room for another. */
export class NameTable {
  readonly #texts: string[] = [''];
  readonly #numbers = new Map<string, number>([['', 0]]);

  get count(): number {
    return this.#texts.length;
  }

  intern(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length > MAX_NAMES) return 0;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  text(name: number): string {
    return this.#texts[name] ?? '';
  }
}
