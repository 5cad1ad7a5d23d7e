import type { Alert } from '../alert';
import { ANY_PACKET, type PacketFacts } from '../facts';
import type { Gap } from '../gaps';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { HeavyCounter, type HeavyEnds } from './heavy-ends';
import { RateBaseline } from './rate-baseline';
import { TalkBalance } from './talk-balance';

const SECOND = 1_000_000_000;
/** Seconds that mean and deviation are of. */
const WINDOW = 300;
/** An excursion that lasts longer than the window is how things are now. */
const LONGEST = WINDOW;
/** Part of the bytes that one pair (or one receiver) has to have made to be named. */
const NAMED_SHARE = 0.5;
/** Smallest deviation, as a part of the mean: busy links vary by half without anything being wrong. */
const RELATIVE_FLOOR = 0.5;
/** The same, as a part of the mean of everything: what is little beside a link's ordinary load is no spike. */
const LOAD_FLOOR = 0.25;

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
 * relative to the mean, since in a silent network everything would be a spike. Bytes of ordinary transfers (`TalkBalance`) are no part
 * of what stands out: a mirror, a backup or a film is as fast as the line allows, and no attack. What is left has to stand out several seconds
 * in a row. Samples over the threshold enter the baseline cut down to the threshold: a spike does not make the next one look
 * ordinary, a lasting change does after a while.
 */
class SpikeDetector implements Detector {
  readonly packetClasses = ANY_PACKET;
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  /** Of what stood out of ordinary transfers, as far as it was told apart; and of everything. */
  readonly #baseline = new RateBaseline(WINDOW);
  readonly #load = new RateBaseline(WINDOW);
  readonly #pairs = new HeavyCounter();
  readonly #receivers = new HeavyCounter();
  #second = Number.NEGATIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;
  #bytes = 0;
  /** A gap ended in this second. */
  #isPartial = false;
  /** Bytes of the second from which on it stands out. */
  #limit = Number.POSITIVE_INFINITY;
  /** The second before was over the limit: this one is looked at from its beginning. */
  #watching = false;
  /** Bytes without a known transfer since the ends were counted anew; all that were looked at in this second. */
  #counted = 0;
  #looked = 0;
  readonly #talks = new TalkBalance();
  #excursion: Excursion | null = null;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  packet(packet: PacketFacts): void {
    if (packet.now >= this.#end) this.#advance(packet.now);
    const { length } = packet;
    this.#bytes += length;
    if (this.#watching || this.#bytes >= this.#limit) this.#countEnds(packet, length);
  }

  /** The seconds of a gap are no samples, nor are those that it begins and ends in: less was seen of them than there was. */
  gap({ to, share }: Gap): void {
    if (share < 1 || to < this.#end) return;
    this.#excursion = null;
    this.#watching = false;
    this.#startSecond();
    this.#second = Math.floor(to / SECOND);
    this.#end = (this.#second + 1) * SECOND;
    this.#isPartial = true;
  }

  /** Only once a second is over the limit: an excursion is long enough to find who makes it. */
  #countEnds(packet: PacketFacts, length: number): void {
    const { source, destination } = packet;
    this.#looked += length;
    if (source < 0) {
      this.#counted += length;
      return;
    }
    const { isLocal } = this.#context;
    const own = packet.backward ? isLocal(destination) && !isLocal(source) : isLocal(source) && !isLocal(destination);
    if (this.#talks.add(packet, own)) return;
    this.#counted += length;
    this.#pairs.add(source, destination, length, packet.row, packet.flow);
    this.#receivers.add(-1, destination, length, packet.row, packet.flow);
  }

  /** The second is over; the ones between it and `now` were silent. */
  #advance(now: number): void {
    const second = Math.floor(now / SECOND);
    const passed = second - this.#second;
    if (passed > WINDOW) {
      // A jump: what was usual then says nothing about now.
      this.#baseline.clear();
      this.#load.clear();
      this.#excursion = null;
      this.#watching = false;
    } else {
      this.#watching = passed === 1 && this.#bytes >= this.#limit;
      const standingOut = this.#standingOut();
      if (!this.#isPartial) this.#judge(this.#bytes, standingOut);
      this.#startSecond();
      for (let silent = 1; silent < passed; silent++) this.#judge(0, 0);
    }
    this.#startSecond();
    const { samples, score } = this.#values;
    this.#limit = this.#baseline.count < samples ? Number.POSITIVE_INFINITY : this.#baseline.mean + score * this.#deviation();
    this.#isPartial = false;
    this.#second = second;
    this.#end = (second + 1) * SECOND;
  }

  /** Bytes of the second without those of ordinary transfers; of a second that was looked at in part, by their share of that part. */
  #standingOut(): number {
    if (this.#looked === 0) return this.#bytes;
    const ordinary = Math.min(1, this.#talks.endSecond() / this.#looked);
    return this.#bytes * (1 - ordinary);
  }

  #startSecond(): void {
    this.#bytes = 0;
    if (this.#looked > 0 && !this.#watching) this.#talks.clear();
    this.#looked = 0;
    // What was counted before the transfers were known may name the wrong ends.
    if (this.#counted === 0 || (this.#excursion !== null && this.#excursion.seconds > 1)) return;
    this.#counted = 0;
    this.#pairs.clear();
    this.#receivers.clear();
  }

  #judge(bytes: number, standingOut: number): void {
    const { score, samples } = this.#values;
    const { mean } = this.#baseline;
    const deviation = this.#deviation();
    const limit = mean + score * deviation;
    const isOver = standingOut >= limit && this.#baseline.count >= samples;
    if (!isOver) this.#excursion = null;
    else this.#isOver(standingOut, mean, deviation);
    this.#baseline.add(Math.min(standingOut, limit));
    this.#load.add(bytes);
  }

  #deviation(): number {
    const { mean, deviation } = this.#baseline;
    return Math.max(deviation, this.#values.floor, mean * RELATIVE_FLOOR, this.#load.mean * LOAD_FLOOR);
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
    if (excursion.seconds >= this.#values.sustained) excursion.alert = this.#raise(excursion);
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
        quiet: `Less than ${Math.round(mean + this.#values.score * deviation)} bytes/s, ordinary transfers left out, or fewer than ${this.#values.sustained} seconds in a row above it.`,
      },
    };
  }
}

const NOBODY: HeavyEnds = { source: -1, destination: -1, bytes: 0, row: 0, flow: -1 };

export const trafficSpike = defineRule({
  id: 'T8',
  type: 'traffic_spike',
  title: 'Traffic spike',
  about: 'Far more traffic than the five minutes before, for several seconds, that is no ordinary transfer.',
  severity: 'medium',
  technique: 'T1498',
  techniqueName: 'Network Denial of Service',
  thresholds,
  quietPeriod: 60,
  absorbs: [],
  make: (values, context) => new SpikeDetector(values, context),
});
