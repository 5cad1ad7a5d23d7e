import type { Nanoseconds } from '../../../shared/model/units';
import { beginAttacks } from './attacks/plot';
import { beginDay } from './everyday/day';
import { Link } from './link';
import { Random } from './random';
import { PcapWriter } from './wire/pcap-writer';
import { World } from './world';

export interface TrafficOptions {
  readonly seed: number;
  /** Milliseconds since 1970 of the beginning. */
  readonly epoch: number;
  /** false: nothing but an ordinary day. */
  readonly attacks?: boolean;
}

/** The day of a small server, as a capture of its network interface: endless, and with the same packets for the same seed. */
export class Traffic {
  readonly #writer = new PcapWriter();
  readonly #link: Link;
  #time: Nanoseconds = 0;

  constructor({ seed, epoch, attacks = true }: TrafficOptions) {
    const random = new Random(seed);
    this.#link = new Link(this.#writer, random, new World(seed));
    this.#link.epoch = epoch;
    beginDay(this.#link);
    if (attacks) beginAttacks(this.#link);
  }

  get packets(): number {
    return this.#writer.packets;
  }

  /** Milliseconds since 1970: another beginning, from which on the times of packets to come count. */
  set epoch(milliseconds: number) {
    this.#link.epoch = milliseconds;
  }

  /** Up to where it was taken, since the beginning. */
  get time(): Nanoseconds {
    return this.#time;
  }

  /** Bytes of the capture up to this time since the beginning, or some more than `atMost` of them; those before were taken. */
  take(until: Nanoseconds, atMost = Number.POSITIVE_INFINITY): Uint8Array {
    const { agenda } = this.#link;
    while (agenda.next <= until && this.#writer.length < atMost) agenda.step();
    this.#time = agenda.next <= until ? agenda.now : Math.max(this.#time, until);
    return this.#writer.take();
  }
}
