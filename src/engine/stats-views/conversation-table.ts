import type { AddressIndex, Bytes, FlowIndex, Nanoseconds } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';

/** Pairs that are told apart, at most 116 bytes each: 61 MB. A flood of spoofed sources beyond them is counted as omitted. */
export const MAX_CONVERSATIONS = 1 << 19;
const FIRST_SIZE = 1024;
/** What is counted each way of a TCP connection. */
export const TCP_FIELDS = ['retransmissions', 'outOfOrder', 'lostSegments', 'resets', 'zeroWindows'] as const;
export type TcpField = (typeof TCP_FIELDS)[number];

/** Pairs of ends with what passed each way, as struct of arrays. Entry `2 * slot` of a pair of columns is from `a` to `b`. */
export class ConversationTable {
  count = 0;
  readonly limit: number;
  a = new Uint32Array(FIRST_SIZE);
  b = new Uint32Array(FIRST_SIZE);
  /** Port of `a` << 16 | port of `b`. */
  ports = new Uint32Array(FIRST_SIZE);
  /** The first and the newest flow; NONE_32 where there is none. */
  firstFlow = new Uint32Array(FIRST_SIZE);
  flow = new Uint32Array(FIRST_SIZE);
  packets = new Uint32Array(2 * FIRST_SIZE);
  bytes = new Float64Array(2 * FIRST_SIZE);
  firstTime = new Float64Array(FIRST_SIZE);
  lastTime = new Float64Array(FIRST_SIZE);
  retransmissions = new Uint32Array(2 * FIRST_SIZE);
  outOfOrder = new Uint32Array(2 * FIRST_SIZE);
  lostSegments = new Uint32Array(2 * FIRST_SIZE);
  resets = new Uint32Array(2 * FIRST_SIZE);
  zeroWindows = new Uint32Array(2 * FIRST_SIZE);
  #index = new Int32Array(4 * FIRST_SIZE).fill(-1);

  constructor(limit = MAX_CONVERSATIONS) {
    this.limit = limit;
  }

  /**
   * `2 * slot`, plus 1 where the pair was first seen the other way round; -1: the table is full. `anew`: the ends have another conversation
   * from now on.
   */
  find(a: AddressIndex, portA: number, b: AddressIndex, portB: number, anew = false): number {
    const ports = ((portA << 16) | portB) >>> 0;
    const turned = ((portB << 16) | portA) >>> 0;
    const mask = this.#index.length - 1;
    for (let at = hash(a, portA, b, portB) & mask; ; at = (at + 1) & mask) {
      const slot = this.#index[at] ?? -1;
      if (slot < 0) return this.#add(a, b, ports, at);
      const same = this.a[slot] === a && this.b[slot] === b && this.ports[slot] === ports;
      if (!same && !(this.a[slot] === b && this.b[slot] === a && this.ports[slot] === turned)) continue;
      if (anew) return this.#add(a, b, ports, at);
      return 2 * slot + (same ? 0 : 1);
    }
  }

  /** Counts a packet at what `find` gave, turned round where `direction` is 1. */
  add(found: number, direction: number, length: Bytes): void {
    const at = found ^ direction;
    this.packets[at] = (this.packets[at] ?? 0) + 1;
    this.bytes[at] = (this.bytes[at] ?? 0) + length;
  }

  addTime(slot: number, time: Nanoseconds): void {
    if (time < (this.firstTime[slot] ?? 0)) this.firstTime[slot] = time;
    if (time > (this.lastTime[slot] ?? 0)) this.lastTime[slot] = time;
  }

  setFlow(slot: number, flow: FlowIndex): void {
    if (this.firstFlow[slot] === NONE_32) this.firstFlow[slot] = flow;
    this.flow[slot] = flow;
  }

  /** Of both directions. */
  sum(column: TcpField | 'packets' | 'bytes', slot: number): number {
    return (this[column][2 * slot] ?? 0) + (this[column][2 * slot + 1] ?? 0);
  }

  /** 0 where no packet had a time. */
  duration(slot: number): Nanoseconds {
    return Math.max(0, (this.lastTime[slot] ?? 0) - (this.firstTime[slot] ?? 0));
  }

  #add(a: AddressIndex, b: AddressIndex, ports: number, at: number): number {
    if (this.count >= this.limit) return -1;
    const slot = this.count++;
    if (slot >= this.a.length) this.#grow();
    this.a[slot] = a;
    this.b[slot] = b;
    this.ports[slot] = ports;
    this.firstFlow[slot] = NONE_32;
    this.flow[slot] = NONE_32;
    this.firstTime[slot] = Number.POSITIVE_INFINITY;
    this.lastTime[slot] = Number.NEGATIVE_INFINITY;
    this.#index[at] = slot;
    if (this.count * 2 > this.#index.length) this.#growIndex();
    return 2 * slot;
  }

  #grow(): void {
    for (const column of WORDS) this[column] = grown(this[column], new Uint32Array(2 * this[column].length));
    for (const column of DOUBLES) this[column] = grown(this[column], new Float64Array(2 * this[column].length));
  }

  #growIndex(): void {
    const old = this.#index;
    const index = new Int32Array(2 * old.length).fill(-1);
    const mask = index.length - 1;
    // Only those that can be found: of the same ends the newest.
    for (const slot of old) {
      if (slot < 0) continue;
      const ports = this.ports[slot] ?? 0;
      let at = hash(this.a[slot] ?? 0, ports >>> 16, this.b[slot] ?? 0, ports & 0xffff) & mask;
      while (index[at] !== -1) at = (at + 1) & mask;
      index[at] = slot;
    }
    this.#index = index;
  }
}

const WORDS = ['a', 'b', 'ports', 'firstFlow', 'flow', 'packets', ...TCP_FIELDS] as const;
const DOUBLES = ['bytes', 'firstTime', 'lastTime'] as const;

function grown<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

// Differs in each process, so that nobody can send ends that all fall into one entry.
const SEED = (Math.random() * 0x100000000) | 0;

/** The same whichever end is named first. */
function hash(a: AddressIndex, portA: number, b: AddressIndex, portB: number): number {
  let h = end(a, portA) + end(b, portB);
  h = Math.imul(h ^ (h >>> 16), 0x9e3779b1);
  return (h ^ (h >>> 14)) >>> 0;
}

function end(address: AddressIndex, port: number): number {
  const h = Math.imul(SEED ^ address ^ (port << 15), 0x85ebca6b) ^ port;
  return Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
}
