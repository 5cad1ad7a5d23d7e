import { problemOf } from './engine-client';

const PAGE = 128;
/** 8,192 rows, about 4 MB: some hundred screens around where one is. */
const MAX_PAGES = 64;
/** The engine's own bound is 1,000 rows a window. */
const MAX_PAGES_AT_ONCE = 7;

export interface RowWindow<Row> {
  readonly rows: readonly Row[];
  /** Rows that there were when the window was cut. */
  readonly total: number;
  /** Where `rows` begin; as asked for where it is not said. */
  readonly from?: number;
  /** Rows that once stood before the list's first one: positions have moved by so many. */
  readonly forgotten?: number;
}

/** Undefined where a row was forgotten before it came. */
type Page<Row> = readonly (Row | undefined)[];
type Fetch<Row> = (from: number, count: number) => Promise<RowWindow<Row>>;

/**
 * The rows around what is on screen, fetched a few pages at a time; the newest wish comes first. Rows are known by their place: their
 * position, and as many as were forgotten before the list's first one. So a row keeps its place when others go.
 */
export class RowPages<Row> {
  readonly #fetch: Fetch<Row>;
  readonly #onChange: () => void;
  #pages = new Map<number, Page<Row>>();
  /** Pages from before the reset, shown until the first of the new ones has come. */
  #stale = new Map<number, Page<Row>>();
  #first = 0;
  #count = 0;
  /** Behind the last row. */
  #end = 0;
  #generation = 0;
  #busy = false;
  #running: Promise<void> = Promise.resolve();

  constructor(fetch: Fetch<Row>, onChange: () => void) {
    this.#fetch = fetch;
    this.#onChange = onChange;
  }

  /** As the newest window said; null before the first since `reset`. */
  total: number | null = null;
  forgotten = 0;
  /** Behind the last row of the newest window. */
  reached = 0;

  rowAt(place: number): Row | undefined {
    const page = Math.floor(place / PAGE);
    return (this.#pages.get(page) ?? this.#stale.get(page))?.[place % PAGE];
  }

  /** Behind the last row, as the newest window said. */
  get end(): number {
    return this.forgotten + (this.total ?? 0);
  }

  /** What is shown changed: rows are fetched anew. With `keep` the present ones stay visible until then. */
  reset(keep: boolean): void {
    this.#generation++;
    this.#stale = keep ? new Map([...this.#stale, ...this.#pages]) : new Map();
    this.#pages = new Map();
    this.total = null;
    this.forgotten = 0;
    this.reached = 0;
    this.#load();
  }

  /** Rows first..first+count are on screen, by their places; the list ends before `end`. */
  want(first: number, count: number, end: number): void {
    this.#first = first;
    this.#count = count;
    this.#end = end;
    this.#load();
  }

  /** All that is wanted now is here, or will not come. */
  settled(): Promise<void> {
    return this.#running;
  }

  /** Where a row that is here stands; -1 where none is the one. */
  find(isIt: (row: Row) => boolean): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row !== undefined && isIt(row));
      if (at >= 0) return page * PAGE + at;
    }
    return -1;
  }

  /** Rows that are here, for measuring. */
  *loaded(): Iterable<Row> {
    for (const rows of this.#pages.values()) for (const row of rows) if (row !== undefined) yield row;
  }

  /** Rows have come. */
  protected onRows(_rows: readonly Row[]): void {}

  #load(): void {
    if (!this.#busy) this.#running = this.#loadMissing();
  }

  async #loadMissing(): Promise<void> {
    this.#busy = true;
    try {
      for (let range = this.#missing(); range; range = this.#missing()) {
        const generation = this.#generation;
        // What was forgotten is not there to be asked for.
        const from = Math.max(range.from * PAGE, this.forgotten);
        const asked = from - this.forgotten;
        const window = await this.#fetch(asked, (range.to + 1) * PAGE - from);
        if (generation === this.#generation && !this.#keep(window, asked)) break;
      }
    } catch (error) {
      // The engine went away or the session was closed: whoever shows that state does; the next wish asks again.
      if (problemOf(error).code === 'internal') throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** False where nothing was gained: asking again would give the same. */
  #keep({ rows, total, from, forgotten = 0 }: RowWindow<Row>, asked: number): boolean {
    const first = (from ?? asked) + forgotten;
    // What the list forgot meanwhile moved its positions: the same question is another one now.
    let gained = forgotten !== this.forgotten;
    this.forgotten = forgotten;
    this.total = total;
    this.reached = first + rows.length;
    for (let start = 0; start < rows.length; ) {
      const place = first + start;
      const page = Math.floor(place / PAGE);
      const end = Math.min(rows.length, start + PAGE - (place % PAGE));
      const made: Page<Row> = [...new Array<undefined>(place % PAGE), ...rows.slice(start, end)];
      const before = this.#pages.get(page);
      start = end;
      // A page may only begin late where its beginning is forgotten.
      if (place % PAGE > 0 && place > forgotten) continue;
      if (before && before.length >= made.length) continue;
      gained = true;
      this.#pages.delete(page);
      this.#pages.set(page, made);
    }
    this.onRows(rows);
    this.#stale = new Map();
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break;
      this.#pages.delete(page);
    }
    this.#onChange();
    return gained;
  }

  /** The pages of the view and one view around it that are not complete; null where all are. */
  #missing(): { from: number; to: number } | null {
    const last = Math.min(this.#end, this.#first + 2 * this.#count) - 1;
    const visible = Math.floor(this.#first / PAGE);
    const end = Math.floor(Math.max(0, last) / PAGE);
    // The pages in use become the youngest.
    let from = -1;
    let to = -1;
    for (let page = Math.floor(Math.max(this.forgotten, this.#first - this.#count) / PAGE); page <= end; page++) {
      const rows = this.#pages.get(page);
      if (rows) {
        this.#pages.delete(page);
        this.#pages.set(page, rows);
      }
      const complete = rows !== undefined && rows.length >= Math.min(PAGE, this.#end - page * PAGE);
      if (complete) continue;
      if (from < 0) from = page;
      to = page;
    }
    if (from < 0) return null;
    // Should the gap be wider than one question may be, what is on screen matters.
    if (to - from >= MAX_PAGES_AT_ONCE) return { from: Math.max(from, visible), to: Math.max(from, visible) + MAX_PAGES_AT_ONCE - 1 };
    return { from, to };
  }
}
