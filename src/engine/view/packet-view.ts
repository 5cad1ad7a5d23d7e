import type { TimeRange } from '../../shared/contract/engine';
import type { PacketIndex } from '../../shared/model/units';
import type { PacketTable } from '../columns/packet-table';
import type { DisplayFilter } from '../filter/display-filter';
import { type DecodeRows, FilterScan } from '../filter/scan';
import { RangeTest } from './range-test';

/** A search is soon over when what is left is no more than so many times what it did last. */
const SOON = 2;

/** The packets that a filter and a time range show. Without either it is every packet and costs nothing. */
export class PacketView {
  readonly id: number;
  readonly text: string;
  readonly range: TimeRange | null;
  /** Its rows are right once the flows of the file are complete. */
  readonly readsFlows: boolean;
  /** Its rows change with marks and comments. */
  readonly readsAnnotations: boolean;
  /** The reason why the search could not go on, for the window; null while all is well. */
  failure: string | null = null;
  /** What came since is looked at when the view is renewed. */
  settled = false;
  readonly #packets: PacketTable;
  readonly #scan: FilterScan | null;
  readonly #decodeRows: DecodeRows;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();
  #running = false;
  #forgotten = 0;

  constructor(id: number, filter: DisplayFilter, range: TimeRange | null, packets: PacketTable, decodeRows: DecodeRows) {
    this.id = id;
    this.text = filter.text;
    this.range = range;
    this.readsFlows = filter.readsFlows;
    this.readsAnnotations = filter.readsAnnotations;
    this.#packets = packets;
    this.#decodeRows = decodeRows;
    const narrowed = range === null ? filter : filter.and(new RangeTest(range));
    this.#scan = narrowed.matchesAll ? null : new FilterScan(narrowed);
  }

  /** Every packet is shown. */
  get isEverything(): boolean {
    return this.#scan === null;
  }

  /** What tells what is shown apart from what other views show. */
  get key(): string {
    return this.isEverything ? 'all' : String(this.id);
  }

  get count(): number {
    return this.#scan === null ? this.#packets.count - this.#packets.first : this.#scan.count;
  }

  /** Packets that stood before the list's first one and are not kept any more: positions have moved by so many. */
  get forgotten(): number {
    return this.#scan === null ? this.#packets.first : this.#forgotten;
  }

  get scanned(): number {
    return this.#scan === null ? this.#packets.count : this.#scan.scanned;
  }

  get scanning(): boolean {
    return !this.settled && this.scanned < this.#packets.count && !this.#stop.signal.aborted && this.failure === null;
  }

  /** Row at this position of the list; -1 beyond its end. */
  row(position: number): PacketIndex {
    if (position < 0 || position >= this.count) return -1;
    return this.#scan === null ? this.#packets.first + position : (this.#scan.rows[position] ?? -1);
  }

  /** Position of this row, or of the next one that is shown. */
  position(row: PacketIndex): number {
    if (this.#scan === null) return Math.min(Math.max(row - this.#packets.first, 0), this.count);
    let low = 0;
    let high = this.#scan.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#scan.rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Resolves when the search that is under way has looked at everything, or after so many milliseconds, and as many again as long as it will
   * soon be over. What is counted over the shown packets waits for it: otherwise both take turns, and what was counted is half of it.
   */
  async caughtUp(milliseconds: number): Promise<void> {
    // What comes meanwhile is not waited for.
    const end = this.#packets.count;
    while (this.#running && this.scanned < end && !this.#stop.signal.aborted) {
      const before = this.scanned;
      await this.#through(milliseconds);
      if (end - this.scanned > SOON * (this.scanned - before)) return;
    }
  }

  #through(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiting.add(done);
    });
  }

  /** Rows before the table's first one were given up. */
  forget(): void {
    if (this.#scan !== null) this.#forgotten += this.#scan.forget(this.#packets.first);
  }

  /** Looks at the rows that came since, in turns; does nothing where a search is under way already (it takes them too). */
  async advance(progress: () => void): Promise<void> {
    const scan = this.#scan;
    if (scan === null || this.#running || this.failure !== null) return;
    this.#running = true;
    try {
      while (scan.scanned < this.#packets.count && !this.#stop.signal.aborted) {
        scan.extend(this.#packets.count);
        await scan.run({ decodeRows: this.#decodeRows, signal: this.#stop.signal, onProgress: progress });
      }
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.#running = false;
      this.#release();
      progress();
    }
  }

  stop(): void {
    this.#stop.abort();
    this.#release();
  }

  #release(): void {
    for (const done of [...this.#waiting]) done();
  }
}
