import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import { type Alert, MAX_EVIDENCE_ROWS } from '../alert';

/** Contacts that are known at a time, a power of two; 3 KB each when full: 48 MB if all are. */
const CAPACITY = 16_384;
/** Contacts that share a place: the one with the fewest connections makes room. */
const WAYS = 4;
/** Latest connections that are kept of a contact. */
const SAMPLES = 128;
/** Of who called once or twice only these calls are kept, in this many places, a power of two; 64 bytes each. */
const NEWCOMERS = 65_536;
const NEWCOMER_NUMBERS = 8;
const NOBODY = -2;
const PLACES = (CAPACITY - 1) & ~(WAYS - 1);

/** The latest connections of one source to one peer: an address and port, or a name. */
export class Calls {
  source: AddressIndex = -1;
  /** Address, or text of the name. */
  peer = -1;
  /** `BY_NAME` where the peer is a name. */
  port = 0;
  connections = 0;
  /** Connections at which the next look is due. */
  lookAt = 0;
  /** Where the connections went: -1 where a name has several addresses. */
  target: AddressIndex = -1;
  targetPort = 0;
  alert: Alert | null = null;
  /** Another contact tells the alert of further connections. */
  isTold = false;
  readonly rows: PacketIndex[] = [];
  readonly flows: FlowIndex[] = [];
  readonly #times: Nanoseconds[] = [];
  readonly #sizes: Bytes[] = [];
  #sizesSeen = 0;

  reset(source: AddressIndex, peer: number, port: number): void {
    this.source = source;
    this.peer = peer;
    this.port = port;
    this.connections = 0;
    this.lookAt = 0;
    this.target = -1;
    this.alert = null;
    this.isTold = false;
    this.rows.length = 0;
    this.flows.length = 0;
    this.#times.length = 0;
    this.#sizes.length = 0;
    this.#sizesSeen = 0;
  }

  get lastTime(): Nanoseconds {
    return this.#times[(this.connections - 1) % SAMPLES] ?? Number.NEGATIVE_INFINITY;
  }

  addConnection(time: Nanoseconds, row: PacketIndex, flow: FlowIndex, target: AddressIndex, targetPort: number): void {
    this.#times[this.connections % SAMPLES] = time;
    this.target = this.connections === 0 || this.target === target ? target : -1;
    this.targetPort = targetPort;
    this.connections++;
    if (this.rows.length >= MAX_EVIDENCE_ROWS) return;
    this.rows.push(row);
    this.flows.push(flow);
  }

  addSize(size: Bytes): void {
    this.#sizes[this.#sizesSeen % SAMPLES] = size;
    this.#sizesSeen++;
  }

  /** Of the latest connections, rising. */
  times(): number[] {
    return this.#times.map((time) => time / 1e9).sort((a, b) => a - b);
  }

  get sizes(): readonly Bytes[] {
    return this.#sizes;
  }
}

/** One connection. */
export class Call {
  source: AddressIndex = -1;
  target: AddressIndex = -1;
  targetPort = 0;
  time: Nanoseconds = 0;
  row: PacketIndex = 0;
  flow: FlowIndex = -1;
}

/** Port of contacts whose peer is a name. */
export const BY_NAME = -1;

/** Calls by source, peer and port, in tables of fixed size: passers-by push out each other, not who calls again and again. */
export class CallTable {
  readonly #calls = new Array<Calls | undefined>(CAPACITY).fill(undefined);
  /** Four numbers a contact: the ways of a place share a cache line. */
  readonly #keys = new Int32Array(CAPACITY * WAYS).fill(NOBODY);
  /** Hash; time, row and flow of the first call; 1 where there was a second one, and the same of it. */
  readonly #newcomers = new Float64Array(NEWCOMERS * NEWCOMER_NUMBERS);

  find(source: AddressIndex, peer: number, port: number): Calls | null {
    return this.#find(hashOf(source, peer, port), source, peer, port);
  }

  /** Adds a connection and gives the contact's calls; null where it is one of the first two. */
  add(call: Call, peer: number, port: number): Calls | null {
    const hash = hashOf(call.source, peer, port);
    let calls = this.#find(hash, call.source, peer, port);
    if (calls === null) {
      if (!this.#isThird(hash, call)) return null;
      calls = this.#make(hash, call.source, peer, port);
      const at = placeOf(hash);
      for (let first = at + 1; first < at + NEWCOMER_NUMBERS; first += 4) {
        const [time = 0, row = 0, flow = -1] = this.#newcomers.subarray(first, first + 3);
        calls.addConnection(time, row, flow, call.target, call.targetPort);
      }
      this.#newcomers[at] = 0;
    }
    calls.addConnection(call.time, call.row, call.flow, call.target, call.targetPort);
    return calls;
  }

  #isThird(hash: number, call: Call): boolean {
    const newcomers = this.#newcomers;
    const at = placeOf(hash);
    const isKnown = newcomers[at] === hash;
    if (isKnown && newcomers[at + 4] === 1) return true;
    newcomers[at] = hash;
    newcomers[at + 4] = isKnown ? 1 : 0;
    const place = isKnown ? at + 5 : at + 1;
    newcomers[place] = call.time;
    newcomers[place + 1] = call.row;
    newcomers[place + 2] = call.flow;
    return false;
  }

  #find(hash: number, source: AddressIndex, peer: number, port: number): Calls | null {
    const start = hash & PLACES;
    for (let way = start; way < start + WAYS; way++) {
      const key = way * WAYS;
      if (this.#keys[key] === source && this.#keys[key + 1] === peer && this.#keys[key + 2] === port) return this.#calls[way] ?? null;
    }
    return null;
  }

  #make(hash: number, source: AddressIndex, peer: number, port: number): Calls {
    const start = hash & PLACES;
    let chosen = start;
    for (let way = start; way < start + WAYS; way++) {
      const calls = this.#calls[way];
      const least = this.#calls[chosen];
      if (calls === undefined || (least !== undefined && isLess(calls, least))) chosen = way;
    }
    const old = this.#calls[chosen];
    // Describing an alert reads its calls: they are left to it.
    const calls = old === undefined || old.alert !== null ? new Calls() : old;
    calls.reset(source, peer, port);
    this.#calls[chosen] = calls;
    this.#keys.set([source, peer, port], chosen * WAYS);
    return calls;
  }
}

const isLess = (a: Calls, b: Calls): boolean =>
  a.connections < b.connections || (a.connections === b.connections && a.lastTime < b.lastTime);

const placeOf = (hash: number): number => ((hash >>> 8) & (NEWCOMERS - 1)) * NEWCOMER_NUMBERS;

function hashOf(source: AddressIndex, peer: number, port: number): number {
  let hash = Math.imul(source, 0x9e3779b1) ^ Math.imul(peer, 0x85ebca6b) ^ Math.imul(port, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
