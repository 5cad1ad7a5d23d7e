import type { LiveCounts } from '../live/live-capture';

const KEYS = ['received', 'droppedByKernel', 'droppedByInterface'] as const;

/** The counts of all stretches of a capture together; a stretch that never told its counts adds nothing. */
export class CountSum {
  #past: LiveCounts = { received: null, droppedByKernel: null, droppedByInterface: null };

  add(counts: LiveCounts): void {
    this.#past = this.with(counts);
  }

  /** Together with the stretch that is under way. */
  with(counts: LiveCounts | null): LiveCounts {
    const sum = { ...this.#past };
    for (const key of KEYS) {
      const more = counts?.[key] ?? null;
      if (more !== null) sum[key] = (sum[key] ?? 0) + more;
    }
    return sum;
  }
}
