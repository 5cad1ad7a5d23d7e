import type { AddressIndex, Nanoseconds } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { Alert, AlertText } from '../alert';
import { ContactTable } from '../contact-table';
import type { FlowFacts } from '../facts';
import { LruMap } from '../lru-map';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Values } from '../rule';
import { ProbeKind, probeKind } from './port-attempts';
import { ANSWER_LIMIT } from './port-scan-state';

const SECOND = 1_000_000_000;
/** Contacts that are remembered, so that only the first one counts: 16 bytes each. */
const CONTACT_BITS = 16;
/** Sources of which a contact failed: 800 bytes each at most. */
const MAX_SOURCES = 8192;
/** Sources none of whose contacts failed, a power of two: 4 bytes each, so that a core's cache holds those that are active. */
const GOOD_SOURCES = 65_536;
const MAX_FAILURES = 16;
/** Contacts that wait for an answer, a power of two: the oldest of them is decided early where more do. */
const MAX_WAITING = 65_536;
/** What was tried less than this before the capture's end may have been answered behind it: of a SYN's first retransmission (RFC 6298, 2.1). */
const LEAST_WAIT: Nanoseconds = SECOND;
/** Clients' own ports, which peers of a swarm and data connections use; who looks for services does not begin here. */
const FIRST_EPHEMERAL = 32_768;

/** Jung et al.: odds that a first contact succeeds, of a benign source and of a scanner. */
const BENIGN_SUCCESS = 0.8;
const SCANNER_SUCCESS = 0.2;
const ON_SUCCESS = SCANNER_SUCCESS / BENIGN_SUCCESS;
const ON_FAILURE = (1 - SCANNER_SUCCESS) / (1 - BENIGN_SUCCESS);

const thresholds = {
  ratio: {
    label: 'Likelihood ratio of a scanner',
    unit: ': 1',
    presets: { quiet: 999, balanced: 99, everything: 99 },
    min: 4,
    max: 1_000_000,
  },
  failures: { label: 'First contacts that failed', unit: 'contacts', presets: { quiet: 8, balanced: 5, everything: 4 }, min: 2, max: 16 },
};

/** Tag of a contact: open with no answer yet is its place in the ring, and this. */
const WAITING = 2;
const DECIDED = 1;

interface Failure {
  readonly target: AddressIndex;
  readonly port: number;
  readonly row: number;
  readonly flow: number;
}

class Source {
  ratio = 1;
  successes = 0;
  failed = 0;
  since: Nanoseconds = 0;
  failures: Failure[] | null = null;
  alert: Alert | null = null;
}

class SlowScan implements Detector {
  readonly flowProtocols: readonly FlowProtocol[] = [6];
  readonly flowKinds = [FlowEventKind.Begin, FlowEventKind.Answered, FlowEventKind.Refused, FlowEventKind.Unreachable];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  /** Below it a source is taken to be benign: more successes make it no better. */
  readonly #benign: number;
  readonly #contacts = new ContactTable(CONTACT_BITS, 0);
  readonly #sources = new LruMap<AddressIndex, Source>(MAX_SOURCES);
  /** (Source + 1) << 8 | its successes, where none of its contacts failed. */
  readonly #good = new Uint32Array(GOOD_SOURCES);
  /** Rings of contacts in the order of their SYNs; what was decided has no port. */
  readonly #source = new Uint32Array(MAX_WAITING);
  readonly #target = new Uint32Array(MAX_WAITING);
  readonly #port = new Uint16Array(MAX_WAITING);
  readonly #row = new Uint32Array(MAX_WAITING);
  readonly #flow = new Uint32Array(MAX_WAITING);
  readonly #due = new Float64Array(MAX_WAITING);
  #first = 0;
  #count = 0;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    // The same chances of a wrong verdict either way.
    this.#benign = 1 / values.ratio;
  }

  flow(event: FlowFacts): void {
    const { kind, source, destination, destinationPort } = event;
    if (kind === FlowEventKind.Begin) {
      if (destinationPort > 0 && destinationPort < FIRST_EPHEMERAL && probeKind(event) === ProbeKind.Syn) this.#begin(event);
      return;
    }
    const contact = this.#contacts.find(keyA(source, destinationPort), keyB(destination, destinationPort));
    if (contact < 0) return;
    const tag = this.#contacts.tag(contact);
    if (tag < WAITING) return;
    this.#contacts.setTag(contact, DECIDED);
    const place = tag - WAITING;
    if (kind === FlowEventKind.Answered) this.#succeeded(source);
    else this.#failed(place, event.now);
    this.#port[place] = 0;
  }

  wake(now: Nanoseconds): Nanoseconds {
    while (this.#count > 0) {
      const due = this.#due[this.#first] ?? 0;
      if (due > now) return due;
      this.#decideFirst(now);
    }
    return Number.POSITIVE_INFINITY;
  }

  finish(now: Nanoseconds): void {
    while (this.#count > 0 && now - ((this.#due[this.#first] ?? 0) - ANSWER_LIMIT) >= LEAST_WAIT) this.#decideFirst(now);
  }

  #begin(event: FlowFacts): void {
    const { source, destination, destinationPort, now } = event;
    const contacts = this.#contacts;
    const a = keyA(source, destinationPort);
    const b = keyB(destination, destinationPort);
    const tick = (now / SECOND) >>> 0;
    const known = contacts.find(a, b);
    if (known >= 0) {
      contacts.touch(known, tick);
      return;
    }
    if (this.#count === MAX_WAITING) this.#decideFirst(now);
    const place = (this.#first + this.#count++) & (MAX_WAITING - 1);
    contacts.setTag(contacts.add(a, b, tick), place + WAITING);
    this.#source[place] = source;
    this.#target[place] = destination;
    this.#port[place] = destinationPort;
    this.#row[place] = event.row;
    this.#flow[place] = event.flow;
    this.#due[place] = now + ANSWER_LIMIT;
    if (this.#count === 1) this.#context.wakeAt(this, now + ANSWER_LIMIT);
  }

  /** The contact that waited longest had no answer, unless it was decided before. */
  #decideFirst(now: Nanoseconds): void {
    const place = this.#first;
    this.#first = (place + 1) & (MAX_WAITING - 1);
    this.#count--;
    const port = this.#port[place] ?? 0;
    if (port === 0) return;
    const contact = this.#contacts.find(keyA(this.#source[place] ?? 0, port), keyB(this.#target[place] ?? 0, port));
    // One that made room for others may have been answered since.
    if (contact < 0 || this.#contacts.tag(contact) !== place + WAITING) return;
    this.#contacts.setTag(contact, DECIDED);
    const due = this.#due[place] ?? 0;
    if (!this.#context.gaps.silenced(due - ANSWER_LIMIT, due)) this.#failed(place, now);
  }

  #succeeded(source: AddressIndex): void {
    const at = source & (GOOD_SOURCES - 1);
    const good = this.#good[at] ?? 0;
    // A success keeps no source from making room: most contacts are one.
    const isGood = good >>> 8 === source + 1;
    const state = isGood ? undefined : this.#sources.get(source);
    if (state) {
      state.successes++;
      state.ratio = Math.max(this.#benign, state.ratio * ON_SUCCESS);
    } else if (!isGood) {
      this.#good[at] = (((source + 1) << 8) | 1) >>> 0;
    } else if ((good & 255) < 255) {
      this.#good[at] = good + 1;
    }
  }

  /** The state of a source from its first failure on. */
  #sourceThatFailed(source: AddressIndex): Source {
    const known = this.#sources.touch(source);
    if (known) return known;
    const state = new Source();
    const at = source & (GOOD_SOURCES - 1);
    const good = this.#good[at] ?? 0;
    if (good >>> 8 === source + 1) {
      state.successes = good & 255;
      state.ratio = Math.max(this.#benign, ON_SUCCESS ** state.successes);
      this.#good[at] = 0;
    }
    this.#sources.set(source, state);
    return state;
  }

  #failed(place: number, now: Nanoseconds): void {
    const source = this.#source[place] ?? 0;
    const state = this.#sourceThatFailed(source);
    state.failed++;
    state.ratio = Math.min(this.#values.ratio * ON_FAILURE, state.ratio * ON_FAILURE);
    const failure = {
      target: this.#target[place] ?? 0,
      port: this.#port[place] ?? 0,
      row: this.#row[place] ?? 0,
      flow: this.#flow[place] ?? 0,
    };
    state.failures ??= [];
    if (state.failures.length === 0) state.since = now;
    if (state.failures.length < MAX_FAILURES) state.failures.push(failure);
    if (state.alert !== null && this.#context.book.isOpen(state.alert)) {
      this.#context.book.fold(state.alert, failure.row, failure.flow);
    } else if (state.ratio >= this.#values.ratio && state.failed >= this.#values.failures) {
      this.#raise(source, state);
    }
  }

  #raise(source: AddressIndex, state: Source): void {
    const failures = state.failures ?? [];
    const first = failures[0]?.target ?? -1;
    state.alert = this.#context.book.raise({
      type: 'slow_scan',
      source,
      target: failures.every(({ target }) => target === first) ? first : -1,
      since: state.since,
      rows: failures.map(({ row }) => row),
      flows: failures.map(({ flow }) => flow),
      describe: this.#describe(source, state, state.ratio),
    });
    if (state.alert === null) state.failed = 0;
  }

  #describe(source: AddressIndex, state: Source, value: number): () => AlertText {
    const { addresses } = this.#context;
    const { ratio, failures: needed } = this.#values;
    return () => {
      const from = addresses.text(source);
      return {
        title: `Slow scan: ${state.failed.toLocaleString('en')} contacts that failed`,
        description: `${state.failed} of ${state.failed + state.successes} hosts and ports that ${from} turned to for the first time refused or did not answer: those of a scanner do.`,
        evidence: {
          failed: state.failed,
          successes: state.successes,
          contacts: (state.failures ?? []).map(({ target, port }) => `${addresses.text(target)} port ${port}`),
        },
        why: {
          measure: 'likelihood ratio of a scanner against a benign source',
          value,
          threshold: ratio,
          unit: ': 1',
          window: null,
          quiet: `Fewer than ${needed} failed first contacts, or more that succeed: each divides the ratio by ${1 / ON_SUCCESS}.`,
        },
      };
    };
  }
}

/** Two words hold two addresses of 24 bits and the port. */
const keyA = (source: AddressIndex, port: number): number => (source | ((port & 0xff) << 24)) >>> 0;
const keyB = (target: AddressIndex, port: number): number => (target | ((port >>> 8) << 24)) >>> 0;

/**
 * T2: Threshold Random Walk (Jung, Paxson, Berger, Balakrishnan: Fast Portscan Detection Using Sequential Hypothesis Testing, 2004) over first
 * contacts of TCP. A contact is a host and port, not a host alone: a single watched server has one host to be contacted.
 */
export const slowScan = defineRule({
  id: 'T2',
  type: 'slow_scan',
  title: 'Slow scan',
  about: 'Most hosts and ports that an address turns to for the first time refuse it, however much time it takes.',
  severity: 'medium',
  technique: 'T1046',
  techniqueName: 'Network Service Discovery',
  thresholds,
  quietPeriod: 3600,
  absorbs: [],
  make: (values, context) => new SlowScan(values, context),
});
