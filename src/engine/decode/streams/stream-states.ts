/** Flows that have state at once: as many as the flow table holds records, so that an index maps to a slot the same way. */
const MAX_SLOTS = 1 << 20;
const NO_FLOW = 0xffffffff;
/** Words of a slot: flow, protocol's state, registry number and misses. One cache line holds four slots. */
const WORDS = 4;
const STATE = 1;
const PROTOCOL = 2;
const MISSES = 3;
/** The low byte counts; two bits above it say that a message waits. */
const MAX_MISSES = 255;
const PENDING_FORWARD = 256;
const PENDING_BACKWARD = 512;

/** What the stream stage remembers of each flow: 16 bytes, in an array that grows with the number of flows. A slot whose flow was replaced starts anew. */
export class StreamStates {
  #words = new Uint32Array(1024 * WORDS).fill(NO_FLOW);

  /** Where this flow's words begin; they are emptied if they were another's. */
  slot(flow: number): number {
    const at = (flow & (MAX_SLOTS - 1)) * WORDS;
    if (at >= this.#words.length) this.#grow(at);
    const words = this.#words;
    if (words[at] !== flow) {
      words[at] = flow;
      words[at + STATE] = 0;
      words[at + PROTOCOL] = 0;
      words[at + MISSES] = 0;
    }
    return at;
  }

  /** Index into the registry plus one; 0: not recognised. */
  protocol(slot: number): number {
    return this.#words[slot + PROTOCOL] as number;
  }

  setProtocol(slot: number, protocol: number): void {
    this.#words[slot + PROTOCOL] = protocol;
  }

  /** Payloads that nothing recognised, saturating. */
  misses(slot: number): number {
    return (this.#words[slot + MISSES] as number) & MAX_MISSES;
  }

  addMiss(slot: number): void {
    if (this.misses(slot) < MAX_MISSES) this.#words[slot + MISSES] = (this.#words[slot + MISSES] as number) + 1;
  }

  clearMisses(slot: number): void {
    this.#words[slot + MISSES] = (this.#words[slot + MISSES] as number) & ~MAX_MISSES;
  }

  /** A message of this direction goes on in later segments. */
  isPending(slot: number, backward: boolean): boolean {
    return ((this.#words[slot + MISSES] as number) & (backward ? PENDING_BACKWARD : PENDING_FORWARD)) !== 0;
  }

  setPending(slot: number, backward: boolean, pending: boolean): void {
    const bit = backward ? PENDING_BACKWARD : PENDING_FORWARD;
    const word = this.#words[slot + MISSES] as number;
    this.#words[slot + MISSES] = pending ? word | bit : word & ~bit;
  }

  /** Reads what the flows' turn will need, so that the processor fetches many slots at once; the sum is of no use. */
  touch(flows: Uint32Array, start: number, end: number): number {
    const words = this.#words;
    let sum = 0;
    for (let i = start; i < end; i++) sum ^= words[((flows[i] as number) & (MAX_SLOTS - 1)) * WORDS] ?? 0;
    return sum;
  }

  state(slot: number): number {
    return this.#words[slot + STATE] as number;
  }

  setState(slot: number, state: number): void {
    this.#words[slot + STATE] = state;
  }

  #grow(at: number): void {
    let size = this.#words.length;
    while (size <= at) size *= 2;
    const words = new Uint32Array(size).fill(NO_FLOW);
    words.set(this.#words);
    this.#words = words;
  }
}
