import type { Alert } from '../alert';
import { ANY_PACKET, type PacketFacts } from '../facts';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { HeavyCounter, type HeavyEnds } from './heavy-ends';
import { RateBaseline } from './rate-baseline';

const SECOND = 1_000_000_000;
const TCP = 6;
/** Seconds that mean and deviation are of. */
const WINDOW = 300;
/** An excursion that lasts longer than the window is how things are now. */
const LONGEST = WINDOW;
/** Part of the bytes that one pair (or one receiver) has to have made to be named. */
const NAMED_SHARE = 0.5;
/** Smallest deviation, as a part of the mean: busy links vary by half without anything being wrong. */
const RELATIVE_FLOOR = 0.5;

const thresholds = {
  score: {
    label: 'Deviations above the mean (z)',
    unit: 'deviations',
    presets: { quiet: 5, balanced: 3, everything: 2.5 },
    min: 1,
    max: 100,
  },
  samples: {
    label: 'Seconds seen before anything is judged',
    unit: 's',
    presets: { quiet: 120, balanced: 60, everything: 30 },
    min: 10,
    max: WINDOW,
  },
  floor: {
    label: 'Smallest deviation',
    unit: 'bytes/s',
    presets: { quiet: 500_000, balanced: 100_000, everything: 25_000 },
    min: 1,
    max: 1e12,
  },
  sustained: { label: 'Seconds in a row', unit: 's', presets: { quiet: 5, balanced: 3, everything: 1 }, min: 1, max: 60 },
  download: {
    label: 'Seconds in a row where a client fetches it',
    unit: 's',
    presets: { quiet: 60, balanced: 30, everything: 5 },
    min: 1,
    max: WINDOW,
  },
} satisfies Thresholds;

/** The seconds in a row that are over the threshold. */
interface Excursion {
  readonly mean: number;
  readonly deviation: number;
  seconds: number;
  peak: number;
  bytes: number;
  alert: Alert | null;
}

/**
 * Samples are seconds of the packet clock and bytes on the wire; a second without packets counts as 0. The deviation has a floor, absolute and
 * relative to the mean, since in a silent network everything would be a spike. One page or file is over in a second or two and no spike, so
 * several seconds in a row have to stand out; where TCP brings what a client asked for, many more. Samples over the threshold enter the
 * baseline cut down to the threshold: a spike does not make the next one look ordinary, a lasting change does after a while.
 */
class SpikeDetector implements Detector {
  readonly packetClasses = ANY_PACKET;
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #baseline = new RateBaseline(WINDOW);
  readonly #pairs = new HeavyCounter();
  readonly #receivers = new HeavyCounter();
  #second = Number.NEGATIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;
  #bytes = 0;
  /** Bytes of the second from which on it stands out. */
  #limit = Number.POSITIVE_INFINITY;
  /** Of the bytes that stand out: all, and those that TCP brought to who asked for them. */
  #counted = 0;
  #fetched = 0;
  #excursion: Excursion | null = null;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  packet(packet: PacketFacts): void {
    if (packet.now >= this.#end) this.#advance(packet.now);
    const { length } = packet;
    this.#bytes += length;
    if (this.#bytes >= this.#limit || this.#excursion !== null) this.#countEnds(packet, length);
  }

  /** Only once the second is over the limit: an excursion is long enough to find who makes it. */
  #countEnds(packet: PacketFacts, length: number): void {
    const { source, destination } = packet;
    this.#counted += length;
    if (source < 0) return;
    this.#pairs.add(source, destination, length, packet.row, packet.flow);
    this.#receivers.add(-1, destination, length, packet.row, packet.flow);
    if (packet.backward && packet.protocol === TCP) this.#fetched += length;
  }

  /** The second is over; the ones between it and `now` were silent. */
  #advance(now: number): void {
    const second = Math.floor(now / SECOND);
    const passed = second - this.#second;
    if (passed > WINDOW) {
      // A jump: what was usual then says nothing about now.
      this.#baseline.clear();
      this.#excursion = null;
    } else {
      this.#judge(this.#bytes);
      this.#startSecond();
      for (let silent = 1; silent < passed; silent++) this.#judge(0);
    }
    this.#startSecond();
    const { samples, score } = this.#values;
    this.#limit = this.#baseline.count < samples ? Number.POSITIVE_INFINITY : this.#baseline.mean + score * this.#deviation();
    this.#second = second;
    this.#end = (second + 1) * SECOND;
  }

  #startSecond(): void {
    this.#bytes = 0;
    if (this.#excursion !== null) return;
    if (this.#counted === 0) return;
    this.#counted = 0;
    this.#fetched = 0;
    this.#pairs.clear();
    this.#receivers.clear();
  }

  #judge(bytes: number): void {
    const { score, samples } = this.#values;
    const { mean } = this.#baseline;
    const deviation = this.#deviation();
    const limit = mean + score * deviation;
    const isOver = bytes >= limit && this.#baseline.count >= samples;
    if (!isOver) this.#excursion = null;
    else this.#isOver(bytes, mean, deviation);
    this.#baseline.add(Math.min(bytes, limit));
  }

  #deviation(): number {
    return Math.max(this.#baseline.deviation, this.#values.floor, this.#baseline.mean * RELATIVE_FLOOR);
  }

  #isOver(bytes: number, mean: number, deviation: number): void {
    this.#excursion ??= { mean, deviation, seconds: 0, peak: 0, bytes: 0, alert: null };
    const excursion = this.#excursion;
    excursion.seconds++;
    excursion.bytes += bytes;
    excursion.peak = Math.max(excursion.peak, bytes);
    const { alert } = excursion;
    if (alert !== null && this.#context.book.isOpen(alert)) {
      this.#context.book.fold(alert, -1);
      if (excursion.seconds >= LONGEST) this.#excursion = null;
      return;
    }
    const { sustained, download } = this.#values;
    const isFetched = this.#fetched > this.#counted * NAMED_SHARE;
    if (excursion.seconds >= (isFetched ? download : sustained)) excursion.alert = this.#raise(excursion);
  }

  #raise(excursion: Excursion): Alert | null {
    const pair = this.#pairs.heaviest();
    const receiver = this.#receivers.heaviest();
    const least = this.#counted * NAMED_SHARE;
    const named: HeavyEnds = pair.bytes >= least ? pair : receiver.bytes >= least ? receiver : NOBODY;
    const { seconds } = excursion;
    const share = Math.min(1, Math.round((named.bytes / this.#counted) * 100) / 100);
    return this.#context.book.raise({
      type: 'traffic_spike',
      source: named.source,
      target: named.destination,
      since: (this.#second - seconds + 1) * SECOND,
      rows: named === NOBODY ? [] : [named.row],
      flows: named === NOBODY || named.flow < 0 ? [] : [named.flow],
      describe: () => this.#describe(excursion, named, share),
    });
  }

  #describe({ mean, deviation, peak, seconds, bytes }: Excursion, { source, destination }: HeavyEnds, share: number) {
    const { addresses } = this.#context;
    const rate = Math.round(bytes / seconds);
    const z = Math.round(((peak - mean) / deviation) * 10) / 10;
    const from = source < 0 ? 'many senders' : addresses.text(source);
    const to = destination < 0 ? 'many receivers' : addresses.text(destination);
    return {
      title: 'Traffic spike',
      description: `${rate} bytes/s for ${seconds} s, where ${Math.round(mean)} bytes/s are usual; most of it from ${from} to ${to}.`,
      evidence: {
        bytesPerSecond: rate,
        peak,
        mean: Math.round(mean),
        deviation: Math.round(deviation),
        z,
        seconds,
        share,
      },
      why: {
        measure: 'deviations above the mean rate',
        value: z,
        threshold: this.#values.score,
        unit: 'deviations',
        window: WINDOW,
        quiet: `Less than ${Math.round(mean + this.#values.score * deviation)} bytes/s, or fewer than ${this.#values.sustained} seconds in a row above it.`,
      },
    };
  }
}

const NOBODY: HeavyEnds = { source: -1, destination: -1, bytes: 0, row: 0, flow: -1 };

export const trafficSpike = defineRule({
  id: 'T8',
  type: 'traffic_spike',
  title: 'Traffic spike',
  about: 'Far more traffic than the five minutes before, for several seconds.',
  severity: 'medium',
  technique: 'T1498',
  techniqueName: 'Network Denial of Service',
  thresholds,
  quietPeriod: 60,
  absorbs: [],
  make: (values, context) => new SpikeDetector(values, context),
});
