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

/** First word of a record: flows that were answered. Then the targets without an answer. */
const TARGETS = 1;
const TARGET_WORDS = 3;
const Word = { target: 0, tick: 1, row: 2 } as const;
/** The target refused; addresses have 24 bits. */
const REFUSED = 0x80000000;
const TARGET_MASK = 0x7fffffff;
const TICKS_A_SECOND = 16;

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
  readonly #services = new ContactTable(SERVICE_BITS, TARGETS + TRACKED * TARGET_WORDS, (record) => {
    this.#sweeps.delete(record);
  });
  /** Records with enough targets, some of which may still answer; with their source and service. */
  readonly #waiting = new Map<number, { readonly source: AddressIndex; readonly service: number }>();
  #started: Nanoseconds | null = null;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#windowTicks = values.window * TICKS_A_SECOND;
  }

  flow(event: FlowFacts): void {
    const { kind } = event;
    if (kind > FlowEventKind.Unreachable) return;
    const service = serviceOf(event);
    if (service === 0) return;
    if (kind === FlowEventKind.Begin) {
      if (!isAttempt(event) || this.#context.isGroup(event.destination)) return;
      this.#try(event.source, service, event.destination, event.row, event.flow, event.now);
    } else if (kind === FlowEventKind.Answered) {
      this.#answered(event.source, service, event.destination);
    } else {
      this.#refused(event);
    }
  }

  message(message: MessageFacts): void {
    const { name: sender, uri: target, number: operation, row, now } = message;
    const { addresses } = this.#context;
    // A sender of 0.0.0.0 asks whether an address is free (RFC 5227), one that asks for itself announces it.
    if (sender < 0 || target < 0 || sender === target || addresses.word(sender, 0) === 0) return;
    const service = Kind.Arp << 16;
    if (operation === 1) this.#try(sender, service, target, row, -1, now);
    else if (operation === 2) this.#answered(target, service, sender);
  }

  wake(now: Nanoseconds): Nanoseconds {
    for (const [record, { source, service }] of this.#waiting) {
      if (this.#judge(record, source, service, now, false)) this.#waiting.delete(record);
    }
    return this.#waiting.size > 0 ? now + ANSWER_LIMIT : Number.POSITIVE_INFINITY;
  }

  finish(now: Nanoseconds): void {
    for (const [record, { source, service }] of this.#waiting) this.#judge(record, source, service, now, true);
    this.#waiting.clear();
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
    const tick = this.#tick(now);
    const services = this.#services;
    const { words } = services;
    let record = services.find(source, service);
    if (record < 0) {
      record = services.add(source, service, tick);
      words[services.start(record)] = 0;
      this.#waiting.delete(record);
    } else {
      services.touch(record, tick);
    }
    const held = services.tag(record);
    if (held === HELD && this.#goesOn(record, target, row, flow)) return;
    const count = held === HELD ? 0 : held;
    const first = services.start(record) + TARGETS;
    let place = first + count * TARGET_WORDS;
    for (let at = first; at < first + count * TARGET_WORDS; at += TARGET_WORDS) {
      if (((words[at + Word.target] ?? 0) & TARGET_MASK) === target) return;
      // All places taken: the first that is too old, else the first of all.
      if (count === TRACKED && (place === first + count * TARGET_WORDS || (tick - (words[at + Word.tick] ?? 0)) >>> 0 > this.#windowTicks))
        place = at;
    }
    words[place + Word.target] = target;
    words[place + Word.tick] = tick;
    words[place + Word.row] = row;
    if (count < TRACKED) services.setTag(record, count + 1);
    if (count + 1 >= this.#needed(service) && !this.#waiting.has(record)) {
      this.#waiting.set(record, { source, service });
      this.#context.wakeAt(this, now + ANSWER_LIMIT);
    }
  }

  /** One more target of a sweep that was found; false where that one is over. */
  #goesOn(record: number, target: AddressIndex, row: PacketIndex, flow: FlowIndex): boolean {
    const sweep = this.#sweeps.touch(record);
    if (!sweep || !this.#context.book.isOpen(sweep.alert)) {
      this.#sweeps.delete(record);
      this.#services.setTag(record, 0);
      this.#services.words[this.#services.start(record)] = 0;
      return false;
    }
    if (sweep.targets.size < MAX_TARGETS && !sweep.targets.has(target)) {
      sweep.targets.add(target);
      this.#context.book.fold(sweep.alert, row, flow);
    }
    return true;
  }

  #answered(source: AddressIndex, service: number, target: AddressIndex): void {
    const services = this.#services;
    const record = services.find(source, service);
    if (record < 0) return;
    const count = services.tag(record);
    if (count === HELD) return;
    const at = this.#find(record, count, target);
    if (at < 0) return;
    const { words } = services;
    words[services.start(record)] = (words[services.start(record)] ?? 0) + 1;
    words.copyWithin(
      at,
      services.start(record) + TARGETS + (count - 1) * TARGET_WORDS,
      services.start(record) + TARGETS + count * TARGET_WORDS,
    );
    services.setTag(record, count - 1);
  }

  #refused(event: FlowFacts): void {
    const services = this.#services;
    const service = serviceOf(event);
    const record = services.find(event.source, service);
    if (record < 0) return;
    const count = services.tag(record);
    if (count === HELD) {
      const sweep = this.#sweeps.get(record);
      if (sweep) sweep.refused++;
      return;
    }
    const at = this.#find(record, count, event.destination);
    if (at < 0) return;
    services.words[at] = ((services.words[at] ?? 0) | REFUSED) >>> 0;
    if (count >= this.#needed(service) && this.#judge(record, event.source, service, event.now, false)) this.#waiting.delete(record);
  }

  /** Place of the target among those without an answer. */
  #find(record: number, count: number, target: AddressIndex): number {
    const { words } = this.#services;
    const first = this.#services.start(record) + TARGETS;
    for (let at = first; at < first + count * TARGET_WORDS; at += TARGET_WORDS) {
      if (((words[at] ?? 0) & TARGET_MASK) === target) return at;
    }
    return -1;
  }

  /** True where nothing has to be waited for: it is a sweep, or it has too few targets. */
  #judge(record: number, source: AddressIndex, service: number, now: Nanoseconds, isEnd: boolean): boolean {
    const services = this.#services;
    const count = services.tag(record);
    const needed = this.#needed(service);
    if (count === HELD || count < needed) return true;
    const tick = this.#tick(now);
    const { words } = services;
    const first = services.start(record) + TARGETS;
    const limit = (ANSWER_LIMIT / SECOND) * TICKS_A_SECOND;
    const targets: AddressIndex[] = [];
    const rows: PacketIndex[] = [];
    let refused = 0;
    let oldest = 0;
    let waits = false;
    for (let at = first; at < first + count * TARGET_WORDS; at += TARGET_WORDS) {
      const word = words[at + Word.target] ?? 0;
      const age = (tick - (words[at + Word.tick] ?? 0)) >>> 0;
      if (age > this.#windowTicks) continue;
      const isRefused = (word & REFUSED) !== 0;
      if (!isRefused && age < limit && !isEnd) {
        waits = true;
        continue;
      }
      if (isRefused) refused++;
      if (age > oldest) oldest = age;
      targets.push(word & TARGET_MASK);
      rows.push(words[at + Word.row] ?? 0);
    }
    if (targets.length < needed) return !waits;
    const answered = words[services.start(record)] ?? 0;
    if (targets.length < UNANSWERED_SHARE * (targets.length + answered)) return !waits;
    if (service >>> 16 === Kind.Arp && this.#neighbouring(targets) < NEIGHBOURING_SHARE) return !waits;
    this.#raise(record, source, service, now - (oldest / TICKS_A_SECOND) * SECOND, targets, rows, refused, answered);
    return true;
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
