import type { PacketView } from './packet-view';

/** Between two looks; and so many times as long as one took. */
const REST_MS = 2000;
const COST_FACTOR = 10;

/**
 * Filters that ask for flows (`flow.state`, `flow.process`) have other answers while flows go on. In a session without an end they are asked
 * again from time to time: a second view is made beside the one that is shown, and takes its place when it has looked at everything.
 */
export class ViewRenewal {
  #busy = false;
  #next = 0;

  /** Another filter, or another session: it is looked for at once. */
  reset(): void {
    this.#next = 0;
  }

  /** Does nothing where it is too early. `use` is called with the view that is through. */
  renew(make: () => PacketView | null, use: (view: PacketView) => void): void {
    const started = performance.now();
    if (this.#busy || started < this.#next) return;
    const view = make();
    if (!view) return;
    this.#busy = true;
    void view
      .advance(() => undefined)
      .then(() => {
        const now = performance.now();
        this.#busy = false;
        this.#next = now + Math.max(REST_MS, COST_FACTOR * (now - started));
        use(view);
      });
  }
}
