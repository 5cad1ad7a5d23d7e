import type { FindMatch } from '../../shared/contract/find';
import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';

/** After so long a search answers how far it is: often enough for a person, seldom enough to cost nothing. */
export const ANSWER_MS = 250;

/** Time that one call of a search may take, spent in turns. */
export class Clock {
  readonly #end = performance.now() + ANSWER_MS;
  readonly #turn = new Turn();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** True where the call is to answer now. Lets messages run where a turn is over. */
  async isOver(): Promise<boolean> {
    if (this.#turn.over) await this.#turn.next();
    return this.#signal.aborted || performance.now() >= this.#end;
  }
}

export interface Hit {
  readonly packet: PacketIndex;
  readonly match: FindMatch | null;
}

/** Looks for one thing in packets. */
export interface Finder {
  /** Rows that the last `find` looked at, from the first on: at least one. */
  readonly looked: number;
  /** Rows whose bytes could not be read, of all calls. */
  readonly unreadable: number;
  /** The first of these rows, in their order (rising or falling), that has it; null where none of the first `looked` has. */
  find(rows: Uint32Array, clock: Clock): Promise<Hit | null>;
}
