/** Flows that have state at once: as many as the flow table holds records, so that an index maps to a slot the same way. */
const MAX_SLOTS = 1 << 20;

/** What the stream stage remembers of each flow: nine bytes, in arrays that grow with the number of flows. A slot whose flow was replaced starts anew. */
export class StreamStates {
  #flows = new Uint32Array(1024).fill(0xffffffff);
  /** Index into the registry plus one; 0: not recognised. */
  #protocols = new Uint8Array(1024);
  /** Payloads that nothing recognised, saturating. */
  #misses = new Uint8Array(1024);
  #states = new Uint32Array(1024);

  /** The slot of this flow, emptied if it was another's. */
  slot(flow: number): number {
    const slot = flow & (MAX_SLOTS - 1);
    if (slot >= this.#flows.length) this.#grow(slot);
    if (this.#flows[slot] !== flow) {
      this.#flows[slot] = flow;
      this.#protocols[slot] = 0;
      this.#misses[slot] = 0;
      this.#states[slot] = 0;
    }
    return slot;
  }

  protocol(slot: number): number {
    return this.#protocols[slot] ?? 0;
  }

  setProtocol(slot: number, protocol: number): void {
    this.#protocols[slot] = protocol;
  }

  misses(slot: number): number {
    return this.#misses[slot] ?? 0;
  }

  addMiss(slot: number): void {
    const misses = this.#misses[slot] ?? 0;
    if (misses < 255) this.#misses[slot] = misses + 1;
  }

  state(slot: number): number {
    return this.#states[slot] ?? 0;
  }

  setState(slot: number, state: number): void {
    this.#states[slot] = state;
  }

  #grow(slot: number): void {
    let size = this.#flows.length;
    while (size <= slot) size *= 2;
    const flows = new Uint32Array(size).fill(0xffffffff);
    flows.set(this.#flows);
    const protocols = new Uint8Array(size);
    protocols.set(this.#protocols);
    const misses = new Uint8Array(size);
    misses.set(this.#misses);
    const states = new Uint32Array(size);
    states.set(this.#states);
    this.#flows = flows;
    this.#protocols = protocols;
    this.#misses = misses;
    this.#states = states;
  }
}
