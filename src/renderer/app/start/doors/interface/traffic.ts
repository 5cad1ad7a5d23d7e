import type { InterfaceCounters } from '../../../../../shared/contract/live';

/** Samples that are kept of an interface, one a second. */
export const SAMPLES = 30;

export interface Traffic {
  /** Bytes a second, oldest first. */
  readonly samples: readonly number[];
  readonly packetsPerSecond: number;
  readonly bitsPerSecond: number;
}

interface Counted {
  readonly time: number;
  readonly counters: ReadonlyMap<string, InterfaceCounters>;
}

/** What each interface carries, from counters that are read again and again. */
export class TrafficMeter {
  #last: Counted | null = null;
  #traffic: ReadonlyMap<string, Traffic> = new Map();

  get traffic(): ReadonlyMap<string, Traffic> {
    return this.#traffic;
  }

  /** `time` in milliseconds. */
  add(time: number, counters: readonly InterfaceCounters[]): void {
    const last = this.#last;
    this.#last = { time, counters: new Map(counters.map((each) => [each.name, each])) };
    if (last === null || time <= last.time) return;
    const seconds = (time - last.time) / 1000;
    const traffic = new Map<string, Traffic>();
    for (const { name, packets, bytes } of counters) {
      const before = last.counters.get(name);
      if (!before) continue;
      // Counters begin anew where an interface was made again.
      const perSecond = (now: number, then: number): number => Math.max(0, now - then) / seconds;
      const bytesPerSecond = perSecond(bytes, before.bytes);
      traffic.set(name, {
        samples: [...(this.#traffic.get(name)?.samples ?? []), bytesPerSecond].slice(-SAMPLES),
        packetsPerSecond: perSecond(packets, before.packets),
        bitsPerSecond: 8 * bytesPerSecond,
      });
    }
    this.#traffic = traffic;
  }
}
