/** Time that one turn of the engine's loop may take before messages are looked at. */
export const TURN_MS = 8;

/** Lets messages and timers run. */
export const yieldTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tells a long loop when its turn is over. */
export class Turn {
  #end = performance.now() + TURN_MS;

  get over(): boolean {
    return performance.now() >= this.#end;
  }

  /** Yields, then begins the next turn. */
  async next(): Promise<void> {
    await yieldTurn();
    this.#end = performance.now() + TURN_MS;
  }
}
