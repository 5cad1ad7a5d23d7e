import type { FlowIndex } from '../../shared/model/units';
import type { FlowRecords } from './flow-records';

const PROTOCOLS = 256;

/** Wireshark's stream numbers: flows of one transport protocol counted from 0 in the order in which they began. Four bytes a flow, made when asked for. */
export class StreamNumbers {
  readonly #flows: FlowRecords;
  readonly #counts = new Uint32Array(PROTOCOLS);
  #numbers = new Uint32Array(1024);
  #known: FlowIndex = 0;

  constructor(flows: FlowRecords) {
    this.#flows = flows;
  }

  number(flow: FlowIndex): number {
    if (flow >= this.#known) this.#extend();
    return this.#numbers[flow] ?? 0;
  }

  #extend(): void {
    const count = this.#flows.count;
    if (count > this.#numbers.length) {
      const grown = new Uint32Array(2 ** Math.ceil(Math.log2(count)));
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    for (let flow = Math.max(this.#known, this.#flows.oldest); flow < count; flow++) {
      const protocol = this.#flows.protocol(flow);
      const number = this.#counts[protocol] ?? 0;
      this.#numbers[flow] = number;
      this.#counts[protocol] = number + 1;
    }
    this.#known = count;
  }
}
