import { DhcpNumber, EventKind, VLAN_SHIFT } from '../../../shared/model/event-kinds';
import type { AddressIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import type { MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';

const SECOND = 1_000_000_000;
/** Answers to a relay come from another network, which has its own server. */
const RELAY_PORT = 67;
const MAX_SERVERS = 256;

const thresholds = {
  answers: {
    label: 'Answers of the second server',
    unit: 'answers',
    presets: { quiet: 3, balanced: 1, everything: 1 },
    min: 1,
    max: 1000,
  },
  window: {
    label: 'Time in which two servers answer',
    unit: 's',
    presets: { quiet: 600, balanced: 3600, everything: 86_400 },
    min: 1,
    max: 604_800,
  },
} satisfies Thresholds;

interface Server {
  readonly id: AddressIndex;
  readonly vlan: number;
  lastTime: Nanoseconds;
  answers: number;
  /** Who it came to compete with; -1: it was the only one. */
  rival: AddressIndex;
  router: AddressIndex;
  offered: AddressIndex;
  /** Of the name servers that it hands out. */
  hash: number;
  /** It handed out the same as a server before it. */
  partner: boolean;
  readonly since: Nanoseconds;
  readonly rows: PacketIndex[];
}

/**
 * The first server that answers is the network's; another one that gives addresses to clients of the same VLAN while it is there is not, unless
 * it hands out the same router and name servers: then it is the first one's partner (draft-ietf-dhc-failover), and moves nobody's traffic. Who gives no address (a boot server, an answer to INFORM) is no second server, and what comes by a relay was let in by its keeper.
 */
class DhcpRogueDetector implements Detector {
  readonly messageKinds = [EventKind.DhcpServer];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #servers = new LruMap<string, Server>(MAX_SERVERS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  message({ name, method, uri, number, source, destinationPort, now, row }: MessageFacts): void {
    const id = name >= 0 ? name : source;
    if (id < 0 || method < 0 || destinationPort === RELAY_PORT || (number & DhcpNumber.Relayed) !== 0) return;
    const { answers, window } = this.#values;
    const vlan = number >>> VLAN_SHIFT;
    const hash = (number >>> DhcpNumber.HashShift) & DhcpNumber.HashMask;
    const key = `${vlan} ${id}`;
    const known = this.#servers.touch(key);
    const isCurrent = known !== undefined && now - known.lastTime <= window * SECOND;
    const server: Server = isCurrent
      ? known
      : { id, vlan, lastTime: now, answers: 0, rival: -1, router: uri, offered: method, hash, partner: false, since: now, rows: [] };
    if (!isCurrent) this.#servers.set(key, server);
    server.lastTime = now;
    server.router = uri;
    server.hash = hash;
    if (server.rival < 0 && !server.partner) this.#compare(server, now);
    if (server.rival < 0) return;
    server.answers++;
    if (server.rows.length < answers) server.rows.push(row);
    if (server.answers < answers) return;
    this.#context.book.raise({
      type: 'dhcp_rogue',
      source: id,
      target: server.rival,
      rows: server.answers === answers ? server.rows : [row],
      flows: [],
      describe: () => this.#describe(id, server),
    });
  }

  /** With the servers that answered before it and are no rogues themselves. */
  #compare(server: Server, now: Nanoseconds): void {
    for (const [, other] of this.#servers.entries()) {
      if (other.id === server.id || other.vlan !== server.vlan || other.rival >= 0 || other.since > server.since) continue;
      if (now - other.lastTime > this.#values.window * SECOND) continue;
      if (other.router === server.router && other.hash === server.hash) {
        server.partner = true;
        server.rival = -1;
        return;
      }
      server.rival = other.id;
    }
  }

  #describe(id: AddressIndex, { rival, router, offered, answers }: Server) {
    const { addresses } = this.#context;
    const gateway = router < 0 ? '' : ` It names ${addresses.text(router)} as the router.`;
    return {
      title: 'Second DHCP server',
      description: `${addresses.text(id)} gives out addresses, though ${addresses.text(rival)} does so in this network.${gateway} Whoever gives out addresses decides where traffic goes.`,
      evidence: {
        server: addresses.text(id),
        knownServer: addresses.text(rival),
        router: addresses.text(router),
        offered: addresses.text(offered),
        answers,
      },
      why: {
        measure: 'answers of a second DHCP server',
        value: answers,
        threshold: this.#values.answers,
        unit: 'answers',
        window: this.#values.window,
        quiet: `Only one DHCP server answering in the VLAN within ${this.#values.window} s, or both handing out the same router and name servers.`,
      },
    };
  }
}

export const dhcpRogue = defineRule({
  id: 'T21',
  type: 'dhcp_rogue',
  title: 'Second DHCP server',
  about: 'A second machine hands out addresses in the local network and may send traffic where it likes.',
  severity: 'high',
  technique: 'T1557.003',
  techniqueName: 'Adversary-in-the-Middle: DHCP Spoofing',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new DhcpRogueDetector(values, context),
});
