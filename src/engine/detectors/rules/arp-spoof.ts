import { EventKind } from '../../../shared/model/event-kinds';
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
/** Addresses, stations and open requests that are remembered. */
const MAX_HOSTS = 16_384;
/** Addresses of one station: it is otherwise known by one of them. */
const MAX_OF_STATION = 4;
const MAX_TOLD = 16;
const MAX_EVIDENCE = 64;

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

/** Who an address belongs to, as far as ARP told. */
interface Owner {
  mac: AddressIndex;
  lastTime: Nanoseconds;
  conflict: Conflict | null;
}

/** Another station that announces the address. */
interface Conflict {
  readonly ip: AddressIndex;
  readonly known: AddressIndex;
  readonly other: AddressIndex;
  announcements: number;
  since: Nanoseconds;
  lastTime: Nanoseconds;
  /** To whom it was told. */
  readonly told: Set<AddressIndex>;
  readonly rows: PacketIndex[];
  source: AddressIndex;
}

/**
 * An IPv4 address that a second MAC announces while the first is still there, or that a reply nobody asked for moves to another MAC. What
 * moves an address rightly is let pass: a DHCP server that gives it to somebody, the virtual MACs of VRRP and HSRP, a long silence.
 */
class ArpSpoofDetector implements Detector {
  readonly messageKinds = [EventKind.Arp, EventKind.DhcpServer];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #owners = new LruMap<AddressIndex, Owner>(MAX_HOSTS);
  /** Addresses by station, those announced first. */
  readonly #stations = new LruMap<AddressIndex, AddressIndex[]>(MAX_HOSTS);
  /** Time of the latest request for an address. */
  readonly #asked = new LruMap<AddressIndex, Nanoseconds>(MAX_HOSTS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  message(message: MessageFacts): void {
    if (message.kind === EventKind.DhcpServer) {
      if (message.number === DHCP_ACK) this.#owners.delete(message.method);
      return;
    }
    const { name: ip, method: mac, uri: target, number: operation, now } = message;
    if (operation !== REQUEST && operation !== REPLY) return;
    if (operation === REQUEST && target >= 0 && target !== ip) this.#asked.set(target, now);
    const { addresses } = this.#context;
    // 0.0.0.0 asks whether an address is free (RFC 5227).
    if (ip < 0 || mac < 0 || addresses.word(ip, 0) === 0 || this.#context.isGroup(mac) || isShared(addresses, mac)) return;
    this.#remember(mac, ip);
    const owner = this.#owners.touch(ip);
    if (!owner) this.#owners.set(ip, { mac, lastTime: now, conflict: null });
    else if (owner.mac === mac) owner.lastTime = now;
    else this.#another(owner, message);
  }

  #remember(mac: AddressIndex, ip: AddressIndex): void {
    const known = this.#stations.touch(mac);
    if (!known) this.#stations.set(mac, [ip]);
    else if (known.length < MAX_OF_STATION && !known.includes(ip)) known.push(ip);
  }

  #another(owner: Owner, { name: ip, method: mac, uri: target, number: operation, now, row }: MessageFacts): void {
    const { window, memory, announcements } = this.#values;
    const silent = now - owner.lastTime;
    const isUnasked = operation === REPLY && now - (this.#asked.get(ip) ?? Number.NEGATIVE_INFINITY) > ANSWER_TIME;
    if (silent > (isUnasked ? memory : window) * SECOND) {
      owner.mac = mac;
      owner.lastTime = now;
      owner.conflict = null;
      return;
    }
    if (owner.conflict?.other !== mac || now - owner.conflict.lastTime > window * SECOND) {
      const source = this.#otherName(mac, ip, owner.mac);
      owner.conflict = {
        ip,
        known: owner.mac,
        other: mac,
        announcements: 0,
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
    if (target >= 0 && target !== ip && conflict.told.size < MAX_TOLD) conflict.told.add(target);
    if (conflict.rows.length < MAX_EVIDENCE) conflict.rows.push(row);
    if (conflict.announcements < announcements) return;
    this.#context.book.raise({
      type: 'arp_spoof',
      source: conflict.source,
      target: ip,
      since: conflict.since,
      rows: conflict.announcements === announcements ? conflict.rows : [row],
      flows: [],
      describe: () => this.#describe(conflict),
    });
  }

  /**
   * The address that the forger is otherwise known by: of the station that came second, else of the one that came first, since a capture may
   * begin in the middle of it. -1: neither has another.
   */
  #otherName(second: AddressIndex, ip: AddressIndex, first: AddressIndex): AddressIndex {
    for (const mac of [second, first]) {
      for (const other of this.#stations.get(mac) ?? []) {
        if (other !== ip && this.#owners.get(other)?.mac === mac) return other;
      }
    }
    return -1;
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
        quiet: `Only one MAC announcing the address within ${this.#values.window} s, and no unasked reply that moves it.`,
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
