import { EventKind } from '../../../shared/model/event-kinds';
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
  lastTime: Nanoseconds;
  answers: number;
  /** Who it came to compete with; -1: it was the only one. */
  rival: AddressIndex;
  router: AddressIndex;
  offered: AddressIndex;
  readonly rows: PacketIndex[];
}

/** The first server that answers is the network's; another one that answers clients while it is there is not. */
class DhcpRogueDetector implements Detector {
  readonly messageKinds = [EventKind.DhcpServer];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #servers = new LruMap<AddressIndex, Server>(MAX_SERVERS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  message({ name, method, uri, source, destinationPort, now, row }: MessageFacts): void {
    const id = name >= 0 ? name : source;
    if (id < 0 || destinationPort === RELAY_PORT) return;
    const { answers, window } = this.#values;
    const known = this.#servers.touch(id);
    const isCurrent = known !== undefined && now - known.lastTime <= window * SECOND;
    const rival = isCurrent ? known.rival : this.#other(id, now);
    const server = isCurrent ? known : { lastTime: now, answers: 0, rival, router: uri, offered: method, rows: [] };
    if (!isCurrent) this.#servers.set(id, server);
    server.lastTime = now;
    server.answers++;
    if (server.rows.length < answers) server.rows.push(row);
    if (rival < 0 || server.answers < answers) return;
    this.#context.book.raise({
      type: 'dhcp_rogue',
      source: id,
      target: rival,
      rows: server.answers === answers ? server.rows : [row],
      flows: [],
      describe: () => this.#describe(id, server),
    });
  }

  /** The server that answered before and is no rogue itself. */
  #other(id: AddressIndex, now: Nanoseconds): AddressIndex {
    for (const [other, server] of this.#servers.entries()) {
      if (other !== id && server.rival < 0 && now - server.lastTime <= this.#values.window * SECOND) return other;
    }
    return -1;
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
        quiet: `Only one DHCP server answering within ${this.#values.window} s.`,
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
