import { EventKind } from '../../../shared/model/event-kinds';
import { PacketFlag } from '../../../shared/model/packet-flags';
import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { Alert } from '../alert';
import { type MessageFacts, PacketClass, type PacketFacts } from '../facts';
import type { Gaps } from '../gaps';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { EchoTunnels } from './echo-tunnel';
import { ListedTexts } from './listed-texts';
import { SlidingBytes } from './sliding-bytes';

const HOUR: Nanoseconds = 3600 * 1_000_000_000;
const MEGABYTE = 1_000_000;
const ICMP = 1;
/** Pairs whose last hour is known, 0.6 KB each, and senders whose usual hour is known. */
const MAX_PAIRS = 4096;
const MAX_SENDERS = 4096;
/** Flows whose bytes are gathered before their pair is looked up. */
const GATHERED = 16_384;
/** Gathered bytes of a flow that go to its pair: an alert is at most this much late. */
const ENOUGH: Bytes = 32_768;
/** A flow that makes room for another leaves less than this behind: floods of single packets never reach the pairs. */
const NEGLIGIBLE: Bytes = 2048;
/** Packets with less payload are acknowledgements (of QUIC too), not what an upload is made of. */
const MIN_PAYLOAD: Bytes = 48;
/** Peers that were greeted as a backup service. */
const MAX_BACKUPS = 4096;
/** Services that keep their user's own backups and nothing else; storage and file sharing for anybody are none. */
const BACKUPS: ReadonlySet<string> = new Set(
  'backblaze.com carbonite.com crashplan.com code42.com crashplanpro.com idrive.com acronis.com spideroak.com tarsnap.com icloud.com icloud-content.com'.split(
    ' ',
  ),
);
/** Requests of changing size that a tunnel makes for each answer that is unlike its request, at least. */
const MIN_CHANGES = 2;
/** Weight of the newest hour in the usual one. */
const NEWEST = 0.25;

const thresholds = {
  bytes: {
    label: 'Upload to one external peer in an hour',
    unit: 'MB',
    presets: { quiet: 1000, balanced: 100, everything: 20 },
    min: 1,
    max: 1e6,
  },
  echoes: {
    label: 'Answers to pings that are unlike their request, within ten minutes',
    unit: 'answers',
    presets: { quiet: 30, balanced: 10, everything: 5 },
    min: 2,
    max: 10_000,
  },
  factor: { label: 'Times the usual hour', unit: 'x', presets: { quiet: 20, balanced: 10, everything: 5 }, min: 1, max: 1000 },
} satisfies Thresholds;

/** The service that a name belongs to, where it keeps backups and nothing else. */
function backupService(name: string): string | null {
  const domain = name.toLowerCase().split('.').slice(-2).join('.');
  return BACKUPS.has(domain) ? domain : null;
}

/** What somebody uploads in an hour in which they upload anything. */
class UsualHour {
  bytes: Bytes = 0;
  usual: Bytes = 0;
  #hour = Number.NEGATIVE_INFINITY;

  add(now: Nanoseconds, bytes: Bytes, gaps: Gaps): void {
    const hour = Math.floor(now / HOUR);
    if (hour !== this.#hour) {
      // Of an hour that was captured in part more may be usual than was seen, not less.
      const isLess = this.bytes < this.usual && gaps.silenced(this.#hour * HOUR, (this.#hour + 1) * HOUR);
      if (this.bytes > 0 && !isLess) this.usual = this.usual === 0 ? this.bytes : this.usual + NEWEST * (this.bytes - this.usual);
      this.bytes = 0;
      this.#hour = hour;
    }
    this.bytes += bytes;
  }
}

interface Pair {
  readonly window: SlidingBytes;
  readonly own: UsualHour;
  alert: Alert | null;
  /** Upload in the alert's hour so far; the baseline it was held against. */
  most: Bytes;
  baseline: Bytes;
}

/**
 * An upload is what a local address sends in flows that it opened itself: a server whose files are fetched uploads nothing. What is usual is
 * the mean of the earlier hours (weighted to the newer ones) in which the pair, or the sender to anyone, uploaded anything, whichever is
 * more: a nightly backup of the same size is usual from its second night on. In the first hour nothing is known to be usual, and the
 * absolute threshold decides alone. Pings that carry something (`EchoTunnels`) need no such amount: no machine answers a ping with anything else.
 */
class ExfiltrationDetector implements Detector {
  readonly packetClasses = PacketClass.Tcp | PacketClass.Udp | PacketClass.Icmp | PacketClass.OtherIp;
  readonly messageKinds = [EventKind.TlsClientHello];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #pairs = new LruMap<string, Pair>(MAX_PAIRS);
  readonly #senders = new LruMap<AddressIndex, UsualHour>(MAX_SENDERS);
  readonly #backups = new LruMap<AddressIndex, true>(MAX_BACKUPS);
  readonly #backupNames: ListedTexts;
  readonly #echoes = new EchoTunnels();
  readonly #flow = new Int32Array(GATHERED).fill(-1);
  readonly #bytes = new Float64Array(GATHERED);
  readonly #source = new Int32Array(GATHERED);
  readonly #destination = new Int32Array(GATHERED);
  readonly #port = new Uint16Array(GATHERED);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#backupNames = new ListedTexts(context, backupService);
  }

  message({ name, destination }: MessageFacts): void {
    if (destination >= 0 && this.#backupNames.find(name) !== null) this.#backups.set(destination, true);
  }

  packet(packet: PacketFacts): void {
    const { flow, payloadLength } = packet;
    if (packet.protocol === ICMP && flow >= 0 && (packet.flags & PacketFlag.IcmpError) === 0) {
      this.#echo(packet);
      return;
    }
    if (payloadLength < MIN_PAYLOAD || packet.backward || flow < 0) return;
    const at = flow % GATHERED;
    if (this.#flow[at] !== flow) {
      if ((this.#bytes[at] ?? 0) >= NEGLIGIBLE) this.#handOver(at, packet.row, packet.now);
      this.#flow[at] = flow;
      this.#bytes[at] = 0;
      this.#source[at] = packet.source;
      this.#destination[at] = packet.destination;
      this.#port[at] = packet.destinationPort;
    }
    const bytes = (this.#bytes[at] ?? 0) + payloadLength;
    this.#bytes[at] = bytes;
    if (bytes >= ENOUGH) this.#handOver(at, packet.row, packet.now);
  }

  #echo(packet: PacketFacts): void {
    const pair = this.#echoes.add(packet);
    const threshold = Math.ceil(this.#values.echoes);
    if (pair === null || pair.unlike < threshold || pair.changes < threshold * MIN_CHANGES || (pair.unlike > threshold && !packet.backward))
      return;
    const { addresses, book } = this.#context;
    const { source, destination, requests, bytes, unlike, changes, rows } = pair;
    book.raise({
      type: 'data_exfiltration',
      source,
      target: destination,
      detail: 'ICMP',
      since: pair.since,
      rows,
      flows: [pair.flow],
      describe: () => ({
        title: 'Tunnel in pings',
        description: `${addresses.text(source)} and ${addresses.text(destination)} exchange pings whose answers are unlike what they answer: they carry something else, past firewalls.`,
        evidence: { requests, bytes, unlikeAnswers: unlike, sizeChanges: changes },
        why: {
          measure: 'answers to pings that are unlike their request',
          value: unlike,
          threshold,
          unit: 'answers',
          window: 600,
          quiet: `Fewer than ${threshold} answers that are unlike their request within 600 s: a machine answers a ping with what it was sent.`,
        },
      }),
    });
  }

  #handOver(at: number, row: PacketIndex, now: Nanoseconds): void {
    const bytes = this.#bytes[at] ?? 0;
    const source = this.#source[at] ?? -1;
    const destination = this.#destination[at] ?? -1;
    this.#bytes[at] = 0;
    const { isLocal, isGroup } = this.#context;
    if (source < 0 || destination < 0 || !isLocal(source) || isLocal(destination) || isGroup(destination)) return;
    if (this.#backups.get(destination) === true) return;
    const key = `${source} ${destination}`;
    let pair = this.#pairs.touch(key);
    if (pair === undefined) {
      pair = { window: new SlidingBytes(HOUR), own: new UsualHour(), alert: null, most: 0, baseline: 0 };
      this.#pairs.set(key, pair);
    }
    let sender = this.#senders.touch(source);
    if (sender === undefined) {
      sender = new UsualHour();
      this.#senders.set(source, sender);
    }
    sender.add(now, bytes, this.#context.gaps);
    pair.own.add(now, bytes, this.#context.gaps);
    pair.window.add(now, bytes);
    const total = pair.window.total;
    if (total <= this.#values.bytes * MEGABYTE) return;
    const baseline = Math.max(pair.own.usual, sender.usual);
    if (total <= baseline * this.#values.factor) return;
    this.#found(pair, total, baseline, source, destination, this.#port[at] ?? 0, row, this.#flow[at] ?? -1);
  }

  #found(
    pair: Pair,
    total: Bytes,
    baseline: Bytes,
    source: AddressIndex,
    target: AddressIndex,
    targetPort: number,
    row: PacketIndex,
    flow: FlowIndex,
  ): void {
    const { book } = this.#context;
    if (pair.alert !== null && book.isOpen(pair.alert)) {
      // An occurrence is a tenth more, not every packet.
      if (total < pair.most * 1.1) return;
      pair.most = total;
      book.fold(pair.alert, row, flow);
      return;
    }
    pair.most = total;
    pair.baseline = baseline;
    pair.alert = book.raise({
      type: 'data_exfiltration',
      source,
      target,
      targetPort,
      rows: [row],
      flows: flow < 0 ? [] : [flow],
      describe: () => this.#describe(pair, source, target),
    });
  }

  #describe({ most, baseline }: Pair, source: AddressIndex, target: AddressIndex) {
    const { addresses } = this.#context;
    const megabytes = Math.round(most / MEGABYTE);
    return {
      title: 'Large upload to one external peer',
      description: `${addresses.text(source)} sent ${megabytes} MB to ${addresses.text(target)} within an hour; ${Math.round(baseline / MEGABYTE)} MB are usual.`,
      evidence: { bytes: most, usualBytes: Math.round(baseline), factor: baseline === 0 ? 0 : Math.round(most / baseline) },
      why: {
        measure: 'upload to one external peer',
        value: megabytes,
        threshold: this.#values.bytes,
        unit: 'MB',
        window: 3600,
        quiet: `Less than ${this.#values.bytes} MB in an hour, or less than ${this.#values.factor} times the usual hour.`,
      },
    };
  }
}

export const dataExfiltration = defineRule({
  id: 'T20',
  type: 'data_exfiltration',
  title: 'Data exfiltration',
  about: 'A local device uploads far more to one address on the internet than it usually does, or hides a connection in pings.',
  severity: 'high',
  technique: 'T1048',
  techniqueName: 'Exfiltration Over Alternative Protocol',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new ExfiltrationDetector(values, context),
});
