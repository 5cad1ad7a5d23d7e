import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { Alert } from '../alert';

/** Entries that share a place: the least telling of them makes room. */
const WAYS = 4;

/** The latest occurrences between a source and a target's port. */
export class Recent {
  source: AddressIndex = -1;
  target: AddressIndex = -1;
  port = -1;
  /** Occurrences since the entry was made. */
  total = 0;
  /** Found of these occurrences. */
  alert: Alert | null = null;
  #kept = 0;
  readonly #times: Float64Array;
  readonly #rows: Int32Array;
  readonly #flows: Int32Array;

  constructor(depth: number) {
    this.#times = new Float64Array(depth);
    this.#rows = new Int32Array(depth);
    this.#flows = new Int32Array(depth);
  }

  reset(source: AddressIndex, target: AddressIndex, port: number): void {
    this.source = source;
    this.target = target;
    this.port = port;
    this.total = 0;
    this.alert = null;
    this.#kept = 0;
  }

  get lastTime(): Nanoseconds {
    return this.total === 0 ? Number.NEGATIVE_INFINITY : (this.#times[(this.total - 1) % this.#times.length] ?? 0);
  }

  /** Times never go backwards. */
  add(time: Nanoseconds, row: PacketIndex, flow: FlowIndex): void {
    const at = this.total % this.#times.length;
    this.#times[at] = time;
    this.#rows[at] = row;
    this.#flows[at] = flow;
    this.total++;
    this.#kept = Math.min(this.#kept + 1, this.#times.length);
  }

  /** Takes back the latest occurrences. */
  drop(count: number): void {
    this.total = Math.max(0, this.total - count);
    this.#kept = Math.max(0, this.#kept - count);
  }

  /** At or after `time`, at most as many as are kept. */
  countSince(time: Nanoseconds): number {
    let count = 0;
    while (count < this.#kept && (this.#times[(this.total - 1 - count) % this.#times.length] ?? 0) >= time) count++;
    return count;
  }

  /** Time of the `count`th occurrence from the end. */
  timeOf(count: number): Nanoseconds {
    return this.#times[(this.total - count) % this.#times.length] ?? 0;
  }

  /** Rows of the latest `count` occurrences, oldest first. */
  rows(count: number): PacketIndex[] {
    return this.#latest(this.#rows, count);
  }

  flows(count: number): FlowIndex[] {
    return this.#latest(this.#flows, count);
  }

  #latest(from: Int32Array, count: number): number[] {
    return Array.from({ length: count }, (_, i) => from[(this.total - count + i) % from.length] ?? -1);
  }
}

/**
 * Recent occurrences by source, target and port, in a table of fixed size: four places for each hash. Who comes new takes the place of the one
 * with the fewest occurrences, the longest ago, so that a flood of forged sources cannot push out who is about to be found.
 */
export class RecentByEnds {
  readonly #depth: number;
  readonly #mask: number;
  readonly #entries: (Recent | undefined)[];

  /** `capacity`: a power of two, of entries; each keeps its latest `depth` occurrences. */
  constructor(capacity: number, depth: number) {
    this.#depth = depth;
    this.#mask = capacity - 1;
    this.#entries = new Array<Recent | undefined>(capacity).fill(undefined);
  }

  find(source: AddressIndex, target: AddressIndex, port: number): Recent | null {
    const start = this.#place(source, target, port);
    for (let way = 0; way < WAYS; way++) {
      const entry = this.#entries[start + way];
      if (entry && entry.source === source && entry.target === target && entry.port === port) return entry;
    }
    return null;
  }

  /** The entry of these ends, a new one where there is none. */
  take(source: AddressIndex, target: AddressIndex, port: number): Recent {
    const known = this.find(source, target, port);
    if (known) return known;
    const start = this.#place(source, target, port);
    let chosen: Recent | null = null;
    for (let way = 0; way < WAYS; way++) {
      const entry = this.#entries[start + way];
      if (entry === undefined) {
        chosen = new Recent(this.#depth);
        this.#entries[start + way] = chosen;
        break;
      }
      if (chosen === null || entry.total < chosen.total || (entry.total === chosen.total && entry.lastTime < chosen.lastTime))
        chosen = entry;
    }
    const entry = chosen as Recent;
    entry.reset(source, target, port);
    return entry;
  }

  #place(source: AddressIndex, target: AddressIndex, port: number): number {
    let hash = Math.imul(source, 0x9e3779b1) ^ Math.imul(target, 0x85ebca6b) ^ Math.imul(port, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & this.#mask & ~(WAYS - 1);
  }
}
