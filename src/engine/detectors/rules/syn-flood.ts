import type { AddressIndex, Nanoseconds } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import { type FlowFacts, PacketClass, type PacketFacts } from '../facts';
import type { Gap } from '../gaps';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Thresholds, type Values } from '../rule';
import { OpenSyns } from './open-syns';
import { SynTarget } from './syn-target';
import { SynWindow, SynWindows } from './syn-window';

const SYN = 2;
const ACK = 16;
const SECOND = 1_000_000_000;
/** Pairs of source and target, 0.7 KB each. */
const PAIRS = 4096;
/** 1.1 KB each. */
const TARGETS = 1024;
/** SYNs to each port tried: a port scan has one or two. */
const SYNS_A_PORT = 8;
/** From this many sources it is no port scan, whatever the ports. */
const MANY_SOURCES = 50;
/** SYNs a second from which a target is looked at each second: what CUSUM lets pass. */
const LOOKED_AT = 10;
/** Times the threshold that need not wait for their handshakes. */
const OBVIOUS = 10;
const OBVIOUS_STEP = 64;
/** Open SYNs from which a pair has a window: fewer than any threshold, more than nearly all pairs have. */
const NOTEWORTHY = 12;

const thresholds = {
  syns: {
    label: 'SYNs without a connection within 10 s',
    unit: 'SYNs',
    presets: { quiet: 500, balanced: 100, everything: 50 },
    min: 20,
    max: 1_000_000,
  },
  excess: {
    label: 'SYNs of all sources beyond what is usual (CUSUM)',
    unit: 'SYNs',
    presets: { quiet: 500, balanced: 100, everything: 50 },
    min: 20,
    max: 1_000_000,
  },
} as const satisfies Thresholds;

/** A server is kept busy with connections that nobody means to use. */
class SynFlood implements Detector {
  readonly flowProtocols: readonly FlowProtocol[] = [6];
  readonly flowKinds = [FlowEventKind.Begin, FlowEventKind.Established];
  readonly packetClasses = PacketClass.Syn;
  readonly #context: DetectionContext;
  readonly #values: Values<typeof thresholds>;
  readonly #pairs = new SynWindows(PAIRS, () => new SynWindow());
  readonly #targets = new SynWindows(TARGETS, () => new SynTarget());
  readonly #open = new OpenSyns(10);
  readonly #suspectTargets: SynTarget[] = [];
  readonly #suspectPairs: SynWindow[] = [];
  /** Of the SYN that is being worked on. */
  #pair: SynWindow | null = null;
  #target: SynTarget | null = null;

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
  }

  gap({ from, to, share }: Gap): void {
    // Handshakes that began right before it were cut off.
    const first = Math.floor(from / SECOND) - 1;
    const last = Math.floor(to / SECOND);
    const forgive = (window: SynWindow): void => {
      window.forgive(first, last, share);
      if (share === 1) window.skipTo(last);
    };
    this.#pairs.forEach(forgive);
    this.#targets.forEach(forgive);
    if (share === 1) this.#open.clear();
  }

  packet(packet: PacketFacts): void {
    const { source, destination, now } = packet;
    const second = Math.floor(now / SECOND);
    const target = this.#targets.take(-1, destination, second);
    const pair = target?.flooded ? null : this.#take(source, destination, second);
    this.#pair = pair;
    this.#target = target;
    if (target !== null) {
      target.addPacket();
      target.sources.add(source);
      if (target.current > LOOKED_AT && !target.suspect) {
        target.suspect = true;
        this.#suspectTargets.push(target);
        this.#context.wakeAt(this, (second + 1) * SECOND);
      }
      if (target.current % OBVIOUS_STEP === 0 && !this.#isKnown(target) && this.#openNow(target) >= OBVIOUS * this.#values.excess)
        this.#checkTarget(target, second);
    }
    if (pair !== null) {
      pair.addPacket();
      if (!pair.suspect && pair.recent >= this.#values.syns) {
        pair.suspect = true;
        this.#suspectPairs.push(pair);
        this.#context.wakeAt(this, (second + 1) * SECOND);
      }
      if (pair.current % OBVIOUS_STEP === 0 && !this.#isKnown(pair) && this.#openNow(pair) >= OBVIOUS * this.#values.syns)
        this.#checkPair(pair, second);
    }
  }

  flow(event: FlowFacts): void {
    if (event.kind === FlowEventKind.Begin) {
      if ((event.tcpFlags & (SYN | ACK)) !== SYN) return;
      this.#pair?.addBegun(event.destinationPort, event.row, event.flow);
      this.#target?.addBegun(event.destinationPort, event.row, event.flow);
    } else if (event.kind === FlowEventKind.Established) {
      const began = Math.floor(event.firstTime / SECOND);
      this.#open.complete(event.source, event.destination);
      this.#pairs.find(event.source, event.destination)?.complete(began);
      this.#targets.find(-1, event.destination)?.complete(began);
    }
  }

  /** The pair's window, once it is worth one; null where it is not, or where the place is taken. */
  #take(source: AddressIndex, target: AddressIndex, second: number): SynWindow | null {
    const open = this.#open.add(source, target, second);
    if (open < NOTEWORTHY) return null;
    const pair = this.#pairs.take(source, target, second);
    // The count may be of several pairs; what is this one's and has no window yet is less.
    if (pair !== null && pair.total === 0) pair.addEarlier(Math.min(open, NOTEWORTHY) - 1);
    return pair;
  }

  wake(now: Nanoseconds): Nanoseconds {
    const second = Math.floor(now / SECOND);
    this.#look(second, second - 2);
    return this.#suspectTargets.length + this.#suspectPairs.length > 0 ? (second + 1) * SECOND : Number.POSITIVE_INFINITY;
  }

  finish(now: Nanoseconds): void {
    const second = Math.floor(now / SECOND);
    this.#look(second, second);
  }

  /** Checks whom it suspects by the seconds to `last`, targets first: a flood of many takes in what its sources do. */
  #look(second: number, last: number): void {
    keep(this.#suspectTargets, (target) => {
      target.advance(second);
      target.close(last);
      this.#checkTarget(target, last);
      const stays = target.sum > 0 || target.openUntil(second) > LOOKED_AT;
      if (!stays) target.flooded = false;
      return stays;
    });
    keep(this.#suspectPairs, (pair) => {
      pair.advance(second);
      this.#checkPair(pair, last);
      return pair.openUntil(second) >= this.#values.syns;
    });
  }

  #isKnown({ alert }: SynWindow): boolean {
    return alert !== null && this.#context.book.isOpen(alert);
  }

  #openNow(window: SynWindow): number {
    return window.openUntil(window.second);
  }

  #checkPair(pair: SynWindow, last: number): void {
    const open = pair.openUntil(last);
    if (open < this.#values.syns || open < SYNS_A_PORT * pair.ports) return;
    this.#found(pair, pair.source, open, 'SYNs without a connection', this.#values.syns, []);
  }

  #checkTarget(target: SynTarget, last: number): void {
    const open = target.openUntil(last);
    if (open < this.#values.excess) return;
    if (target.excess < this.#values.excess && open < OBVIOUS * this.#values.excess) return;
    const { sources } = target;
    // The pair of the two says it.
    if (sources.majority >= 0 || sources.distinct < 2) return;
    if (open < SYNS_A_PORT * target.ports && sources.distinct < MANY_SOURCES) return;
    target.flooded = true;
    this.#found(target, -1, open, 'SYNs without a connection, from all sources', this.#values.excess, sources.top(), sources.distinct);
  }

  #found(
    window: SynWindow,
    source: AddressIndex,
    open: number,
    measure: string,
    threshold: number,
    top: readonly AddressIndex[],
    distinct = 1,
  ): void {
    const { book, addresses } = this.#context;
    const known = this.#isKnown(window) ? window.alert : null;
    // Nothing has come since.
    if (known !== null && window.told === window.total) return;
    const ports = window.ports;
    const port = ports <= 1 ? window.lastPort : null;
    const { target } = window;
    if (known === null) window.total = Math.max(open, this.#openNow(window));
    window.told = window.total;
    const syns = window.total;
    const describe = () => {
      const from = source >= 0 ? addresses.text(source) : `about ${distinct.toLocaleString('en')} addresses, most of them probably forged,`;
      return {
        title: `SYN flood: ${syns.toLocaleString('en')} SYNs`,
        description: `${from} sent ${syns.toLocaleString('en')} SYNs to ${addresses.text(target)}${port === null ? '' : `, port ${port}`}, and ${open.toLocaleString('en')} of the last 10 s led to no connection.`,
        evidence: {
          syns,
          halfOpen: open,
          window: 10,
          sources: distinct,
          ports,
          ...(top.length > 0 && { topSources: top.map((address) => addresses.text(address)) }),
        },
        why: {
          measure,
          value: open,
          threshold: Math.ceil(threshold),
          unit: 'SYNs',
          window: 10,
          quiet: `Fewer than ${Math.ceil(threshold)} SYNs that lead to no connection, or SYNs to many different ports (a port scan).`,
        },
      };
    };
    if (known !== null) {
      known.describe = describe;
      book.fold(known, window.rows().at(-1) ?? -1, window.flows().at(-1) ?? -1);
      return;
    }
    window.alert = book.raise({
      type: 'syn_flood',
      source,
      target,
      ...(port !== null && { targetPort: port }),
      rows: window.rows(),
      flows: window.flows(),
      describe,
    });
  }
}

/** Leaves in the list those that the function says true of. */
function keep<W extends SynWindow>(windows: W[], stays: (window: W) => boolean): void {
  let kept = 0;
  for (const window of windows) {
    if (stays(window)) windows[kept++] = window;
    else window.suspect = false;
  }
  windows.length = kept;
}

export const synFlood = defineRule({
  id: 'T5',
  type: 'syn_flood',
  title: 'SYN flood',
  about: 'A server is sent many requests for connections that are never completed, so that it has no room for real ones.',
  severity: 'critical',
  technique: 'T1499.001',
  techniqueName: 'Endpoint Denial of Service: OS Exhaustion Flood',
  thresholds,
  quietPeriod: 60,
  absorbs: ['syn_flood', 'brute_force', 'slow_scan', 'traffic_spike', 'beaconing', 'host_sweep'],
  make: (values, context) => new SynFlood(values, context),
});
