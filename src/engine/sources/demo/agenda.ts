import type { Nanoseconds } from '../../../shared/model/units';

/** What somebody does, packet by packet; it yields the seconds until it goes on. */
export type Script = Generator<number, void, void>;

const SECOND: Nanoseconds = 1_000_000_000;
/** Scripts at work; a believable day has a few hundred. What comes on top is left out. */
const MAX_SCRIPTS = 4096;

interface Entry {
  readonly time: Nanoseconds;
  /** Of equal times the one that was entered first comes first. */
  readonly order: number;
  readonly script: Script;
}

/** Runs scripts in the order of their times: a binary heap of who goes on when. */
export class Agenda {
  /** Time of the script that is running, since the beginning. */
  now: Nanoseconds = 0;
  readonly #heap: Entry[] = [];
  #entered = 0;

  /** Begins a script after so many seconds. */
  start(script: Script, delay = 0): void {
    if (this.#heap.length < MAX_SCRIPTS) this.#push(script, delay);
  }

  /** When the next script goes on; Infinity where there is none. */
  get next(): Nanoseconds {
    return this.#heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  /** Lets the script that is next go on until it waits. */
  step(): void {
    const entry = this.#pop();
    if (entry === undefined) return;
    this.now = entry.time;
    const { done, value } = entry.script.next();
    if (done !== true) this.#push(entry.script, value);
  }

  #push(script: Script, delay: number): void {
    const heap = this.#heap;
    const entry = { time: this.now + Math.max(1, Math.round(delay * SECOND)), order: this.#entered++, script };
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, entry)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || first === last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child] as Entry)) child++;
      const below = heap[child];
      if (below === undefined || isBefore(last, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);
