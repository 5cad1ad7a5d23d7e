import type { FlowIndex, Nanoseconds } from '../../shared/model/units';
import { DEFAULT_FLOW_CAPACITY } from '../flows/flow-limits';

const FIRST_SIZE = 1024;
const NOBODY = 0xffffffff;

/** First and last time of the packets of each flow. Of the newest flows only, as many as are kept: at most 20 MB. */
export class FlowSpans {
  #flow: Uint32Array;
  #first: Float64Array;
  #last: Float64Array;

  /** `flows`: there are so many so far. */
  constructor(flows = 0) {
    const size = sizeFor(flows, FIRST_SIZE);
    this.#flow = new Uint32Array(size).fill(NOBODY);
    this.#first = new Float64Array(size);
    this.#last = new Float64Array(size);
  }

  add(flow: FlowIndex, time: Nanoseconds): void {
    if (flow >= this.#flow.length && this.#flow.length < DEFAULT_FLOW_CAPACITY) this.#grow(flow);
    const at = this.#at(flow);
    if (this.#flow[at] !== flow) {
      this.#flow[at] = flow;
      this.#first[at] = time;
      this.#last[at] = time;
      return;
    }
    // Packets may stand in another order than that of their times.
    if (time < (this.#first[at] ?? 0)) this.#first[at] = time;
    if (time > (this.#last[at] ?? 0)) this.#last[at] = time;
  }

  /** It has packets, and not all of them before or after these times. */
  touches(flow: FlowIndex, from: Nanoseconds, to: Nanoseconds): boolean {
    const at = this.#at(flow);
    return this.#flow[at] === flow && (this.#first[at] ?? 0) <= to && (this.#last[at] ?? 0) >= from;
  }

  *flows(): Generator<FlowIndex> {
    for (const flow of this.#flow) if (flow !== NOBODY) yield flow;
  }

  /** The size is a power of two. */
  #at(flow: FlowIndex): number {
    return flow & (this.#flow.length - 1);
  }

  #grow(flow: FlowIndex): void {
    const size = sizeFor(flow + 1, this.#flow.length);
    const grown = { flow: new Uint32Array(size).fill(NOBODY), first: new Float64Array(size), last: new Float64Array(size) };
    grown.flow.set(this.#flow);
    grown.first.set(this.#first);
    grown.last.set(this.#last);
    this.#flow = grown.flow;
    this.#first = grown.first;
    this.#last = grown.last;
  }
}

function sizeFor(flows: number, atLeast: number): number {
  let size = atLeast;
  while (size < flows && size < DEFAULT_FLOW_CAPACITY) size *= 2;
  return size;
}
