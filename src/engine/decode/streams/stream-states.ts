/** Flows that have state at once: as many as the flow table holds records, so that an index maps to a slot the same way. */
const MAX_SLOTS = 1 << 20;
const NO_FLOW = 0xffffffff;
/** Words of a slot: flow, protocol's state, registry number and misses. One cache line holds four slots. */
const WORDS = 4;
const STATE = 1;
const PROTOCOL = 2;
const MISSES = 3;
const MAX_MISSES = 255;

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
    return this.#words[slot + MISSES] as number;
  }

  addMiss(slot: number): void {
    const misses = this.#words[slot + MISSES] as number;
    if (misses < MAX_MISSES) this.#words[slot + MISSES] = misses + 1;
  }

  clearMisses(slot: number): void {
    this.#words[slot + MISSES] = 0;
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
