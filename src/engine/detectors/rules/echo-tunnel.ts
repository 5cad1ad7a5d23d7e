import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { PacketFacts } from '../facts';

/** Pairs of ends whose echoes are compared, by hash: a busier pair keeps its place. */
const PAIRS = 512;
const ROWS = 16;
/** Shorter frames are filled up to this on the wire, and may be captured before that. */
const MIN_FRAME: Bytes = 60;
/** Headers of Ethernet, IPv4 and ICMP. */
const HEADERS: Bytes = 42;
/** Time in which echoes are counted together. */
const WINDOW: Nanoseconds = 600 * 1_000_000_000;

/** Echoes between two ends. */
export class EchoPair {
  source: AddressIndex = -1;
  destination: AddressIndex = -1;
  since: Nanoseconds = 0;
  /** Requests, and the bytes of what they carry. */
  requests = 0;
  bytes: Bytes = 0;
  /** Requests and answers of a size unlike the one before it. */
  changes = 0;
  /** Answers unlike their request: no machine answers a ping so (RFC 792). */
  unlike = 0;
  flow: FlowIndex = -1;
  readonly rows: PacketIndex[] = [];
  #last: Bytes = -1;
  #answered = true;

  reset(source: AddressIndex, destination: AddressIndex, now: Nanoseconds): void {
    this.source = source;
    this.destination = destination;
    this.since = now;
    this.requests = 0;
    this.bytes = 0;
    this.changes = 0;
    this.unlike = 0;
    this.rows.length = 0;
    this.#last = -1;
    this.#answered = true;
  }

  add({ length, backward, row, flow }: PacketFacts): void {
    this.flow = flow;
    const size = Math.max(MIN_FRAME, length);
    if (backward) {
      if (!this.#answered && this.#last >= 0 && size !== this.#last) {
        this.unlike++;
        this.#note(row);
      }
      this.#answered = true;
      return;
    }
    this.requests++;
    this.bytes += Math.max(0, length - HEADERS);
    if (this.#last >= 0 && size !== this.#last) {
      this.changes++;
      this.#note(row);
    }
    this.#last = size;
    this.#answered = false;
  }

  #note(row: PacketIndex): void {
    if (this.rows.length < ROWS) this.rows.push(row);
  }
}

/**
 * Echo requests and replies that carry something else than a ping: their sizes change all the time, as those of what they carry do, and
 * answers differ from what they answer. In constant space.
 */
export class EchoTunnels {
  readonly #pairs: (EchoPair | undefined)[] = new Array<EchoPair | undefined>(PAIRS).fill(undefined);

  /** The pair of ends after this echo; null where busier ones have its place. */
  add(packet: PacketFacts): EchoPair | null {
    const { now, backward } = packet;
    const source = backward ? packet.destination : packet.source;
    const destination = backward ? packet.source : packet.destination;
    const at = (Math.imul(Math.imul(source, 0x9e3779b1) ^ destination, 0x85ebca6b) >>> 16) % PAIRS;
    let pair = this.#pairs[at];
    if (pair === undefined) {
      pair = new EchoPair();
      this.#pairs[at] = pair;
    }
    if (pair.source !== source || pair.destination !== destination || now - pair.since > WINDOW) {
      const isOther = pair.source !== source || pair.destination !== destination;
      if (isOther && pair.requests > 1 && now - pair.since <= WINDOW) return null;
      pair.reset(source, destination, now);
    }
    pair.add(packet);
    return pair;
  }
}
