/**
 * Runs one job at a time; of those asked for meanwhile only the newest is run when it ends. Scrolling and typing ask faster than answers
 * come, and aborting each earlier question would leave nothing to show until they stop.
 */
export class Latest<Args> {
  readonly #run: (args: Args) => Promise<void>;
  #busy = false;
  #next: { args: Args } | null = null;

  constructor(run: (args: Args) => Promise<void>) {
    this.#run = run;
  }

  ask(args: Args): void {
    this.#next = { args };
    if (!this.#busy) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#next) {
        const { args } = this.#next;
        this.#next = null;
        await this.#run(args);
      }
    } finally {
      this.#busy = false;
    }
  }
}
