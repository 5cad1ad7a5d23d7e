import { EventKind, MiningToken } from '../../../shared/model/event-kinds';
import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { AlertText } from '../alert';
import type { FlowFacts, MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Thresholds, type Values } from '../rule';
import { ListedTexts } from './listed-texts';

const SECOND = 1_000_000_000;
/** Flows with Stratum in them, and clients that asked for a pool's name. */
const MAX_FLOWS = 8192;
const MAX_CLIENTS = 8192;
const MAX_EVIDENCE = 64;
/** What only a miner says: who says it is the miner. */
const FROM_MINER =
  MiningToken.Subscribe |
  MiningToken.Authorize |
  MiningToken.Login |
  MiningToken.EthSubmitLogin |
  MiningToken.Submit |
  MiningToken.Configure |
  MiningToken.GetWork;
/** A second one of these is a second token: a capture that begins in the middle sees nothing else. */
const REPEATED = MiningToken.Notify | MiningToken.Submit | MiningToken.Job | MiningToken.Work;
const TOKEN_NAMES: readonly (readonly [bit: number, name: string])[] = [
  [MiningToken.Subscribe, 'mining.subscribe'],
  [MiningToken.Authorize, 'mining.authorize'],
  [MiningToken.Login, 'login'],
  [MiningToken.Job, 'job'],
  [MiningToken.EthSubmitLogin, 'eth_submitLogin'],
  [MiningToken.Submit, 'submit'],
  [MiningToken.Notify, 'mining.notify'],
  [MiningToken.Configure, 'mining.configure'],
  [MiningToken.Difficulty, 'mining.set_difficulty'],
  [MiningToken.GetWork, 'eth_getWork'],
  [MiningToken.Work, 'work'],
];
const ALL_TOKENS = TOKEN_NAMES.length + 1;

const thresholds = {
  tokens: {
    label: 'Stratum messages of different kinds in one connection',
    unit: 'kinds',
    presets: { quiet: 3, balanced: 2, everything: 1 },
    min: 1,
    max: ALL_TOKENS,
  },
  memory: {
    label: "Time after asking for a pool's name in which a connection to a pool's port counts",
    unit: 's',
    presets: { quiet: 300, balanced: 600, everything: 3600 },
    min: 1,
    max: 86_400,
  },
} satisfies Thresholds;

/** A connection that speaks Stratum. */
interface Talk {
  bits: number;
  again: boolean;
  messages: number;
  miner: AddressIndex;
  pool: AddressIndex;
  port: number;
  worker: string;
  since: Nanoseconds;
  found: boolean;
  readonly rows: PacketIndex[];
}

/** A client that asked for, or greeted, a pool by name. */
interface PoolClient {
  readonly domain: string;
  readonly time: Nanoseconds;
  readonly row: PacketIndex;
}

/** Finds miners by what they say, on any port, and by the names and ports of pools where what they say is encrypted. */
class MinerDetector implements Detector {
  readonly flowKinds = [FlowEventKind.Begin];
  readonly flowProtocols: readonly FlowProtocol[] = [6];
  readonly messageKinds = [EventKind.Mining, EventKind.Dns, EventKind.TlsClientHello, EventKind.HttpRequest];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #talks = new LruMap<FlowIndex, Talk>(MAX_FLOWS);
  readonly #clients = new LruMap<AddressIndex, PoolClient>(MAX_CLIENTS);
  readonly #pools: ListedTexts;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#pools = new ListedTexts(context, (name) => context.lists.poolDomain(name));
  }

  flow(event: FlowFacts): void {
    if (this.#clients.size === 0 || !this.#context.lists.isPoolPort(event.destinationPort)) return;
    const client = this.#clients.get(event.source);
    // A machine of one's own on such a port is no pool.
    if (!client || this.#context.isLocal(event.destination) || event.now - client.time > this.#values.memory * SECOND) return;
    this.#raisePool(client.domain, event.source, event.destination, event.destinationPort, [client.row, event.row], event.flow);
  }

  message(message: MessageFacts): void {
    if (message.kind === EventKind.Mining) {
      this.#mining(message);
      return;
    }
    const domain = this.#pools.find(message.name);
    if (domain === null || message.source < 0) return;
    const { row, now } = message;
    if (message.kind === EventKind.Dns) {
      // The answer names the client as its receiver.
      const client = message.number >>> 31 === 1 ? message.destination : message.source;
      this.#clients.set(client, { domain, time: now, row });
      return;
    }
    this.#clients.set(message.source, { domain, time: now, row });
    if (this.#context.lists.isPoolPort(message.destinationPort))
      this.#raisePool(domain, message.source, message.destination, message.destinationPort, [row], message.flow);
  }

  #mining(message: MessageFacts): void {
    const talk = this.#talks.touch(message.flow) ?? this.#begin(message);
    talk.messages++;
    if ((talk.bits & message.number & REPEATED) !== 0) talk.again = true;
    talk.bits |= message.number;
    if (message.name >= 0) talk.worker = this.#context.text(message.name);
    if (talk.rows.length < MAX_EVIDENCE) talk.rows.push(message.row);
    if ((message.number & FROM_MINER) !== 0 && talk.miner !== message.source && !talk.found) {
      talk.miner = message.source;
      talk.pool = message.destination;
      talk.port = message.destinationPort;
    }
    if (kindsOf(talk) < this.#values.tokens) return;
    this.#context.book.raise({
      type: 'cryptominer',
      source: talk.miner,
      target: talk.pool,
      targetPort: talk.port,
      since: talk.since,
      rows: talk.found ? [message.row] : talk.rows,
      flows: [message.flow],
      describe: () => this.#describe(talk),
    });
    talk.found = true;
  }

  /** Until the miner shows itself, the one whom the pool's message goes to is taken for it. */
  #begin(message: MessageFacts): Talk {
    const talk: Talk = {
      bits: 0,
      again: false,
      messages: 0,
      miner: message.destination,
      pool: message.source,
      port: message.sourcePort,
      worker: '',
      since: message.now,
      found: false,
      rows: [],
    };
    this.#talks.set(message.flow, talk);
    return talk;
  }

  #describe(talk: Talk): AlertText {
    const { addresses } = this.#context;
    const kinds = TOKEN_NAMES.filter(([bit]) => (talk.bits & bit) !== 0).map(([, name]) => name);
    const worker = talk.worker === '' ? '' : ` as '${talk.worker}'`;
    return {
      title: 'Cryptocurrency miner',
      description: `${addresses.text(talk.miner)} mines for the pool ${addresses.text(talk.pool)}:${talk.port}${worker}: ${talk.messages} Stratum messages (${kinds.join(', ')}). If nobody put a miner there, somebody else controls that machine.`,
      evidence: { tokens: kinds, messages: talk.messages, port: talk.port, worker: talk.worker },
      why: {
        measure: 'kinds of Stratum messages in one connection',
        value: kindsOf(talk),
        threshold: this.#values.tokens,
        unit: 'kinds',
        window: null,
        quiet: `Fewer than ${this.#values.tokens} kinds of Stratum messages in the connection.`,
      },
    };
  }

  #raisePool(
    domain: string,
    source: AddressIndex,
    target: AddressIndex,
    port: number,
    rows: readonly PacketIndex[],
    flow: FlowIndex,
  ): void {
    const { addresses, book } = this.#context;
    book.raise({
      type: 'cryptominer',
      source,
      target,
      targetPort: port,
      rows,
      flows: [flow],
      describe: () => ({
        title: 'Contact with a mining pool',
        description: `${addresses.text(source)} asked for ${domain}, a mining pool, and connects to ${addresses.text(target)} on port ${port}, where pools listen.`,
        evidence: { domain, port },
        why: {
          measure: 'connections to a port of mining pools by who asked for a pool',
          value: 1,
          threshold: 1,
          unit: 'connections',
          window: this.#values.memory,
          quiet: `No connection to a pool's port within ${this.#values.memory} s of asking for the pool's name.`,
        },
      }),
    });
  }
}

function kindsOf({ bits, again }: Talk): number {
  let kinds = again ? 1 : 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) kinds++;
  return kinds;
}

export const cryptominer = defineRule({
  id: 'T11',
  type: 'cryptominer',
  title: 'Cryptocurrency miner',
  about: 'A machine mines cryptocurrency: it speaks the language of mining pools, or connects to one.',
  severity: 'critical',
  technique: 'T1496',
  techniqueName: 'Resource Hijacking',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new MinerDetector(values, context),
});
