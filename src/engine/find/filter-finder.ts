import type { PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { BLOCK_ROWS, UNSURE, YES } from '../filter/block';
import type { DisplayFilter } from '../filter/display-filter';
import type { Session } from '../session';
import type { Clock, Finder, Hit } from './finder';

/** Packets that a display filter takes: by columns where they know, by their trees where not. */
export class FilterFinder implements Finder {
  looked = 0;
  readonly unreadable = 0;
  readonly #session: Session;
  readonly #filter: DisplayFilter;
  readonly #answers = new Uint8Array(BLOCK_ROWS);
  #from: PacketIndex = 0;
  #to: PacketIndex = 0;

  constructor(session: Session, filter: DisplayFilter) {
    this.#session = session;
    this.#filter = filter;
  }

  async find(rows: Uint32Array, clock: Clock): Promise<Hit | null> {
    const { packets } = this.#session.capture.tables;
    this.#to = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      this.looked = i + 1;
      // While trees were made, the oldest may have gone.
      if (!packets.has(row)) continue;
      if (row < this.#from || row >= this.#to) this.#fill(row);
      const answer = this.#answers[row - this.#from];
      if (answer === YES) return { packet: row, match: null };
      if (answer !== UNSURE) continue;
      const [packet] = await this.#session.dissector.dissectAll([row], this.#filter.readsHeadersOnly);
      if (packet && packets.has(row) && this.#filter.decide(row, packet)) return { packet: row, match: null };
      if (await clock.isOver()) return null;
    }
    return null;
  }

  #fill(row: PacketIndex): void {
    const { packets } = this.#session.capture.tables;
    this.#from = row - (row % BLOCK_ROWS);
    this.#to = Math.min(this.#from + BLOCK_ROWS, packets.count);
    const from = this.#from & CHUNK_MASK;
    this.#filter.fill({ chunk: packets.chunkOf(row), from, to: from + this.#to - this.#from, row: this.#from }, this.#answers);
  }
}
