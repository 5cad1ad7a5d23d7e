import type { AddressIndex, FlowIndex, PacketIndex } from '../../../shared/model/units';
import type { Alert } from '../alert';

/** Seconds that are kept: the window of ten, one that waits for its handshakes, and the one that is going on. */
const SECONDS = 12;
const PORT_WORDS = 8;
const PORT_BITS = 32 * PORT_WORDS;
const ROWS = 32;
/** Places in the array of counts. */
const BEGUN = SECONDS;
const COMPLETED = 2 * SECONDS;
const PORTS = 3 * SECONDS;
/** A client that gets no answer repeats a SYN up to this many times in the window (RFC 6298 doubles its waits; some systems begin with five at once). */
const USUAL_REPEATS = 10;
/** How fast a place that others want is given up. */
const MAX_WEIGHT = 64;

/** TCP connections that were asked for between ends, by second of their SYN. Seconds are whole seconds of the packet clock. */
export class SynWindow {
  source: AddressIndex = -1;
  target: AddressIndex = -1;
  /** Latest second. */
  second = 0;
  lastPort = 0;
  /** Of the alert's flood so far. */
  total = 0;
  /** What `total` was when the alert was told last. */
  told = 0;
  /** Is looked at once a second. */
  suspect = false;
  alert: Alert | null = null;
  #weight = 0;
  /** By second: SYN packets; connections that began; those of them that were completed. Then a bit for each port's hash. */
  readonly #counts = new Int32Array(PORTS + PORT_WORDS);
  /** SYN packets of the ten seconds before this one. */
  #before = 0;
  readonly #rows = new Int32Array(ROWS);
  readonly #flows = new Int32Array(ROWS);
  #noted = 0;

  reset(source: AddressIndex, target: AddressIndex, second: number): void {
    this.#clear();
    this.source = source;
    this.target = target;
    this.second = second;
    this.total = 0;
    this.alert = null;
    this.#weight = 0;
    this.#before = 0;
    this.#noted = 0;
  }

  #clear(): void {
    // In a flood of forged sources each has one SYN, and a million of them come by.
    if (this.total > 1) {
      this.#counts.fill(0);
      return;
    }
    const at = this.second % SECONDS;
    this.#counts[at] = 0;
    this.#counts[BEGUN + at] = 0;
    this.#counts[COMPLETED + at] = 0;
    this.#counts[portWord(this.lastPort)] = 0;
  }

  /** Its place is wanted by others. True where it can be had. */
  givesWay(second: number): boolean {
    if (this.suspect) return false;
    return second - this.second >= SECONDS || --this.#weight <= 0;
  }

  advance(second: number): void {
    if (second <= this.second) return;
    const counts = this.#counts;
    if (second - this.second >= SECONDS) {
      counts.fill(0, 0, PORTS);
    } else {
      for (let s = this.second + 1; s <= second; s++) {
        const at = s % SECONDS;
        counts[at] = 0;
        counts[BEGUN + at] = 0;
        counts[COMPLETED + at] = 0;
      }
    }
    this.second = second;
    this.#before = 0;
    let open = 0;
    for (let at = 0; at < SECONDS; at++) {
      this.#before += counts[at] ?? 0;
      open += (counts[BEGUN + at] ?? 0) - (counts[COMPLETED + at] ?? 0);
    }
    // What was scanned or used before has no part in a flood.
    if (open === 0) counts.fill(0, PORTS);
  }

  addPacket(): void {
    const at = this.second % SECONDS;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.total++;
    if (this.#weight < MAX_WEIGHT) this.#weight++;
  }

  /** SYNs without a connection that came before anybody looked; taken to be of this second. */
  addEarlier(count: number): void {
    const at = this.second % SECONDS;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
    this.#counts[BEGUN + at] = (this.#counts[BEGUN + at] ?? 0) + count;
    this.total += count;
  }

  addBegun(port: number, row: PacketIndex, flow: FlowIndex): void {
    const at = BEGUN + (this.second % SECONDS);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.lastPort = port;
    const word = portWord(port);
    this.#counts[word] = (this.#counts[word] ?? 0) | (1 << (portHash(port) & 31));
    const noted = this.#noted++ % ROWS;
    this.#rows[noted] = row;
    this.#flows[noted] = flow;
  }

  /** A connection is complete whose SYN was sent in `second`. */
  complete(second: number): void {
    if (second > this.second || this.second - second >= SECONDS) return;
    const at = COMPLETED + (second % SECONDS);
    if (this.open(second) > 0) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /**
   * Part of the packets of these seconds was not captured. Each handshake that was seen whole stands for others of which one packet was lost; of
   * a time of which nothing was captured it is not known which were completed, and none counts as open.
   */
  forgive(first: number, last: number, share: number): void {
    const seen = (1 - share) ** 2;
    for (let s = Math.max(first, this.second - SECONDS + 1); s <= Math.min(last, this.second); s++) {
      const at = COMPLETED + (s % SECONDS);
      const completed = this.#counts[at] ?? 0;
      const unseen = seen === 0 ? Number.POSITIVE_INFINITY : completed * (1 / seen - 1);
      this.#counts[at] = completed + Math.max(0, Math.min(this.open(s), Math.round(unseen)));
    }
  }

  /** Nothing is known of the seconds until this one. */
  skipTo(second: number): void {
    this.advance(second);
  }

  completed(second: number): number {
    return this.#counts[COMPLETED + (second % SECONDS)] ?? 0;
  }

  /** Connections of `second` that were not completed. */
  open(second: number): number {
    const at = second % SECONDS;
    return (this.#counts[BEGUN + at] ?? 0) - (this.#counts[COMPLETED + at] ?? 0);
  }

  /** The same of the ten seconds up to `last`; a SYN that is repeated more often than a client would counts each time. */
  openUntil(last: number): number {
    let open = 0;
    let begun = 0;
    let packets = 0;
    for (let s = Math.max(last - 9, this.second - SECONDS + 1); s <= last; s++) {
      open += this.open(s);
      begun += this.#counts[BEGUN + (s % SECONDS)] ?? 0;
      packets += this.#counts[s % SECONDS] ?? 0;
    }
    return open + Math.max(0, packets - (1 + USUAL_REPEATS) * Math.max(1, begun));
  }

  /** SYN packets of the second that is going on. */
  get current(): number {
    return this.#counts[this.second % SECONDS] ?? 0;
  }

  /** SYN packets of the window: no fewer than those without a connection. */
  get recent(): number {
    return this.#before + this.current;
  }

  /** Distinct ports tried, by linear counting (Whang, Vander-Zanden, Taylor 1990); at most about 1,400. */
  get ports(): number {
    let free = 0;
    for (let at = PORTS; at < PORTS + PORT_WORDS; at++) for (let bits = ~(this.#counts[at] ?? 0); bits !== 0; bits &= bits - 1) free++;
    return Math.round(-PORT_BITS * Math.log(Math.max(1, free) / PORT_BITS));
  }

  rows(): PacketIndex[] {
    return latest(this.#rows, this.#noted);
  }

  flows(): FlowIndex[] {
    return latest(this.#flows, this.#noted);
  }
}

/** 0..255. */
const portHash = (port: number): number => Math.imul(port, 0x9e3779b1) >>> 24;
const portWord = (port: number): number => PORTS + (portHash(port) >>> 5);

function latest(from: Int32Array, noted: number): number[] {
  const count = Math.min(noted, ROWS);
  return Array.from({ length: count }, (_, i) => from[(noted - count + i) % ROWS] ?? -1);
}

/**
 * Windows by ends in a table of fixed size, one place for each hash. Who has few SYNs gives up the place to others, so that a flood of forged
 * sources cancels itself out and a source that sends many stays.
 */
export class SynWindows<W extends SynWindow> {
  readonly #windows: (W | undefined)[];
  readonly #mask: number;
  readonly #make: () => W;

  /** `capacity`: a power of two. */
  constructor(capacity: number, make: () => W) {
    this.#windows = new Array<W | undefined>(capacity).fill(undefined);
    this.#mask = capacity - 1;
    this.#make = make;
  }

  /** At work on `second`; null where the place is taken. */
  take(source: AddressIndex, target: AddressIndex, second: number): W | null {
    const at = this.#place(source, target);
    let window = this.#windows[at];
    if (window === undefined) {
      window = this.#make();
      this.#windows[at] = window;
      window.reset(source, target, second);
    } else if (window.source !== source || window.target !== target) {
      if (!window.givesWay(second)) return null;
      window.reset(source, target, second);
    }
    window.advance(second);
    return window;
  }

  forEach(visit: (window: W) => void): void {
    for (const window of this.#windows) if (window !== undefined) visit(window);
  }

  find(source: AddressIndex, target: AddressIndex): W | null {
    const window = this.#windows[this.#place(source, target)];
    return window !== undefined && window.source === source && window.target === target ? window : null;
  }

  #place(source: AddressIndex, target: AddressIndex): number {
    const hash = Math.imul(source + 1, 0x9e3779b1) ^ Math.imul(target, 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}
