import type { Point } from './place-new';

/** What is to be arranged; sizes and places in pixels. */
export interface ArrangeTask {
  readonly number: number;
  readonly nodes: readonly { readonly id: string; readonly size: number; readonly at: Point; readonly isFixed: boolean }[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

export interface Arranged {
  readonly number: number;
  readonly places: readonly (readonly [id: string, at: Point])[];
}

/** Arranges graphs in a thread of its own: it takes a second for hundreds of nodes, and the window goes on meanwhile. */
export class Arranger {
  readonly #worker: Worker;
  readonly #onArranged: (places: Arranged['places']) => void;
  #number = 0;

  constructor(onArranged: (places: Arranged['places']) => void) {
    this.#onArranged = onArranged;
    this.#worker = new Worker(new URL('./arrange-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<Arranged>) => {
      if (data.number === this.#number) this.#onArranged(data.places);
    };
  }

  /** Only the newest is answered. */
  ask(task: Omit<ArrangeTask, 'number'>): void {
    this.#worker.postMessage({ ...task, number: ++this.#number } satisfies ArrangeTask);
  }

  stop(): void {
    this.#worker.terminate();
  }
}
