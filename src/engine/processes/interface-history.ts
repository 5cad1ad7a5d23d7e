import type { InterfaceSeries } from '../../shared/contract/processes';
import type { InterfaceTraffic, SocketSnapshot } from '../sources/sockets/socket-snapshot';

/** Looks that are kept: an hour of them. When they are more, every second one of the older half goes. */
const MAX_LOOKS = 720;
/** A host with containers has one for each; those that come first in its list are its own. */
const MAX_INTERFACES = 64;

const COUNTERS = ['receivedBytes', 'sentBytes', 'receivedPackets', 'sentPackets'] as const;
type Counters = Pick<InterfaceTraffic, (typeof COUNTERS)[number]>;

interface Look {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly counters: ReadonlyMap<string, Counters>;
}

/** Counters of the interfaces over time, at most 720 looks of 64 interfaces: 5 MB. */
export class InterfaceHistory {
  readonly #names: string[] = [];
  #looks: Look[] = [];

  take({ time, interfaces }: SocketSnapshot): void {
    const before = this.#looks.at(-1);
    // Without an interface there was no answer; a clock that was set back would give negative times.
    if (interfaces.length === 0 || (before && before.time >= time)) return;
    const counters = new Map<string, Counters>();
    for (const { name, receivedBytes, sentBytes, receivedPackets, sentPackets } of interfaces) {
      if (!this.#names.includes(name)) {
        if (this.#names.length >= MAX_INTERFACES) continue;
        this.#names.push(name);
      }
      counters.set(name, { receivedBytes, sentBytes, receivedPackets, sentPackets });
    }
    this.#looks.push({ time, counters });
    if (this.#looks.length > MAX_LOOKS) this.#looks = this.#looks.filter((_, index) => index >= MAX_LOOKS / 2 || index % 2 === 0);
  }

  /** Epoch milliseconds of the looks, one more than there are values. */
  times(): number[] {
    return this.#looks.map(({ time }) => time);
  }

  series(): InterfaceSeries[] {
    return this.#names.map((name) => ({
      name,
      receivedBytes: this.#rates(name, 'receivedBytes'),
      sentBytes: this.#rates(name, 'sentBytes'),
      receivedPackets: this.#rates(name, 'receivedPackets'),
      sentPackets: this.#rates(name, 'sentPackets'),
    }));
  }

  #rates(name: string, counter: keyof Counters): (number | null)[] {
    return this.#looks.slice(1).map(({ time, counters }, index) => {
      const before = this.#looks[index];
      const then = before?.counters.get(name)?.[counter];
      const now = counters.get(name)?.[counter];
      // Smaller than before: the interface was made anew.
      if (!before || then === undefined || now === undefined || now < then) return null;
      return (1000 * (now - then)) / (time - before.time);
    });
  }
}
