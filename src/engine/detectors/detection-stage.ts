import { DEFAULT_DETECTION, type DetectionSettings } from '../../shared/model/detection-settings';
import { Layer, PacketFlag } from '../../shared/model/packet-flags';
import type { AddressIndex, Nanoseconds, PacketIndex, TextIndex } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';
import type { AddressTable } from '../columns/address-table';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import type { TextTable } from '../columns/text-table';
import type { TransportBatch } from '../columns/transport-batch';
import { FlowEventKind, FlowEvents } from '../flows/flow-events';
import { AlertBook } from './alert-book';
import { FlowFacts, MessageFacts, PacketClass, PacketFacts } from './facts';
import { type Gap, Gaps } from './gaps';
import { type DetectionLists, NO_LISTS } from './lists';
import { LocalAddresses } from './local-addresses';
import { MessageBatch } from './message-batch';
import type { DetectionContext, Detector, Rule } from './rule';
import { RULES } from './rules';
import { valuesOf } from './settings';

const NANOSECONDS_A_SECOND = 1_000_000_000;
const CLASSES = 64;
const KINDS = 256;
const FLOW_KINDS = 8;
/** Lists of who is told of a flow event: by protocol << 3 | kind. */
const FLOW_LISTS = 256 * FLOW_KINDS;
const EVERY_PROTOCOL: readonly number[] = Array.from({ length: 256 }, (_, protocol) => protocol);
const EVERY_FLOW_KIND: readonly number[] = Object.values(FlowEventKind);
const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;
/** More than a capture loses its connection in the time of a batch. */
const MAX_PENDING_GAPS = 64;
const SYN = 2;
const ACK = 16;

/** What the stage reads; the session's tables are one. */
export interface DetectionTables {
  readonly packets: PacketTable;
  readonly addresses: AddressTable;
  readonly texts: TextTable;
}

export interface DetectionOptions {
  readonly settings?: DetectionSettings;
  readonly lists?: (addresses: AddressTable) => DetectionLists;
  readonly serviceName?: (service: number) => string;
}

/**
 * The rules at work on a session. One call a batch goes over its packets in order and hands each, with what it did to its flow and what it
 * said, to the rules that asked for it: what is found depends on the packets alone, not on how they were batched.
 */
export class DetectionStage {
  readonly gaps = new Gaps();
  readonly book = new AlertBook(this.gaps);
  /** The pipeline writes what happens in the batch into these. */
  readonly flowEvents = new FlowEvents();
  readonly messages = new MessageBatch();
  /** What the rules know of addresses. */
  readonly local: LocalAddresses;
  readonly lists: DetectionLists;
  readonly #tables: DetectionTables;
  readonly #packet = new PacketFacts();
  readonly #flow = new FlowFacts();
  readonly #message = new MessageFacts();
  readonly #detectors: Detector[] = [];
  readonly #ofClass: Detector[][] = Array.from({ length: CLASSES }, () => []);
  readonly #ofFlow: Detector[][] = Array.from({ length: FLOW_LISTS }, () => []);
  readonly #ofKind: Detector[][] = Array.from({ length: KINDS }, () => []);
  /** When each detector wants to be woken, by its place in the list. */
  #wakes = new Float64Array(0);
  #nextWake: Nanoseconds = Number.POSITIVE_INFINITY;
  /** Gaps that the packet clock has not come to, and the time from which the first of them is over. */
  #pendingGaps: Gap[] = [];
  #nextGap: Nanoseconds = Number.POSITIVE_INFINITY;
  /** The packet clock: the latest time seen. A packet with an earlier time, or none, happens now. */
  #now: Nanoseconds = Number.NEGATIVE_INFINITY;

  constructor(tables: DetectionTables, options: DetectionOptions = {}, rules: readonly Rule[] = RULES) {
    this.#tables = tables;
    const settings = options.settings ?? DEFAULT_DETECTION;
    const local = new LocalAddresses(tables.addresses, settings.ownAddresses);
    this.local = local;
    this.lists = options.lists?.(tables.addresses) ?? NO_LISTS;
    const context: DetectionContext = {
      addresses: tables.addresses,
      book: this.book,
      lists: this.lists,
      gaps: this.gaps,
      text: (index: TextIndex) => tables.texts.text(index),
      isLocal: (address: AddressIndex) => local.isLocal(address),
      isGroup: (address: AddressIndex) => local.isGroup(address),
      wakeAt: (detector, time) => this.#wakeAt(detector, time),
      serviceName: options.serviceName ?? (() => ''),
    };
    for (const rule of rules) {
      this.book.addRule(rule);
      if (!settings.disabled.includes(rule.type)) this.#add(rule.make(valuesOf(rule, settings), context));
    }
    this.#wakes = new Float64Array(this.#detectors.length).fill(Number.POSITIVE_INFINITY);
  }

  #add(detector: Detector): void {
    this.#detectors.push(detector);
    for (let bit = 1; bit < CLASSES; bit <<= 1) {
      if (detector.packet && ((detector.packetClasses ?? 0) & bit) !== 0) this.#ofClass[bit]?.push(detector);
    }
    if (detector.flow) {
      for (const protocol of detector.flowProtocols ?? EVERY_PROTOCOL)
        for (const kind of detector.flowKinds ?? EVERY_FLOW_KIND) this.#ofFlow[protocol * FLOW_KINDS + kind]?.push(detector);
    }
    for (const kind of detector.messageKinds ?? []) this.#ofKind[kind]?.push(detector);
  }

  /**
   * Packets of this time are missing. To be told before the packets behind it are gone over, or as soon as it is known: rules hear of it by the
   * packet clock, so that batches make no difference.
   */
  addGap(gap: Gap): void {
    if (this.#pendingGaps.length >= MAX_PENDING_GAPS) return;
    this.#pendingGaps.push(gap);
    this.#nextGap = Math.min(this.#nextGap, middleOf(gap));
  }

  /** Goes over rows from..to, which are entries 0.. of the transport batch; flow events and messages of the batch are taken. */
  process(from: PacketIndex, to: PacketIndex, transport: TransportBatch): void {
    const { flowEvents, messages } = this;
    let nextFlow = 0;
    let nextMessage = 0;
    for (let row = from; row < to; row++) {
      const i = row - from;
      this.#setPacket(row, i, transport);
      const { now } = this.#packet;
      this.book.now = now;
      if (now >= this.#nextGap) this.#tellGaps(now);
      if (now >= this.#nextWake) this.#wake(now);
      const interested = this.#ofClass[this.#packet.class] as Detector[];
      for (let d = 0; d < interested.length; d++) (interested[d] as Detector).packet?.(this.#packet);
      for (; nextFlow < flowEvents.count && flowEvents.row[nextFlow] === row; nextFlow++) {
        const listeners = this.#ofFlow[(flowEvents.protocol[nextFlow] ?? 0) * FLOW_KINDS + (flowEvents.kind[nextFlow] ?? 0)] as Detector[];
        if (listeners.length === 0) continue;
        this.#setFlow(nextFlow, now);
        for (let d = 0; d < listeners.length; d++) (listeners[d] as Detector).flow?.(this.#flow);
      }
      for (; nextMessage < messages.count && (messages.row[nextMessage] ?? 0) <= row; nextMessage++) {
        const listeners = this.#ofKind[messages.kind[nextMessage] ?? 0] as Detector[];
        if (listeners.length === 0) continue;
        this.#setMessage(nextMessage, row, i, transport);
        for (let d = 0; d < listeners.length; d++) (listeners[d] as Detector).message?.(this.#message);
      }
    }
    flowEvents.count = 0;
    messages.count = 0;
  }

  /** The capture is over. */
  finish(): void {
    if (this.#now === Number.NEGATIVE_INFINITY) return;
    for (const detector of this.#detectors) detector.finish?.(this.#now);
  }

  #tellGaps(now: Nanoseconds): void {
    const pending = this.#pendingGaps;
    this.#pendingGaps = pending.filter((gap) => middleOf(gap) > now);
    this.#nextGap = this.#pendingGaps.reduce((next, gap) => Math.min(next, middleOf(gap)), Number.POSITIVE_INFINITY);
    for (const gap of pending) {
      if (middleOf(gap) > now) continue;
      this.gaps.add(gap);
      for (const detector of this.#detectors) detector.gap?.(gap);
    }
  }

  #wakeAt(detector: Detector, time: Nanoseconds): void {
    const at = this.#detectors.indexOf(detector);
    if (time >= (this.#wakes[at] ?? 0)) return;
    this.#wakes[at] = time;
    if (time < this.#nextWake) this.#nextWake = time;
  }

  #wake(now: Nanoseconds): void {
    const wakes = this.#wakes;
    for (let d = 0; d < wakes.length; d++) {
      if ((wakes[d] ?? 0) > now) continue;
      wakes[d] = Number.POSITIVE_INFINITY;
      const next = this.#detectors[d]?.wake?.(now) ?? Number.POSITIVE_INFINITY;
      if (next < (wakes[d] ?? 0)) wakes[d] = Math.max(next, now + 1);
    }
    this.#nextWake = Number.POSITIVE_INFINITY;
    for (let d = 0; d < wakes.length; d++) if ((wakes[d] ?? 0) < this.#nextWake) this.#nextWake = wakes[d] ?? 0;
  }

  #setPacket(row: PacketIndex, i: number, transport: TransportBatch): void {
    const chunk = this.#tables.packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    const facts = this.#packet;
    const flags = chunk.flags[p] ?? 0;
    if ((flags & PacketFlag.Time) !== 0) {
      const time = (chunk.seconds[p] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[p] ?? 0);
      if (time > this.#now) this.#now = time;
    } else if (this.#now === Number.NEGATIVE_INFINITY) {
      this.#now = 0;
    }
    facts.row = row;
    facts.now = this.#now;
    facts.flags = flags;
    facts.length = chunk.length[p] ?? 0;
    const flow = chunk.flow[p] ?? NONE_32;
    facts.flow = flow === NONE_32 ? -1 : flow;
    facts.backward = (flags & PacketFlag.Backward) !== 0;
    const source = transport.flowSource[i] ?? NONE_32;
    const destination = transport.flowDestination[i] ?? NONE_32;
    facts.source = source === NONE_32 ? -1 : source;
    facts.destination = destination === NONE_32 ? -1 : destination;
    facts.sourcePort = transport.flowSourcePort[i] ?? 0;
    facts.destinationPort = transport.flowDestinationPort[i] ?? 0;
    facts.protocol = transport.flowProtocol[i] ?? 0;
    facts.tcpFlags = transport.tcpFlags[i] ?? 0;
    facts.sequence = transport.sequence[i] ?? 0;
    facts.payloadLength = transport.payloadLength[i] ?? 0;
    facts.class = classOf(chunk.layers[p] ?? 0, flags, facts);
  }

  #setFlow(at: number, now: Nanoseconds): void {
    const events = this.flowEvents;
    const facts = this.#flow;
    const ports = events.ports[at] ?? 0;
    facts.kind = events.kind[at] ?? 0;
    facts.row = events.row[at] ?? 0;
    facts.now = now;
    facts.flow = events.flow[at] ?? 0;
    facts.source = events.source[at] ?? 0;
    facts.destination = events.destination[at] ?? 0;
    facts.sourcePort = ports >>> 16;
    facts.destinationPort = ports & 0xffff;
    facts.protocol = events.protocol[at] ?? 0;
    facts.tcpFlags = events.tcpFlags[at] ?? 0;
    facts.firstTime = events.firstTime[at] ?? 0;
    facts.payload = events.payload[at] ?? 0;
    facts.payloadBack = events.payloadBack[at] ?? 0;
    facts.packets = events.packets[at] ?? 0;
    facts.packetsBack = events.packetsBack[at] ?? 0;
  }

  #setMessage(at: number, row: PacketIndex, i: number, transport: TransportBatch): void {
    const { messages } = this;
    const facts = this.#message;
    const packet = this.#packet;
    facts.kind = messages.kind[at] ?? 0;
    facts.row = row;
    facts.now = packet.now;
    facts.name = messages.name[at] ?? -1;
    facts.method = messages.method[at] ?? -1;
    facts.uri = messages.uri[at] ?? -1;
    facts.number = messages.number[at] ?? 0;
    facts.source = packet.source;
    facts.destination = packet.destination;
    facts.sourcePort = packet.sourcePort;
    facts.destinationPort = packet.destinationPort;
    facts.protocol = packet.protocol;
    facts.payloadLength = transport.payloadLength[i] ?? 0;
    facts.flow = packet.flow;
    facts.backward = packet.backward;
  }
}

/** No packet comes from inside a gap, and its ends are not exact to the nanosecond. */
const middleOf = ({ from, to }: Gap): Nanoseconds => (from + to) / 2;

function classOf(layers: number, flags: number, facts: PacketFacts): number {
  if ((layers & (Layer.Ipv4 | Layer.Ipv6)) === 0) return PacketClass.Link;
  if ((flags & PacketFlag.Fragment) !== 0 || facts.source < 0) return PacketClass.OtherIp;
  if ((flags & PacketFlag.IcmpError) !== 0) return PacketClass.Icmp;
  switch (facts.protocol) {
    case TCP:
      return (facts.tcpFlags & (SYN | ACK)) === SYN ? PacketClass.Syn : PacketClass.Tcp;
    case UDP:
      return PacketClass.Udp;
    case ICMP:
    case ICMPV6:
      return PacketClass.Icmp;
    default:
      return PacketClass.OtherIp;
  }
}
