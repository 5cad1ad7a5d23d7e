import type { AlertType } from '../../../shared/model/alerts';
import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { Alert } from '../alert';
import type { Gap } from '../gaps';
import type { DetectionContext } from '../rule';
import { HeavySources } from './heavy-sources';

const SECOND = 1_000_000_000;
/** Targets watched at a time, 0.7 KB each; by hash, a busier one keeps its place. */
const TARGETS = 1024;
/** Seconds counted together. */
const WINDOW = 10;
/** Of the baseline's moving average, in seconds. */
const MEMORY = 60;
const ROWS = 32;

/** Packets to one target by second, and what is usual for it. */
class FloodTarget {
  target: AddressIndex = -1;
  second = 0;
  /** Of the window. */
  packets = 0;
  /** Flows begun in the window. */
  begun = 0;
  /** Of the window, on average over the last minutes before it. */
  baseline = 0;
  /** Since the alert's first. */
  total = 0;
  alert: Alert | null = null;
  readonly sources = new HeavySources();
  readonly #packets = new Int32Array(WINDOW);
  readonly #begun = new Int32Array(WINDOW);
  readonly #rows = new Int32Array(ROWS);
  readonly #flows = new Int32Array(ROWS);
  #noted = 0;

  reset(target: AddressIndex, second: number): void {
    this.target = target;
    this.second = second;
    this.baseline = 0;
    this.total = 0;
    this.alert = null;
    this.#noted = 0;
    this.#empty();
  }

  #empty(): void {
    this.packets = 0;
    this.begun = 0;
    this.#packets.fill(0);
    this.#begun.fill(0);
    this.sources.clear();
  }

  advance(second: number): void {
    const steps = second - this.second;
    if (steps <= 0) return;
    // What leaves the window becomes a part of what is usual.
    for (let s = this.second + 1; s <= Math.min(second, this.second + WINDOW); s++) {
      const at = s % WINDOW;
      const leaving = this.#packets[at] ?? 0;
      this.baseline += (leaving * WINDOW - this.baseline) / MEMORY;
      this.packets -= leaving;
      this.begun -= this.#begun[at] ?? 0;
      this.#packets[at] = 0;
      this.#begun[at] = 0;
    }
    if (steps > WINDOW) this.baseline *= (1 - 1 / MEMORY) ** (steps - WINDOW);
    if (this.packets === 0) this.sources.clear();
    this.second = second;
  }

  /** Nothing is known of the seconds until this one: what is usual stays, and the window begins anew. */
  skipTo(second: number): void {
    if (second <= this.second) return;
    this.second = second;
    this.#empty();
  }

  add(source: AddressIndex, row: PacketIndex, flow: FlowIndex): void {
    const at = this.second % WINDOW;
    this.#packets[at] = (this.#packets[at] ?? 0) + 1;
    this.packets++;
    this.total++;
    this.sources.add(source);
    const noted = this.#noted++ % ROWS;
    this.#rows[noted] = row;
    this.#flows[noted] = flow;
  }

  addBegun(): void {
    const at = this.second % WINDOW;
    this.#begun[at] = (this.#begun[at] ?? 0) + 1;
    this.begun++;
  }

  /** A flow that began in `second` was wanted after all, with so many packets. */
  takeBack(second: number, packets: number): void {
    if (second > this.second || this.second - second >= WINDOW) return;
    const at = second % WINDOW;
    const counted = Math.min(packets, this.#packets[at] ?? 0);
    this.#packets[at] = (this.#packets[at] ?? 0) - counted;
    this.packets -= counted;
    this.total = Math.max(0, this.total - counted);
    if ((this.#begun[at] ?? 0) === 0) return;
    this.#begun[at] = (this.#begun[at] ?? 0) - 1;
    this.begun--;
  }

  rows(): PacketIndex[] {
    return this.#latest(this.#rows);
  }

  flows(): FlowIndex[] {
    return this.#latest(this.#flows);
  }

  #latest(from: Int32Array): number[] {
    const count = Math.min(this.#noted, ROWS);
    return Array.from({ length: count }, (_, i) => from[(this.#noted - count + i) % ROWS] ?? -1);
  }
}

export interface FloodOptions {
  readonly type: AlertType;
  /** 'UDP', 'ICMP'. */
  readonly protocol: string;
  /** Within ten seconds. */
  readonly packets: number;
  /** Times the baseline. */
  readonly ratio: number;
  /** Flows that must have begun in the window, by its packets. */
  readonly minFlows: (packets: number) => number;
  /** What would have kept it quiet beside fewer packets. */
  readonly quiet: string;
}

/** Counts one protocol's packets to each target, and raises an alert where they are many and far more than usual. */
export class FloodCounter {
  readonly #context: DetectionContext;
  readonly #options: FloodOptions;
  readonly #targets: (FloodTarget | undefined)[] = new Array<FloodTarget | undefined>(TARGETS).fill(undefined);

  constructor(options: FloodOptions, context: DetectionContext) {
    this.#options = options;
    this.#context = context;
  }

  /** A packet that nobody asked for, as far as one can see. */
  add(packet: {
    readonly source: AddressIndex;
    readonly destination: AddressIndex;
    readonly now: Nanoseconds;
    readonly row: PacketIndex;
    readonly flow: FlowIndex;
  }): void {
    const target = this.#take(packet.destination, packet.now);
    if (target === null) return;
    target.add(packet.source, packet.row, packet.flow);
    const { packets, ratio, minFlows } = this.#options;
    if (target.packets < packets || target.packets < ratio * target.baseline || target.begun < minFlows(target.packets)) return;
    // Once a tenth of the threshold: a flood has a million packets.
    const known = target.alert !== null && this.#context.book.isOpen(target.alert);
    if (!known || target.total % Math.ceil(packets / 10) === 0) this.#found(target, known ? target.alert : null, packet.row, packet.flow);
  }

  gap({ to, share }: Gap): void {
    if (share < 1) return;
    for (const target of this.#targets) target?.skipTo(Math.floor(to / SECOND));
  }

  /** A flow to the target began at this time. */
  addFlow(target: AddressIndex, now: Nanoseconds): void {
    this.#take(target, now)?.addBegun();
  }

  /** A flow was answered for the first time, after so many packets. */
  takeBack(target: AddressIndex, began: Nanoseconds, packets: number): void {
    const known = this.#targets[this.#place(target)];
    if (known?.target === target) known.takeBack(Math.floor(began / SECOND), packets);
  }

  #place(address: AddressIndex): number {
    return (Math.imul(address, 0x9e3779b1) >>> 16) % TARGETS;
  }

  #take(address: AddressIndex, now: Nanoseconds): FloodTarget | null {
    const second = Math.floor(now / SECOND);
    const at = this.#place(address);
    let target = this.#targets[at];
    if (target === undefined) {
      target = new FloodTarget();
      this.#targets[at] = target;
      target.reset(address, second);
    } else if (target.target !== address) {
      target.advance(second);
      // A busy target loses its place to nobody, a quiet one (less than a packet a second) to the next.
      if (target.packets + target.baseline >= WINDOW) return null;
      target.reset(address, second);
    }
    target.advance(second);
    return target;
  }

  #found(target: FloodTarget, known: Alert | null, row: PacketIndex, flow: FlowIndex): void {
    const { book, addresses } = this.#context;
    const { protocol, type, packets: threshold, ratio, quiet } = this.#options;
    if (known === null) target.total = target.packets;
    const { packets, total, sources, begun } = target;
    const distinct = sources.distinct;
    const source = sources.majority;
    const baseline = Math.round(target.baseline);
    const top = sources.top();
    const to = target.target;
    const describe = () => {
      const from = source >= 0 ? addresses.text(source) : `about ${distinct.toLocaleString('en')} addresses`;
      return {
        title: `${protocol} flood`,
        description: `${from} sent ${addresses.text(to)} ${packets.toLocaleString('en')} ${protocol} packets in 10 s; ${baseline.toLocaleString('en')} are usual.`,
        evidence: {
          packets,
          total,
          window: WINDOW,
          baseline,
          sources: distinct,
          flows: begun,
          ...(top.length > 0 && { topSources: top.map((address) => addresses.text(address)) }),
        },
        why: {
          measure: `${protocol} packets to one address`,
          value: packets,
          threshold: Math.ceil(threshold),
          unit: 'packets',
          window: WINDOW,
          quiet: `Fewer than ${Math.ceil(threshold)} packets in 10 s, less than ${ratio} times what is usual, or ${quiet}.`,
        },
      };
    };
    if (known !== null) {
      known.describe = describe;
      book.fold(known, row, flow);
      return;
    }
    target.alert = book.raise({ type, source, target: to, rows: target.rows(), flows: target.flows(), describe });
  }
}
