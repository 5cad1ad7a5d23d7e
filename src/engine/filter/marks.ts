/** Answers of a test about interned things (addresses, texts, names), each asked once: a filter over a million rows asks a table. */
export class Marks {
  /** 0: not asked yet. */
  table = new Uint8Array(256);
  readonly #ask: (index: number) => number;

  /** `ask` answers 1 to 255. */
  constructor(ask: (index: number) => number) {
    this.#ask = ask;
  }

  /** Makes room for indices below `count`: once per block, before `table` is read. */
  reserve(count: number): void {
    if (count <= this.table.length) return;
    const table = new Uint8Array(Math.max(count, this.table.length * 2));
    table.set(this.table);
    this.table = table;
  }

  /** For an index whose entry is 0. */
  ask(index: number): number {
    const answer = this.#ask(index);
    this.table[index] = answer;
    return answer;
  }
}
