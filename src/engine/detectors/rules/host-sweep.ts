import { EventKind } from '../../../shared/model/event-kinds';
import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { Alert, AlertText } from '../alert';
import { ContactTable, HELD } from '../contact-table';
import type { FlowFacts, MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Values } from '../rule';
import { ProbeKind, probeKind } from './port-attempts';
import { ANSWER_LIMIT, sequentialShare } from './port-scan-state';

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMPV6 = 58;
const SECOND = 1_000_000_000;
/** Pairs of source and service that are looked at: 784 bytes each. */
const SERVICE_BITS = 13;
/** Attempts that wait for an answer, a power of two: the oldest is taken to have none where more do. */
const MAX_WAITING = 65_536;
/** Sources and services whose answers are counted, a power of two: those that share a place are counted together. */
const ANSWER_PLACES = 32_768;
const MAX_ANSWERS = 65_535;
/** Pairs of which an ARP answer is remembered for the moment, 16 bytes each. */
const ARP_BITS = 12;
/** Targets without an answer that a record has room for. */
const TRACKED = 64;
const MAX_SWEEPS = 256;
/** Targets that an alert counts apart. */
const MAX_TARGETS = 2048;
const NAMED = 64;
/** A sweep asks many that are not there: who gets this many answers has reason to ask. */
const UNANSWERED_SHARE = 0.4;
/** A router asks for absent hosts, too, wherever somebody sends to; a sweep goes through a range. */
const NEIGHBOURING_SHARE = 0.6;
/** ICMPv6 types 133 to 137 are neighbour discovery: flows are keyed by type << 8 there. */
const DISCOVERY_FIRST = 133;
const DISCOVERY_LAST = 137;
/**
 * UDP services above 1023 that are swept for. Others are not counted: peers of a swarm and of calls ask many that are gone. SQL Server browser,
 * Citrix, SSDP, RDP, CoAP, SIP, memcached, ...
 */
const SWEPT_UDP: ReadonlySet<number> = new Set([
  1434, 1604, 1701, 1900, 2049, 3283, 3389, 3702, 5060, 5093, 5683, 10001, 11211, 17185, 47808,
]);
const QUIC = 443;

const Kind = { Tcp: 1, Udp: 2, Echo: 3, Arp: 4 } as const;
const KIND_NAMES = ['', 'TCP', 'UDP', 'ICMP echo', 'ARP'] as const;

const TARGET_WORDS = 3;
const Word = { target: 0, tick: 1, row: 2 } as const;
/** The target refused; addresses have 24 bits. */
const REFUSED = 0x80000000;
const TARGET_MASK = 0x7fffffff;
const TICKS_A_SECOND = 16;
const ANSWER_TICKS = (ANSWER_LIMIT / SECOND) * TICKS_A_SECOND;

const thresholds = {
  targets: {
    label: 'Targets that refuse or do not answer',
    unit: 'targets',
    presets: { quiet: 50, balanced: 25, everything: 12 },
    min: 5,
    max: 60,
  },
  arpTargets: {
    label: 'Absent addresses asked for by ARP',
    unit: 'targets',
    presets: { quiet: 60, balanced: 40, everything: 20 },
    min: 5,
    max: 60,
  },
  window: { label: 'Counted over', unit: 's', presets: { quiet: 300, balanced: 300, everything: 600 }, min: 10, max: 3600 },
};

/** A sweep that was found. */
interface Sweep {
  readonly alert: Alert;
  readonly targets: Set<AddressIndex>;
  refused: number;
}

class HostSweep implements Detector {
  readonly flowKinds = [FlowEventKind.Begin, FlowEventKind.Answered, FlowEventKind.Refused, FlowEventKind.Unreachable];
  readonly messageKinds = [EventKind.Arp];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #windowTicks: number;
  readonly #sweeps = new LruMap<number, Sweep>(MAX_SWEEPS, (record, sweep) => {
    this.#services.setTag(record, 0);
    sweep.targets.clear();
  });
  readonly #services = new ContactTable(SERVICE_BITS, TRACKED * TARGET_WORDS, (record) => {
    this.#sweeps.delete(record);
  });
  readonly #answers = new Uint16Array(ANSWER_PLACES);
  readonly #arpAnswers = new ContactTable(ARP_BITS, 0);
  /** Rings of attempts in their order; what was decided has no service. */
  readonly #source = new Uint32Array(MAX_WAITING);
  readonly #service = new Uint32Array(MAX_WAITING);
  readonly #target = new Uint32Array(MAX_WAITING);
  readonly #row = new Uint32Array(MAX_WAITING);
  readonly #flow = new Int32Array(MAX_WAITING);
  readonly #tried = new Uint32Array(MAX_WAITING);
  /** Where the attempt of a flow is, by flow index. */
  readonly #placeOfFlow = new Uint16Array(MAX_WAITING);
  #first = 0;
  #count = 0;
  #started: Nanoseconds | null = null;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#windowTicks = values.window * TICKS_A_SECOND;
  }

  flow(event: FlowFacts): void {
    const { kind } = event;
    if (kind === FlowEventKind.Begin) {
      const service = serviceOf(event);
      if (service === 0 || !isAttempt(event) || this.#context.isGroup(event.destination)) return;
      this.#try(event.source, service, event.destination, event.row, event.flow, event.now);
      return;
    }
    const place = this.#placeOfFlow[event.flow & (MAX_WAITING - 1)] ?? 0;
    const service = this.#service[place] ?? 0;
    if (this.#flow[place] !== event.flow || service === 0) {
      if (kind !== FlowEventKind.Answered) this.#refusedLate(event);
      return;
    }
    this.#service[place] = 0;
    if (kind === FlowEventKind.Answered) this.#answered(event.source, service);
    else this.#failed(place, service, true, event.now);
  }

  message(message: MessageFacts): void {
    const { name: sender, uri: target, number: operation, row, now } = message;
    const { addresses } = this.#context;
    // A sender of 0.0.0.0 asks whether an address is free (RFC 5227), one that asks for itself announces it.
    if (sender < 0 || target < 0 || sender === target || addresses.word(sender, 0) === 0) return;
    if (operation === 1) this.#try(sender, Kind.Arp << 16, target, row, -1, now);
    else if (operation === 2) this.#answeredByArp(target, sender, now);
  }

  wake(now: Nanoseconds): Nanoseconds {
    this.#decide(this.#tick(now) - ANSWER_TICKS, now);
    if (this.#count === 0) return Number.POSITIVE_INFINITY;
    return (this.#started ?? 0) + (((this.#tried[this.#first] ?? 0) + ANSWER_TICKS) / TICKS_A_SECOND) * SECOND;
  }

  finish(now: Nanoseconds): void {
    this.#decide(Number.POSITIVE_INFINITY, now);
  }

  /** Hosts and routers ask by ARP for whoever somebody sends to, long after: it takes more. */
  #needed(service: number): number {
    return service >>> 16 === Kind.Arp ? this.#values.arpTargets : this.#values.targets;
  }

  #tick(now: Nanoseconds): number {
    this.#started ??= now;
    return (((now - this.#started) / SECOND) * TICKS_A_SECOND) >>> 0;
  }

  #try(source: AddressIndex, service: number, target: AddressIndex, row: PacketIndex, flow: FlowIndex, now: Nanoseconds): void {
    if (this.#count === MAX_WAITING) this.#decideFirst(now);
    const place = (this.#first + this.#count++) & (MAX_WAITING - 1);
    this.#source[place] = source;
    this.#service[place] = service;
    this.#target[place] = target;
    this.#row[place] = row;
    this.#flow[place] = flow;
    this.#tried[place] = this.#tick(now);
    if (flow >= 0) this.#placeOfFlow[flow & (MAX_WAITING - 1)] = place;
    if (this.#count === 1) this.#context.wakeAt(this, now + ANSWER_LIMIT);
  }

  /** Attempts until that tick have no answer, unless they were decided before. */
  #decide(until: number, now: Nanoseconds): void {
    while (this.#count > 0 && (this.#tried[this.#first] ?? 0) <= until) this.#decideFirst(now);
  }

  #decideFirst(now: Nanoseconds): void {
    const place = this.#first;
    this.#first = (place + 1) & (MAX_WAITING - 1);
    this.#count--;
    const service = this.#service[place] ?? 0;
    if (service === 0) return;
    this.#service[place] = 0;
    const tried = (this.#started ?? 0) + ((this.#tried[place] ?? 0) / TICKS_A_SECOND) * SECOND;
    if (this.#context.gaps.silenced(tried, tried + ANSWER_LIMIT)) return;
    if (service >>> 16 === Kind.Arp && this.#hasArpAnswer(place)) this.#answered(this.#source[place] ?? 0, service);
    else this.#failed(place, service, false, now);
  }

  #answered(source: AddressIndex, service: number): void {
    const at = answersOf(source, service);
    const count = this.#answers[at] ?? 0;
    if (count < MAX_ANSWERS) this.#answers[at] = count + 1;
  }

  #answeredByArp(source: AddressIndex, target: AddressIndex, now: Nanoseconds): void {
    const tick = this.#tick(now);
    let record = this.#arpAnswers.find(source, target);
    if (record < 0) record = this.#arpAnswers.add(source, target, tick);
    else this.#arpAnswers.touch(record, tick);
    this.#arpAnswers.setTag(record, tick);
  }

  #hasArpAnswer(place: number): boolean {
    const record = this.#arpAnswers.find(this.#source[place] ?? 0, this.#target[place] ?? 0);
    return record >= 0 && this.#arpAnswers.tag(record) >= (this.#tried[place] ?? 0);
  }

  /** The attempt refused or was not answered. */
  #failed(place: number, service: number, isRefused: boolean, now: Nanoseconds): void {
    const source = this.#source[place] ?? 0;
    const target = this.#target[place] ?? 0;
    const row = this.#row[place] ?? 0;
    const tick = this.#tried[place] ?? 0;
    const services = this.#services;
    const { words } = services;
    let record = services.find(source, service);
    if (record < 0) record = services.add(source, service, tick);
    else services.touch(record, tick);
    const held = services.tag(record);
    if (held === HELD && this.#goesOn(record, target, row, this.#flow[place] ?? -1, isRefused)) return;
    const count = held === HELD ? 0 : held;
    const first = services.start(record);
    let free = first + count * TARGET_WORDS;
    for (let at = first; at < first + count * TARGET_WORDS; at += TARGET_WORDS) {
      const word = words[at + Word.target] ?? 0;
      if ((word & TARGET_MASK) === target) {
        if (isRefused) words[at + Word.target] = (word | REFUSED) >>> 0;
        return;
      }
      // All places taken: the first that is too old, else the first of all.
      if (count === TRACKED && (free === first + count * TARGET_WORDS || (tick - (words[at + Word.tick] ?? 0)) >>> 0 > this.#windowTicks))
        free = at;
    }
    words[free + Word.target] = isRefused ? (target | REFUSED) >>> 0 : target;
    words[free + Word.tick] = tick;
    words[free + Word.row] = row;
    if (count < TRACKED) services.setTag(record, count + 1);
    if (count + 1 >= this.#needed(service)) this.#judge(record, source, service, now);
  }

  /** An attempt that had been taken for unanswered. */
  #refusedLate(event: FlowFacts): void {
    const service = serviceOf(event);
    const record = service === 0 ? -1 : this.#services.find(event.source, service);
    if (record < 0) return;
    const count = this.#services.tag(record);
    if (count === HELD) return;
    const { words } = this.#services;
    const first = this.#services.start(record);
    for (let at = first; at < first + count * TARGET_WORDS; at += TARGET_WORDS) {
      if (((words[at] ?? 0) & TARGET_MASK) === event.destination) words[at] = ((words[at] ?? 0) | REFUSED) >>> 0;
    }
  }

  /** One more target of a sweep that was found; false where that one is over. */
  #goesOn(record: number, target: AddressIndex, row: PacketIndex, flow: FlowIndex, isRefused: boolean): boolean {
    const sweep = this.#sweeps.touch(record);
    if (!sweep || !this.#context.book.isOpen(sweep.alert)) {
      this.#sweeps.delete(record);
      this.#services.setTag(record, 0);
      return false;
    }
    if (isRefused) sweep.refused++;
    if (sweep.targets.size < MAX_TARGETS && !sweep.targets.has(target)) {
      sweep.targets.add(target);
      this.#context.book.fold(sweep.alert, row, flow);
    }
    return true;
  }

  #judge(record: number, source: AddressIndex, service: number, now: Nanoseconds): void {
    const services = this.#services;
    const count = services.tag(record);
    const needed = this.#needed(service);
    const answered = this.#answers[answersOf(source, service)] ?? 0;
    if (count < UNANSWERED_SHARE * (count + answered)) return;
    const tick = this.#tick(now);
    const { words } = services;
    const first = services.start(record);
    const targets: AddressIndex[] = [];
    const rows: PacketIndex[] = [];
    let refused = 0;
    let oldest = 0;
    for (let at = first; at < first + count * TARGET_WORDS; at += TARGET_WORDS) {
      const word = words[at + Word.target] ?? 0;
      const age = (tick - (words[at + Word.tick] ?? 0)) >>> 0;
      if (age > this.#windowTicks) continue;
      if ((word & REFUSED) !== 0) refused++;
      if (age > oldest) oldest = age;
      targets.push(word & TARGET_MASK);
      rows.push(words[at + Word.row] ?? 0);
    }
    if (targets.length < needed) return;
    if (targets.length < UNANSWERED_SHARE * (targets.length + answered)) return;
    if (service >>> 16 === Kind.Arp && this.#neighbouring(targets) < NEIGHBOURING_SHARE) return;
    this.#raise(record, source, service, now - (oldest / TICKS_A_SECOND) * SECOND, targets, rows, refused, answered);
  }

  #neighbouring(targets: readonly AddressIndex[]): number {
    const { addresses } = this.#context;
    return sequentialShare(targets.map((target) => addresses.word(target, 0)).sort((a, b) => a - b));
  }

  #raise(
    record: number,
    source: AddressIndex,
    service: number,
    since: Nanoseconds,
    targets: readonly AddressIndex[],
    rows: PacketIndex[],
    refused: number,
    answered: number,
  ): void {
    const kind = service >>> 16;
    const port = service & 0xffff;
    const known = new Set(targets);
    const state = { refused };
    const alert = this.#context.book.raise({
      type: 'host_sweep',
      source,
      target: -1,
      ...(kind <= Kind.Udp && { targetPort: port }),
      detail: KIND_NAMES[kind] ?? '',
      since,
      rows: rows.sort((a, b) => a - b),
      flows: [],
      describe: this.#describe(source, service, known, state, answered, targets.length),
    });
    if (!alert) {
      this.#services.setTag(record, 0);
      return;
    }
    this.#services.setTag(record, HELD);
    this.#sweeps.set(record, Object.assign(state, { alert, targets: known }));
  }

  #describe(
    source: AddressIndex,
    service: number,
    targets: ReadonlySet<AddressIndex>,
    state: { readonly refused: number },
    answered: number,
    value: number,
  ): () => AlertText {
    const { addresses } = this.#context;
    const { window } = this.#values;
    const threshold = this.#needed(service);
    const kind = service >>> 16;
    const protocol = KIND_NAMES[kind] ?? '';
    const asked = kind <= Kind.Udp ? `${protocol} port ${service & 0xffff}` : protocol;
    return () => ({
      title: `Host sweep: ${targets.size.toLocaleString('en')} hosts by ${asked}`,
      description: `${addresses.text(source)} asked ${targets.size} hosts by ${asked}; nearly all of them refused or did not answer. It looks for hosts to talk to.`,
      evidence: {
        targets: [...targets].slice(0, NAMED).map((target) => addresses.text(target)),
        targetCount: targets.size,
        protocol,
        ...(kind <= Kind.Udp && { port: service & 0xffff }),
        refused: state.refused,
        answered,
        window,
      },
      why: {
        measure: 'targets that refused or did not answer',
        value,
        threshold,
        unit: 'targets',
        window,
        quiet: `Fewer than ${threshold} such targets within ${window} s, or a mute for this source.`,
      },
    });
  }
}

/** Kind << 16 and port; 0 where it is none that is swept for. */
function serviceOf({ protocol, sourcePort, destinationPort }: FlowFacts): number {
  switch (protocol) {
    case TCP:
      return (Kind.Tcp << 16) | destinationPort;
    case UDP:
      return (destinationPort < 1024 && destinationPort !== QUIC) || SWEPT_UDP.has(destinationPort)
        ? (Kind.Udp << 16) | destinationPort
        : 0;
    case ICMP:
      return Kind.Echo << 16;
    case ICMPV6:
      return sourcePort >>> 8 >= DISCOVERY_FIRST && sourcePort >>> 8 <= DISCOVERY_LAST && (sourcePort & 255) === 0 ? 0 : Kind.Echo << 16;
    default:
      return 0;
  }
}

function answersOf(source: AddressIndex, service: number): number {
  const hash = Math.imul(source, 0x9e3779b1) ^ Math.imul(service, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & (ANSWER_PLACES - 1);
}

function isAttempt(event: FlowFacts): boolean {
  if (event.protocol === ICMP || event.protocol === ICMPV6) return true;
  const kind = probeKind(event);
  return kind !== ProbeKind.None && kind !== ProbeKind.Ack;
}

/** T3: one source asks many hosts for the same service, or whether they are there, and few answer. */
export const hostSweep = defineRule({
  id: 'T3',
  type: 'host_sweep',
  title: 'Host sweep',
  about: 'One address asks many hosts for the same port, or whether they are there, and few of them answer.',
  severity: 'high',
  technique: 'T1018',
  techniqueName: 'Remote System Discovery',
  thresholds,
  quietPeriod: 600,
  absorbs: ['slow_scan', 'beaconing'],
  make: (values, context) => new HostSweep(values, context),
});
