import { filterTables } from '../engine/api/filter-tables';
import type { Capture } from '../engine/capture';
import { CHUNK_BITS } from '../engine/columns/column-chunk';
import type { Dissection } from '../engine/decode/tree/dissection';
import { RowDissector } from '../engine/details/row-dissector';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { Places } from '../engine/enrich/geo/places';
import { filterFields } from '../engine/filter/all-fields';
import { compileFilter, type DisplayFilter } from '../engine/filter/display-filter';
import type { FilterResult } from '../engine/filter/problem';
import type { PacketIndex } from '../shared/model/units';

/** Chunks of columns that stay while a list is printed: what a message that began earlier may need. */
const KEPT_CHUNKS = 4;

export interface ListedRow {
  readonly row: PacketIndex;
  /** Second tier of this packet; made once. */
  dissect(): Promise<Dissection>;
}

/**
 * The packets of a capture that a filter takes, one by one while it is read: memory does not grow with the file. What a filter asks of flows is
 * only known at the end, so with such a one the columns of all packets (57 bytes each) are kept until then.
 */
export class Listing {
  readonly capture: Capture;
  readonly #filter: DisplayFilter;
  readonly #dissector: RowDissector;

  private constructor(capture: Capture, filter: DisplayFilter) {
    this.capture = capture;
    this.#filter = filter;
    this.#dissector = new RowDissector(capture);
  }

  /** `geo`: for filters that name countries. */
  static make(capture: Capture, filter: string, geo: GeoDatabase | null = null): FilterResult<Listing> {
    const { applications } = capture.pipeline;
    const places = geo && new Places(geo, capture.tables.addresses);
    const tables = filterTables(
      capture.tables,
      (service) => applications.protocolName(service),
      (address) => places?.countryOf(address) ?? null,
    );
    const compiled = compileFilter(filter, filterFields, tables);
    return compiled.ok ? { ok: true, value: new Listing(capture, compiled.value) } : compiled;
  }

  async *rows(): AsyncGenerator<ListedRow> {
    const { packets } = this.capture.tables;
    if (this.#filter.readsFlows) {
      yield* this.#rowsAtTheEnd();
      return;
    }
    for (let batch = await this.capture.next(); batch; batch = await this.capture.next()) {
      const first = packets.count - batch.count;
      for (let i = 0; i < batch.count; i++) {
        const row = first + i;
        const start = batch.start[i] ?? 0;
        const frame = batch.bytes.subarray(start, start + (batch.capturedLength[i] ?? 0));
        let made: Promise<Dissection> | null = null;
        const dissect = (): Promise<Dissection> => {
          made ??= this.#dissector.dissectFrame(row, frame);
          return made;
        };
        if (await this.#takes(row, dissect)) yield { row, dissect };
      }
      packets.release((packets.count >> CHUNK_BITS) - KEPT_CHUNKS);
    }
  }

  async *#rowsAtTheEnd(): AsyncGenerator<ListedRow> {
    while ((await this.capture.next()) !== null);
    for (let row = 0; row < this.capture.tables.packets.count; row++) {
      let made: Promise<Dissection> | null = null;
      const dissect = (): Promise<Dissection> => {
        made ??= this.#dissector.dissect(row);
        return made;
      };
      if (await this.#takes(row, dissect)) yield { row, dissect };
    }
  }

  async #takes(row: PacketIndex, dissect: () => Promise<Dissection>): Promise<boolean> {
    if (this.#filter.matchesAll) return true;
    let undecided = false;
    const taken = this.#filter.test(row, () => {
      undecided = true;
      return null;
    });
    return undecided ? this.#filter.decide(row, await dissect()) : taken;
  }
}
