import { DhcpNumber, EventKind, VLAN_SHIFT } from '../../../shared/model/event-kinds';
import type { AddressIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { AddressTable } from '../../columns/address-table';
import type { AlertText } from '../alert';
import type { MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';

const SECOND = 1_000_000_000;
const REQUEST = 1;
const REPLY = 2;
/** DHCP message type: the server gives the address. */
const DHCP_ACK = 5;
/** A reply answers a request of this long before. */
const ANSWER_TIME = 5 * SECOND;
/** Behind the first answer to a request, others that belong to it: of a station with two cards, of a capture that holds packets twice. */
const ECHO_TIME = 1 * SECOND;
/** Addresses, stations and open requests that are remembered. */
const MAX_HOSTS = 16_384;
/** Addresses of one station: it is otherwise known by one of them. */
const MAX_OF_STATION = 4;
const MAX_TOLD = 16;
const MAX_EVIDENCE = 64;
/** Announcements to everybody, and the time they go on, that no failover needs: keepalived makes ten within five seconds. */
const MANY = 5;
const LONG = 10 * SECOND;
/** Announcements in requests and answers of a station that has another address, and told nobody that this one moved to it. */
const INSISTS = 3;
/** Operation in an Arp event's number. */
const OPERATION = 0xffff;
const VLANS = 4096;

const keyOf = (address: AddressIndex, vlan: number): number => address * VLANS + vlan;
const addressOf = (key: number): AddressIndex => Math.floor(key / VLANS);

const thresholds = {
  window: {
    label: 'Time in which a second MAC announces the same address',
    unit: 's',
    presets: { quiet: 30, balanced: 60, everything: 300 },
    min: 1,
    max: 86_400,
  },
  announcements: {
    label: 'Announcements by the second MAC',
    unit: 'announcements',
    presets: { quiet: 3, balanced: 1, everything: 1 },
    min: 1,
    max: 1000,
  },
  memory: {
    label: 'Time that a known address is held against replies that nobody asked for',
    unit: 's',
    presets: { quiet: 600, balanced: 3600, everything: 86_400 },
    min: 1,
    max: 604_800,
  },
} satisfies Thresholds;

/** How an address was announced. */
const Claim = {
  /** In a request, or in a reply to one. */
  Ordinary: 0,
  /** In a message to everybody about oneself (RFC 5227, 3): what moves an address rightly does so too. */
  Gratuitous: 1,
  /** In a reply to one station that asked for nothing: that is forged, or a misconfiguration. */
  Unasked: 2,
} as const;

/** The latest request for an address. */
interface Asked {
  time: Nanoseconds;
  /** When it was first answered; Infinity: it was not. */
  answered: Nanoseconds;
}

/** Who an address belongs to, as far as ARP told. */
interface Owner {
  mac: AddressIndex;
  lastTime: Nanoseconds;
  /** It announced the address in a reply that nobody asked for. */
  unasked: boolean;
  conflict: Conflict | null;
}

/** Another station that announces the address. */
interface Conflict {
  readonly ip: AddressIndex;
  readonly known: AddressIndex;
  readonly other: AddressIndex;
  announcements: number;
  /** Of them, those to everybody. */
  gratuitous: number;
  /** What tells a forgery from a move was seen. */
  proven: boolean;
  raised: boolean;
  since: Nanoseconds;
  lastTime: Nanoseconds;
  /** To whom it was told. */
  readonly told: Set<AddressIndex>;
  readonly rows: PacketIndex[];
  source: AddressIndex;
}

/**
 * An IPv4 address that a second MAC announces while the first is still there, or that a reply nobody asked for moves to another MAC.
 *
 * Addresses also move rightly: to the other machine of a failover pair, to a new container, to a replaced device. Such a move is announced once,
 * to everybody or in what the new owner asks, and the old owner falls silent. So it takes one of these: a reply to one station that it did not
 * ask for, the old owner still there after the second one came, announcements to everybody that go on
 * and on, or a station with an address of its own that uses this one too and never told everybody. Let pass are also the virtual
 * MACs of VRRP, CARP, HSRP and GLBP, an address that a DHCP server gave to somebody, a long silence, and the same address in another VLAN.
 */
class ArpSpoofDetector implements Detector {
  readonly messageKinds = [EventKind.Arp, EventKind.DhcpServer];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  /** By address and VLAN. */
  readonly #owners = new LruMap<number, Owner>(MAX_HOSTS);
  /** Addresses by station, those announced first; with their VLANs. */
  readonly #stations = new LruMap<AddressIndex, number[]>(MAX_HOSTS);
  /** By address and VLAN. */
  readonly #asked = new LruMap<number, Asked>(MAX_HOSTS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  message(message: MessageFacts): void {
    const { name: ip, method: mac, uri: target, number, now } = message;
    const vlan = number >>> VLAN_SHIFT;
    if (message.kind === EventKind.DhcpServer) {
      if ((number & DhcpNumber.TypeMask) === DHCP_ACK && mac >= 0) this.#owners.delete(keyOf(mac, vlan));
      return;
    }
    const operation = number & OPERATION;
    if (operation !== REQUEST && operation !== REPLY) return;
    if (operation === REQUEST && target >= 0 && target !== ip) this.#ask(keyOf(target, vlan), now);
    const { addresses } = this.#context;
    // 0.0.0.0 asks whether an address is free (RFC 5227).
    if (ip < 0 || mac < 0 || addresses.word(ip, 0) === 0 || this.#context.isGroup(mac) || isShared(addresses, mac)) return;
    const key = keyOf(ip, vlan);
    this.#remember(mac, key);
    const claim = this.#claimOf(message, operation, key);
    const owner = this.#owners.touch(key);
    const unasked = claim === Claim.Unasked;
    if (!owner) this.#owners.set(key, { mac, lastTime: now, unasked, conflict: null });
    else if (owner.mac === mac) this.#again(owner, message, claim);
    else this.#another(owner, message, key, claim);
  }

  #claimOf({ name: ip, uri: target, now }: MessageFacts, operation: number, key: number): number {
    if (target === ip) return Claim.Gratuitous;
    if (operation === REQUEST) return Claim.Ordinary;
    const asked = this.#asked.get(key);
    if (asked === undefined || now - asked.time > ANSWER_TIME) {
      return this.#context.gaps.silenced(now - ANSWER_TIME, now) ? Claim.Ordinary : Claim.Unasked;
    }
    asked.answered = Math.min(asked.answered, now);
    return now - asked.answered > ECHO_TIME ? Claim.Unasked : Claim.Ordinary;
  }

  #ask(key: number, now: Nanoseconds): void {
    const asked = this.#asked.touch(key);
    if (asked === undefined) this.#asked.set(key, { time: now, answered: Number.POSITIVE_INFINITY });
    else {
      asked.time = now;
      asked.answered = Number.POSITIVE_INFINITY;
    }
  }

  #remember(mac: AddressIndex, key: number): void {
    const known = this.#stations.touch(mac);
    if (!known) this.#stations.set(mac, [key]);
    else if (known.length < MAX_OF_STATION && !known.includes(key)) known.push(key);
  }

  /** The known station announces its address: if another one did so lately, it did not move. */
  #again(owner: Owner, { now, row }: MessageFacts, claim: number): void {
    owner.lastTime = now;
    owner.unasked ||= claim === Claim.Unasked;
    const { conflict } = owner;
    // It takes the address back, as it moved.
    if (claim === Claim.Gratuitous && conflict?.proven === false) owner.conflict = null;
    if (owner.conflict === null || conflict === null || conflict.proven || now - conflict.lastTime > this.#values.window * SECOND) return;
    conflict.proven = true;
    this.#found(conflict, row);
  }

  #another(owner: Owner, { name: ip, method: mac, uri: target, now, row }: MessageFacts, key: number, claim: number): void {
    const { window, memory } = this.#values;
    const isUnasked = claim === Claim.Unasked;
    if (now - owner.lastTime > (isUnasked ? memory : window) * SECOND) {
      owner.mac = mac;
      owner.lastTime = now;
      owner.unasked = isUnasked;
      owner.conflict = null;
      return;
    }
    if (owner.conflict?.other !== mac || now - owner.conflict.lastTime > window * SECOND) {
      const source = this.#otherName(mac, key, owner.mac);
      owner.conflict = {
        ip,
        known: owner.mac,
        other: mac,
        announcements: 0,
        gratuitous: 0,
        // Who came first may be the forger: a capture may begin in the middle.
        proven: owner.unasked,
        raised: false,
        since: now,
        lastTime: now,
        told: new Set(),
        rows: [],
        source,
      };
    }
    const { conflict } = owner;
    conflict.announcements++;
    conflict.lastTime = now;
    if (claim === Claim.Gratuitous) conflict.gratuitous++;
    const goesOn = claim === Claim.Gratuitous && conflict.gratuitous >= MANY && now - conflict.since >= LONG;
    const insists = conflict.announcements >= INSISTS && conflict.gratuitous === 0 && this.#otherOf(mac, key) >= 0;
    if (isUnasked || goesOn || insists) conflict.proven = true;
    if (target >= 0 && target !== ip && conflict.told.size < MAX_TOLD) conflict.told.add(target);
    if (conflict.rows.length < MAX_EVIDENCE) conflict.rows.push(row);
    if (conflict.proven) this.#found(conflict, row);
  }

  #found(conflict: Conflict, row: PacketIndex): void {
    const { announcements } = this.#values;
    if (conflict.announcements < announcements) return;
    this.#context.book.raise({
      type: 'arp_spoof',
      source: conflict.source,
      target: conflict.ip,
      since: conflict.since,
      rows: conflict.raised ? [row] : conflict.rows,
      flows: [],
      describe: () => this.#describe(conflict),
    });
    conflict.raised = true;
  }

  /**
   * The address that the forger is otherwise known by: of the station that came second, else of the one that came first, since a capture may
   * begin in the middle of it. -1: neither has another.
   */
  #otherName(second: AddressIndex, key: number, first: AddressIndex): AddressIndex {
    for (const mac of [second, first]) {
      const other = this.#otherOf(mac, key);
      if (other >= 0) return addressOf(other);
    }
    return -1;
  }

  #otherOf(mac: AddressIndex, key: number): number {
    return this.#stations.get(mac)?.find((other) => other !== key && this.#owners.get(other)?.mac === mac) ?? -1;
  }

  #describe({ ip, known, other, announcements, told, source }: Conflict): AlertText {
    const { addresses } = this.#context;
    const macs = [addresses.text(known), addresses.text(other)];
    const by = source < 0 ? '' : ` One of them is otherwise known as ${addresses.text(source)}.`;
    return {
      title: 'Forged ARP',
      description: `${addresses.text(ip)} is announced by two stations, ${macs.join(' and ')}: one may be reading the other's traffic.${by}`,
      evidence: {
        address: addresses.text(ip),
        knownMac: macs[0] ?? '',
        otherMac: macs[1] ?? '',
        announcements,
        told: [...told].map((address) => addresses.text(address)),
      },
      why: {
        measure: 'announcements of the address by a second MAC',
        value: announcements,
        threshold: this.#values.announcements,
        unit: 'announcements',
        window: this.#values.window,
        quiet: `Only one MAC announcing the address within ${this.#values.window} s, and no unasked reply that moves it; a move after which the first is silent.`,
      },
    };
  }
}

/** Virtual MACs that move between routers: VRRP (RFC 9568) for IPv4 and IPv6, HSRP 1 and 2, GLBP; and no MAC at all. */
function isShared(addresses: AddressTable, mac: AddressIndex): boolean {
  const high = addresses.word(mac, 0);
  const low = addresses.word(mac, 1);
  if (high === 0 && low === 0) return true;
  if (high === 0x00005e00) return low >>> 8 === 0x01 || low >>> 8 === 0x02;
  if (high === 0x00000c07) return low >>> 8 === 0xac;
  return (high === 0x00000c9f && low >>> 12 === 0xf) || high >>> 0 === 0x0007b400;
}

export const arpSpoof = defineRule({
  id: 'T9',
  type: 'arp_spoof',
  title: 'Forged ARP',
  about: 'Two stations claim the same address in the local network, so that one can read or change the traffic of the other.',
  severity: 'high',
  technique: 'T1557.002',
  techniqueName: 'Adversary-in-the-Middle: ARP Cache Poisoning',
  thresholds,
  quietPeriod: 300,
  absorbs: [],
  make: (values, context) => new ArpSpoofDetector(values, context),
});
