import type { Nanoseconds } from '../../../shared/model/units';
import type { Gaps } from '../gaps';
import { Outcome, PROBE_NAMES, ProbeKind } from './port-attempts';

const SECOND = 1_000_000_000;
/** No answer for so long is a failure. */
export const ANSWER_LIMIT: Nanoseconds = 3 * SECOND;
/** Attempts of one source at one target that are looked at. */
const TRACKED = 64;
/** Ports that the evidence names. */
const NAMED = 64;

export interface Tally {
  /** Ports tried in the window, those of real conversations included. */
  tried: number;
  /** Ports that led to no conversation. */
  ports: number;
  /** Among them those that a host was known to want, or not: not a datagram that was merely not answered. */
  certain: number;
  failed: number;
  /** Share of the sorted ports whose neighbour is within 2. */
  sequential: number;
}

/** The latest attempts of one source at the ports of one target. */
export class PortAttempts {
  count = 0;
  readonly ports = new Uint16Array(TRACKED);
  readonly kinds = new Uint8Array(TRACKED);
  readonly outcomes = new Uint8Array(TRACKED);
  readonly times = new Float64Array(TRACKED);
  readonly rows = new Uint32Array(TRACKED);
  readonly flows = new Uint32Array(TRACKED);
  readonly #sorted = new Uint16Array(TRACKED);

  find(port: number, isUdp: boolean): number {
    for (let at = 0; at < this.count; at++) {
      if (this.ports[at] === port && (this.kinds[at] === ProbeKind.Udp) === isUdp) return at;
    }
    return -1;
  }

  /** Where all places are taken the oldest attempt makes room. */
  add(port: number, kind: number, outcome: number, time: Nanoseconds, row: number, flow: number): void {
    let at = this.count;
    if (at === TRACKED) {
      at = 0;
      for (let other = 1; other < TRACKED; other++) if ((this.times[other] ?? 0) < (this.times[at] ?? 0)) at = other;
    } else {
      this.count++;
    }
    this.ports[at] = port;
    this.kinds[at] = kind;
    this.outcomes[at] = outcome;
    this.times[at] = time;
    this.rows[at] = row;
    this.flows[at] = flow;
  }

  /** What became of attempts whose answer may not have been captured is not known: they speak for no scan. */
  forgive(gaps: Gaps): void {
    for (let at = 0; at < this.count; at++) {
      const time = this.times[at] ?? 0;
      const outcome = this.outcomes[at];
      if ((outcome === Outcome.Pending || outcome === Outcome.Answered) && gaps.silenced(time, time + ANSWER_LIMIT))
        this.outcomes[at] = Outcome.Talked;
    }
  }

  /** Whether this attempt, at this time, speaks for a scan. */
  isProbe(at: number, now: Nanoseconds): boolean {
    const outcome = this.outcomes[at];
    if (outcome === Outcome.Talked) return false;
    const kind = this.kinds[at];
    if (kind === ProbeKind.Ack) return outcome === Outcome.Refused;
    return kind !== ProbeKind.Udp || outcome === Outcome.Refused || now - (this.times[at] ?? 0) >= ANSWER_LIMIT;
  }

  /** Over the `window` before `now`; `into` is filled. */
  tally(now: Nanoseconds, window: Nanoseconds, into: Tally): void {
    into.tried = 0;
    into.ports = 0;
    into.certain = 0;
    into.failed = 0;
    for (let at = 0; at < this.count; at++) {
      const age = now - (this.times[at] ?? 0);
      if (age > window) continue;
      into.tried++;
      if (!this.isProbe(at, now)) continue;
      into.ports++;
      const refused = this.outcomes[at] === Outcome.Refused;
      if (this.kinds[at] === ProbeKind.Udp && !refused) continue;
      if (refused || (this.outcomes[at] === Outcome.Pending && age >= ANSWER_LIMIT)) into.failed++;
      this.#sorted[into.certain++] = this.ports[at] ?? 0;
    }
    into.sequential = sequentialShare(this.#sorted.subarray(0, into.certain).sort());
  }

  hasPending(now: Nanoseconds): boolean {
    for (let at = 0; at < this.count; at++) {
      if (this.outcomes[at] === Outcome.Pending && now - (this.times[at] ?? 0) < ANSWER_LIMIT) return true;
    }
    return false;
  }
}

/** Share of the ports that have a neighbour within 2; of sorted ones. */
export function sequentialShare(sorted: ArrayLike<number>): number {
  let near = 0;
  for (let at = 0; at < sorted.length; at++) {
    const port = sorted[at] ?? 0;
    const below = at > 0 && port - (sorted[at - 1] ?? 0) <= 2;
    const above = at + 1 < sorted.length && (sorted[at + 1] ?? 0) - port <= 2;
    if (below || above) near++;
  }
  return sorted.length === 0 ? 0 : near / sorted.length;
}

/** What is known of a scan that was found. */
export class ScanEvidence {
  /** Distinct ports, by protocol. */
  count = 0;
  refused = 0;
  #answered = 0;
  readonly named: number[] = [];
  readonly #kinds = new Uint32Array(PROBE_NAMES.length);
  /** Connections that were opened and closed empty. */
  connected = 0;
  /** A bit for each port of TCP, then of UDP; null once the scan is forgotten. */
  #seen: Uint8Array | null = new Uint8Array(2 * 8192);

  /** True where the port is new. */
  addPort(port: number, kind: number): boolean {
    if (this.#seen === null) return false;
    const at = (kind === ProbeKind.Udp ? 8192 : 0) + (port >>> 3);
    const bit = 1 << (port & 7);
    const byte = this.#seen[at] ?? 0;
    if ((byte & bit) !== 0) return false;
    this.#seen[at] = byte | bit;
    this.count++;
    this.#kinds[kind] = (this.#kinds[kind] ?? 0) + 1;
    if (this.named.length < NAMED) this.named.push(port);
    return true;
  }

  addOutcome(before: number, after: number): void {
    if (before === after) return;
    if (after === Outcome.Refused) this.refused++;
    else if (before === Outcome.Pending) this.#answered++;
    if (after === Outcome.Talked || after === Outcome.Probed) this.connected++;
  }

  /** Ports that gave no answer so far. */
  get unanswered(): number {
    return Math.max(0, this.count - this.refused - this.#answered);
  }

  /** The bits go; the numbers stay with the alert. */
  close(): void {
    this.#seen = null;
  }

  /** The kind of most attempts. */
  get kind(): string {
    let most = 0;
    for (let kind = 1; kind < this.#kinds.length; kind++) if ((this.#kinds[kind] ?? 0) > (this.#kinds[most] ?? 0)) most = kind;
    return most === ProbeKind.Syn && this.connected > 0 ? 'connect' : (PROBE_NAMES[most] ?? '');
  }
}
