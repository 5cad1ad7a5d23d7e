import { EventKind } from '../../../shared/model/event-kinds';
import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex, TextIndex } from '../../../shared/model/units';
import { type Alert, MAX_EVIDENCE_ROWS } from '../alert';
import type { MessageFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type Thresholds, type Values } from '../rule';
import { type QueryName, readQueryName } from './dns-names';
import { RecentMessages } from './recent-messages';

const SECOND: Nanoseconds = 1_000_000_000;
const HOUR: Nanoseconds = 3600 * SECOND;
const RESPONSE = 0x8000_0000;
/** NetBIOS names, mDNS, LLMNR: local chatter in the same format. */
const LOCAL_PORTS: ReadonlySet<number> = new Set([137, 5353, 5355]);
/** A, PTR, AAAA, SRV, DS, DNSKEY, SVCB, HTTPS: what programs ask for all day. */
const EVERYDAY_TYPES: ReadonlySet<number> = new Set([1, 12, 28, 33, 43, 48, 64, 65]);
/** CNAME, NULL, MX, TXT, KEY and private use: carry data in answers, and are hardly ever asked for name after name below one domain. */
const CARRIER_TYPES: ReadonlySet<number> = new Set([5, 10, 15, 16, 25, 65399]);
/** Header, root label, type and class, and a plain OPT record: what a query has beside its name. */
const QUERY_OVERHEAD: Bytes = 28;
/** Clients and domains whose queries are counted, 8 KB each at most, and names that were read. */
const MAX_DOMAINS = 4096;
const MAX_NAMES = 16_384;
/** Clients' queries of the current second are counted in this many places. */
const CLIENTS = 16_384;
/** Different names of a domain that are told apart. */
const MAX_UNIQUE = 256;
/** Long names before they count: one name may be long for any reason. */
const MIN_LONG = 5;
/** Part of the queries that ask for something new: data is never sent twice, hosts are looked up again and again. */
const MIN_NEW = 0.6;
/** Part of the queries that have long names, or carrier types. */
const MIN_LONG_SHARE = 0.1;
const MIN_CARRIER_SHARE = 0.5;
/** Characters of data that names of a fast or carrying tunnel bring at least, each on average, and the different names it takes. */
const MIN_PAYLOAD = 5;
const MIN_FAST_NAMES = 20;
/** Where the types are ordinary: a page may need dozens of hosts of one domain at once. */
const MIN_FAST_HOSTS = 60;
const MIN_CARRIER_NAMES = 30;
/** Part of the answers that say that a name does not exist, from which on names are guessed or made up, and answers before that is judged. */
const MAX_MISSING = 0.8;
const MIN_ANSWERS = 10;
const NAME_ERROR = 3;
/** Answers to each question from which on the questions were not captured. */
const ONE_WAY = 10;
/** Bits a character: long host names in words stay below, encoded data above. */
const MIN_ENTROPY = 3;

const thresholds = {
  length: { label: 'Length of a query name', unit: 'characters', presets: { quiet: 80, balanced: 50, everything: 40 }, min: 20, max: 253 },
  rate: {
    label: 'Queries of one client in a second',
    unit: 'queries/s',
    presets: { quiet: 50, balanced: 20, everything: 10 },
    min: 2,
    max: 10_000,
  },
  unique: {
    label: 'Different names below one domain in an hour',
    unit: 'names',
    presets: { quiet: 20, balanced: 8, everything: 4 },
    min: 2,
    max: MAX_UNIQUE - 1,
  },
} satisfies Thresholds;

/** Queries of one client below one registered domain. */
class Domain {
  readonly name: string;
  readonly client: AddressIndex;
  readonly server: AddressIndex;
  readonly since: Nanoseconds;
  readonly unique = new Set<TextIndex>();
  readonly rows: PacketIndex[] = [];
  readonly flows: FlowIndex[] = [];
  queries = 0;
  long = 0;
  carriers = 0;
  payload = 0;
  /** Sums over all names, and over the long ones. */
  entropy = 0;
  longEntropy = 0;
  longest = 0;
  /** Most queries in one second. */
  fastest = 0;
  responseBytes: Bytes = 0;
  responses = 0;
  missing = 0;
  alert: Alert | null = null;
  #second = Number.NEGATIVE_INFINITY;
  #inSecond = 0;
  /** Queries until there were more names than are told apart. */
  #toldApart = 0;

  constructor(name: string, client: AddressIndex, server: AddressIndex, since: Nanoseconds) {
    this.name = name;
    this.client = client;
    this.server = server;
    this.since = since;
  }

  add(message: MessageFacts, name: QueryName, isLong: boolean, isCarrier: boolean): void {
    this.queries++;
    if (isLong) {
      this.long++;
      this.longEntropy += name.entropy;
    }
    if (isCarrier) this.carriers++;
    if (this.unique.size < MAX_UNIQUE) {
      this.unique.add(message.name);
      this.#toldApart++;
    }
    this.payload += name.payload;
    this.entropy += name.entropy;
    this.longest = Math.max(this.longest, name.length);
    const second = Math.floor(message.now / SECOND);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    this.#inSecond++;
    this.fastest = Math.max(this.fastest, this.#inSecond);
    if (this.rows.length >= MAX_EVIDENCE_ROWS) return;
    this.rows.push(message.row);
    if (message.flow >= 0) this.flows.push(message.flow);
  }

  /** Part of the queries that asked for a name not asked for before. */
  get newShare(): number {
    return this.unique.size / this.#toldApart;
  }
}

/**
 * A tunnel sends its data as names below its own domain, so queries are counted by client and registered domain, and what makes each of them
 * harmless elsewhere is asked of all together: names hardly repeat, and they are long, or many come in a second, or most ask for types that
 * carry data. A browser's or resolver's many names are of many domains, and are asked for again.
 *
 * Plain queries for addresses, short and slow, are not looked at: they are nearly all of DNS, and no tunnel gets far with them alone.
 */
class TunnelDetector implements Detector {
  readonly messageKinds = [EventKind.Dns];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #domains = new LruMap<string, Domain>(MAX_DOMAINS);
  readonly #names = new LruMap<TextIndex, QueryName>(MAX_NAMES);
  readonly #recent = new RecentMessages(SECOND);
  #asked = 0;
  #answered = 0;
  readonly #client = new Int32Array(CLIENTS).fill(-1);
  readonly #second = new Float64Array(CLIENTS);
  readonly #queries = new Uint32Array(CLIENTS);

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  message(message: MessageFacts): void {
    if (message.name < 0 || message.source < 0 || LOCAL_PORTS.has(message.sourcePort) || LOCAL_PORTS.has(message.destinationPort)) return;
    if (this.#recent.isCopy(message)) return;
    const { source, destination, number } = message;
    if ((number & RESPONSE) === 0) {
      this.#asked++;
      this.#query(message, source, destination, this.#countOf(source, message.now));
      return;
    }
    this.#answered++;
    // An answer repeats the question: in a capture of one direction it stands for it.
    if (!this.#response(message) && this.#asked * ONE_WAY < this.#answered) this.#query(message, destination, source, 0);
  }

  #query(message: MessageFacts, client: AddressIndex, server: AddressIndex, rate: number): void {
    const type = message.number & 0xffff;
    const { length, unique } = this.#values;
    const mayBeLong = message.payloadLength > length + QUERY_OVERHEAD - 11;
    // From half the rate on, so that the second in which it is reached has its names counted.
    if (!mayBeLong && EVERYDAY_TYPES.has(type) && rate < this.#values.rate / 2) return;
    const name = this.#read(message.name);
    if (name.domain === '') return;
    const key = `${client} ${name.domain}`;
    let domain = this.#domains.touch(key);
    if (domain === undefined || message.now - domain.since > HOUR) {
      const alert = domain?.alert ?? null;
      domain = new Domain(name.domain, client, server, message.now);
      domain.alert = alert;
      this.#domains.set(key, domain);
    }
    domain.add(message, name, name.length > length, CARRIER_TYPES.has(type));
    const { alert } = domain;
    if (alert !== null && this.#context.book.isOpen(alert)) {
      this.#context.book.fold(alert, message.row, message.flow, this.#isBoth(domain) ? 'critical' : undefined);
    } else if (domain.unique.size > unique && this.#isTunnel(domain)) {
      this.#raise(domain);
    }
  }

  /** Answers count for domains that are being watched already. False: its question was not seen, or did not matter. */
  #response(message: MessageFacts): boolean {
    const name = this.#names.get(message.name);
    if (name === undefined) return false;
    if (name.domain === '') return true;
    const domain = this.#domains.get(`${message.destination} ${name.domain}`);
    if (domain === undefined) return false;
    domain.responses++;
    domain.responseBytes += message.payloadLength;
    if (((message.number >>> 16) & 15) === NAME_ERROR) domain.missing++;
    return true;
  }

  /** Queries of the client in this second. Clients that share a place take it from each other: a flood of them is no tunnel. */
  #countOf(client: AddressIndex, now: Nanoseconds): number {
    const at = client % CLIENTS;
    const second = Math.floor(now / SECOND);
    if (this.#client[at] !== client || this.#second[at] !== second) {
      this.#client[at] = client;
      this.#second[at] = second;
      this.#queries[at] = 0;
    }
    const count = (this.#queries[at] ?? 0) + 1;
    this.#queries[at] = count;
    return count;
  }

  #read(text: TextIndex): QueryName {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = readQueryName(this.#context.text(text));
    this.#names.set(text, name);
    return name;
  }

  #isLong(domain: Domain): boolean {
    const { long, queries, longEntropy } = domain;
    return long >= MIN_LONG && long >= queries * MIN_LONG_SHARE && longEntropy >= long * MIN_ENTROPY;
  }

  #isFast({ fastest }: Domain): boolean {
    return fastest >= this.#values.rate;
  }

  #isBoth(domain: Domain): boolean {
    return this.#isLong(domain) && this.#isFast(domain);
  }

  #isTunnel(domain: Domain): boolean {
    const { queries, carriers, payload, unique, responses, missing } = domain;
    if (domain.newShare < MIN_NEW) return false;
    if (this.#isLong(domain)) return true;
    if (payload < queries * MIN_PAYLOAD) return false;
    const isCarrying = carriers >= queries * MIN_CARRIER_SHARE;
    if (isCarrying && unique.size >= MIN_CARRIER_NAMES) return true;
    if (!this.#isFast(domain) || (responses >= MIN_ANSWERS && missing >= responses * MAX_MISSING)) return false;
    return isCarrying ? unique.size >= MIN_FAST_NAMES : unique.size >= MIN_FAST_HOSTS && domain.entropy >= queries * MIN_ENTROPY;
  }

  #raise(domain: Domain): void {
    domain.alert = this.#context.book.raise({
      type: 'dns_tunneling',
      severity: this.#isBoth(domain) ? 'critical' : 'medium',
      source: domain.client,
      target: domain.server,
      targetPort: 53,
      detail: domain.name,
      since: domain.since,
      rows: domain.rows,
      flows: domain.flows,
      describe: () => this.#describe(domain),
    });
  }

  #describe(domain: Domain) {
    const { name, client, server, queries, unique, longest, fastest, carriers, responses } = domain;
    const { addresses } = this.#context;
    const { length, rate } = this.#values;
    const isLong = longest > length;
    const share = Math.round((carriers / queries) * 100) / 100;
    const names = unique.size >= MAX_UNIQUE ? `${MAX_UNIQUE} or more` : `${unique.size}`;
    return {
      title: 'Data hidden in DNS queries',
      description: `${addresses.text(client)} asked ${addresses.text(server)} for ${names} different names below ${name}, up to ${longest} characters long and ${fastest} in a second.`,
      evidence: {
        domain: name,
        queries,
        uniqueNames: unique.size,
        longNames: domain.long,
        longestName: longest,
        queriesPerSecond: fastest,
        entropy: Math.round((domain.entropy / queries) * 100) / 100,
        carrierShare: share,
        responseBytes: responses === 0 ? 0 : Math.round(domain.responseBytes / responses),
      },
      why: {
        measure: isLong ? 'length of a query name' : fastest >= rate ? 'queries of one client' : 'different names below one domain',
        value: isLong ? longest : fastest >= rate ? fastest : unique.size,
        threshold: isLong ? length : fastest >= rate ? rate : this.#values.unique,
        unit: isLong ? 'characters' : fastest >= rate ? 'queries/s' : 'names',
        window: isLong ? null : fastest >= rate ? 1 : 3600,
        quiet: `Names of at most ${length} characters, fewer than ${rate} in a second, or at most ${this.#values.unique} different ones below ${name} in an hour.`,
      },
    };
  }
}

export const dnsTunneling = defineRule({
  id: 'T7',
  type: 'dns_tunneling',
  title: 'DNS tunnelling',
  about: 'A device sends data out as parts of DNS names, a way around firewalls.',
  severity: 'medium',
  technique: 'T1071.004',
  techniqueName: 'Application Layer Protocol: DNS',
  thresholds,
  quietPeriod: 600,
  absorbs: ['beaconing'],
  make: (values, context) => new TunnelDetector(values, context),
});
