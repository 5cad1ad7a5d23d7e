import type { Nanoseconds } from '../../../shared/model/units';
import { FlowEventKind } from '../../flows/flow-events';
import type { Alert, AlertText } from '../alert';

import type { FlowFacts } from '../facts';
import { LruMap } from '../lru-map';
import { HELD, PAIR_WORDS, PairTable } from '../pair-table';
import { type DetectionContext, type Detector, defineRule, type FlowProtocol, type Values } from '../rule';
import { Outcome, outcomeAfter, ProbeKind, probeKind } from './port-attempts';
import { ANSWER_LIMIT, PortAttempts, ScanEvidence, sequentialShare, type Tally } from './port-scan-state';

const UDP = 17;
const SECOND = 1_000_000_000;
const PERCENT = 100;
/** Pairs of source and target of which the first attempts are known: 64 bytes each. */
const PAIR_BITS = 15;
/** Words of an attempt within a pair's record. */
const ATTEMPT_WORDS = 3;
const Word = { code: 0, row: 1, flow: 2 } as const;
/** Attempts at distinct ports that a pair's record has room for; a further one gives the pair a state of its own. */
const INLINE = PAIR_WORDS / ATTEMPT_WORDS;
/** Pairs with such a state: 2 KB each, 18 KB while they are scans. */
const MAX_STATES = 2048;
/** Pairs that wait to see whether an answer comes. */
const MAX_WAITING = 16_384;

/** Ticks of 1/16 s in 32 bits last eight years; wrapping around only makes an old pair look young. */
const TICKS_A_SECOND = 16;
/** Parts of the window that an attempt's age is counted in, at most; ten bits of them hold four windows. */
const PARTS = 256;
const PART_MASK = 1023;
/** In place of an `Outcome`: too long ago to count. */
const GONE = 7;

/** Port, kind << 16, outcome << 19, part of the window << 22. */
const codeOf = (port: number, kind: number, outcome: number, part: number): number => port | (kind << 16) | (outcome << 19) | (part << 22);
const portOf = (code: number): number => code & 0xffff;
const kindOf = (code: number): number => (code >>> 16) & 7;
const outcomeOf = (code: number): number => (code >>> 19) & 7;
const partOf = (code: number): number => code >>> 22;

const thresholds = {
  ports: { label: 'Distinct ports of one target', unit: 'ports', presets: { quiet: 20, balanced: 10, everything: 6 }, min: 5, max: 60 },
  fewPorts: {
    label: 'Distinct ports where most fail or follow each other',
    unit: 'ports',
    presets: { quiet: 10, balanced: 5, everything: 5 },
    min: 5,
    max: 60,
  },
  failedShare: { label: 'Attempts that failed', unit: '%', presets: { quiet: 80, balanced: 70, everything: 50 }, min: 10, max: 100 },
  sequentialShare: {
    label: 'Ports next to each other',
    unit: '%',
    presets: { quiet: 80, balanced: 60, everything: 40 },
    min: 10,
    max: 100,
  },
  window: { label: 'Counted over', unit: 's', presets: { quiet: 60, balanced: 60, everything: 120 }, min: 5, max: 3600 },
};

/** A pair that tried more ports than its record has room for. */
class PairState {
  readonly source: number;
  readonly target: number;
  readonly attempts = new PortAttempts();
  due: Nanoseconds = 0;
  waiting = false;
  alert: Alert | null = null;
  evidence: ScanEvidence | null = null;

  constructor(source: number, target: number) {
    this.source = source;
    this.target = target;
  }
}

class PortScan implements Detector {
  readonly flowProtocols: readonly FlowProtocol[] = [6, 17];
  readonly #values: Values<typeof thresholds>;
  readonly #context: DetectionContext;
  readonly #window: Nanoseconds;
  readonly #partTicks: number;
  readonly #windowParts: number;
  readonly #states = new LruMap<number, PairState>(MAX_STATES, (record, state) => {
    this.#pairs.setTag(record, 0);
    state.evidence?.close();
  });
  readonly #pairs = new PairTable(PAIR_BITS, (record) => {
    this.#states.get(record)?.evidence?.close();
    this.#states.delete(record);
  });
  #waiting: PairState[] = [];
  #nextWaiting = 0;
  #started: Nanoseconds | null = null;
  readonly #tally: Tally = { tried: 0, ports: 0, certain: 0, failed: 0, sequential: 0 };

  constructor(values: Values<typeof thresholds>, context: DetectionContext) {
    this.#values = values;
    this.#context = context;
    this.#window = values.window * SECOND;
    this.#partTicks = Math.ceil((values.window * TICKS_A_SECOND) / PARTS);
    this.#windowParts = Math.ceil((values.window * TICKS_A_SECOND) / this.#partTicks);
  }

  flow(event: FlowFacts): void {
    const { kind } = event;
    if (kind === FlowEventKind.Begin) {
      this.#begin(event);
      return;
    }
    if (kind === FlowEventKind.Ended && event.payload + event.payloadBack > 0) return;
    const record = this.#pairs.find(event.source, event.destination);
    if (record < 0) return;
    if (this.#pairs.tag(record) !== HELD) this.#markInline(record, event);
    else this.#markState(record, event);
  }

  wake(now: Nanoseconds): Nanoseconds {
    const waiting = this.#waiting;
    while (this.#nextWaiting < waiting.length) {
      const state = waiting[this.#nextWaiting] as PairState;
      if (state.due > now) return state.due;
      this.#nextWaiting++;
      state.waiting = false;
      if (state.alert === null) {
        this.#judge(state, now);
        if (state.alert === null && state.attempts.hasPending(now)) this.#wait(state, now);
      }
      if (this.#nextWaiting === MAX_WAITING) {
        waiting.splice(0, this.#nextWaiting);
        this.#nextWaiting = 0;
      }
    }
    waiting.length = 0;
    this.#nextWaiting = 0;
    return Number.POSITIVE_INFINITY;
  }

  finish(now: Nanoseconds): void {
    for (const [, state] of this.#states.entries()) {
      if (state.alert === null) this.#judge(state, now + ANSWER_LIMIT);
    }
  }

  #begin(event: FlowFacts): void {
    const { source, destination, destinationPort, now } = event;
    const kind = probeKind(event);
    if (kind === ProbeKind.None || (kind === ProbeKind.Udp && this.#context.isGroup(destination))) return;
    this.#started ??= now;
    const tick = (((now - this.#started) / SECOND) * TICKS_A_SECOND) >>> 0;
    const pairs = this.#pairs;
    const { words } = pairs;
    let record = pairs.find(source, destination);
    if (record < 0) record = pairs.add(source, destination, tick);
    const isOld = (tick - pairs.last(record)) >>> 0 > this.#values.window * TICKS_A_SECOND;
    pairs.touch(record, tick);
    // The tag is the number of attempts that the record holds.
    const count = pairs.tag(record);
    if (count === HELD) {
      const state = this.#states.touch(record);
      if (state) this.#try(state, event, kind);
      return;
    }
    const part = Math.floor(tick / this.#partTicks) & PART_MASK;
    const first = pairs.start(record);
    let free = count < INLINE ? first + count * ATTEMPT_WORDS : -1;
    for (let at = first; at < first + count * ATTEMPT_WORDS; at += ATTEMPT_WORDS) {
      let code = words[at] ?? 0;
      // The pair is looked at once a window at least, or all of it is old: what is too old is seen before its part comes round again.
      if (isOld || ((part - partOf(code)) & PART_MASK) > this.#windowParts) {
        code = codeOf(portOf(code), kindOf(code), GONE, part);
        words[at] = code;
      }
      if (portOf(code) === destinationPort && (kindOf(code) === ProbeKind.Udp) === (kind === ProbeKind.Udp) && outcomeOf(code) !== GONE) {
        words[at] = codeOf(destinationPort, kindOf(code), outcomeOf(code), part);
        return;
      }
      if (free >= 0) continue;
      // A conversation speaks for no scan: it makes room, as what is too old does.
      if (outcomeOf(code) === Outcome.Talked || outcomeOf(code) === GONE) free = at;
    }
    if (free >= 0) {
      if (free === first + count * ATTEMPT_WORDS) pairs.setTag(record, count + 1);
      words[free + Word.code] = codeOf(destinationPort, kind, Outcome.Pending, part);
      words[free + Word.row] = event.row;
      words[free + Word.flow] = event.flow;
      return;
    }
    this.#try(this.#promote(record, event, part), event, kind);
  }

  /** Gives the pair a state of its own, with what its record knows. */
  #promote(record: number, { source, destination, now }: FlowFacts, part: number): PairState {
    const { words } = this.#pairs;
    const state = new PairState(source, destination);
    const first = this.#pairs.start(record);
    for (let at = first; at < first + INLINE * ATTEMPT_WORDS; at += ATTEMPT_WORDS) {
      const code = words[at + Word.code] ?? 0;
      const age = ((((part - partOf(code)) & PART_MASK) * this.#partTicks) / TICKS_A_SECOND) * SECOND;
      state.attempts.add(portOf(code), kindOf(code), outcomeOf(code), now - age, words[at + Word.row] ?? 0, words[at + Word.flow] ?? 0);
    }
    this.#states.set(record, state);
    this.#pairs.setTag(record, HELD);
    return state;
  }

  #markInline(record: number, event: FlowFacts): void {
    const { words } = this.#pairs;
    const first = this.#pairs.start(record);
    const end = first + this.#pairs.tag(record) * ATTEMPT_WORDS;
    for (let at = first; at < end; at += ATTEMPT_WORDS) {
      const code = words[at + Word.code] ?? 0;
      if (portOf(code) !== event.destinationPort || outcomeOf(code) === GONE) continue;
      const kind = kindOf(code);
      if ((kind === ProbeKind.Udp) !== (event.protocol === UDP)) continue;
      words[at + Word.code] = codeOf(event.destinationPort, kind, outcomeAfter(outcomeOf(code), event), partOf(code));
      return;
    }
  }

  #markState(record: number, event: FlowFacts): void {
    const state = this.#states.get(record);
    if (!state) return;
    const { attempts } = state;
    const at = attempts.find(event.destinationPort, event.protocol === UDP);
    if (at < 0) return;
    const before = attempts.outcomes[at] ?? 0;
    const after = outcomeAfter(before, event);
    if (after === before) return;
    attempts.outcomes[at] = after;
    state.evidence?.addOutcome(before, after);
    if (state.alert === null && (after === Outcome.Refused || after === Outcome.Probed)) this.#judge(state, event.now);
  }

  #try(state: PairState, event: FlowFacts, kind: number): void {
    const { attempts } = state;
    const { now, destinationPort } = event;
    if (state.alert !== null && !this.#context.book.isOpen(state.alert)) {
      state.alert = null;
      state.evidence?.close();
      state.evidence = null;
      attempts.count = 0;
    }
    const known = attempts.find(destinationPort, kind === ProbeKind.Udp);
    if (known >= 0) attempts.times[known] = now;
    else attempts.add(destinationPort, kind, Outcome.Pending, now, event.row, event.flow);
    if (state.alert !== null) {
      // A bare ACK alone says nothing: what comes of it is not waited for any more.
      if (kind === ProbeKind.Ack && state.evidence?.kind !== 'ACK') return;
      if (state.evidence?.addPort(destinationPort, kind)) this.#context.book.fold(state.alert, event.row, event.flow);
      return;
    }
    this.#judge(state, now);
    if (state.alert === null) this.#wait(state, now);
  }

  #wait(state: PairState, now: Nanoseconds): void {
    if (state.waiting || this.#waiting.length >= 2 * MAX_WAITING) return;
    state.waiting = true;
    state.due = now + ANSWER_LIMIT;
    this.#waiting.push(state);
    this.#context.wakeAt(this, state.due);
  }

  #judge(state: PairState, now: Nanoseconds): void {
    const { attempts } = state;
    const { ports, fewPorts, failedShare, sequentialShare: nearShare } = this.#values;
    if (attempts.count < Math.min(ports, fewPorts)) return;
    attempts.forgive(this.#context.gaps);
    const tally = this.#tally;
    attempts.tally(now, this.#window, tally);
    if (tally.ports >= ports) {
      this.#raise(state, now, 'distinct ports', tally.ports, ports);
    } else if (tally.certain >= fewPorts) {
      if (tally.failed > (tally.tried * failedShare) / PERCENT) {
        this.#raise(state, now, 'distinct ports, most of which failed', tally.ports, fewPorts);
      } else if (tally.sequential > nearShare / PERCENT) {
        this.#raise(state, now, 'distinct ports next to each other', tally.ports, fewPorts);
      }
    }
  }

  #raise(state: PairState, now: Nanoseconds, measure: string, value: number, threshold: number): void {
    const { attempts } = state;
    const evidence = new ScanEvidence();
    const rows: number[] = [];
    const flows: number[] = [];
    let since = now;
    for (let at = 0; at < attempts.count; at++) {
      const time = attempts.times[at] ?? 0;
      if (now - time > this.#window || !attempts.isProbe(at, now)) continue;
      evidence.addPort(attempts.ports[at] ?? 0, attempts.kinds[at] ?? 0);
      evidence.addOutcome(Outcome.Pending, attempts.outcomes[at] ?? 0);
      rows.push(attempts.rows[at] ?? 0);
      flows.push(attempts.flows[at] ?? 0);
      if (time < since) since = time;
    }
    state.alert = this.#context.book.raise({
      type: 'port_scan',
      source: state.source,
      target: state.target,
      since,
      rows: rows.sort((a, b) => a - b),
      flows,
      describe: this.#describe(state.source, state.target, evidence, measure, value, threshold),
    });
    if (state.alert) state.evidence = evidence;
    else attempts.count = 0;
  }

  #describe(source: number, target: number, evidence: ScanEvidence, measure: string, value: number, threshold: number): () => AlertText {
    const { addresses } = this.#context;
    const { window } = this.#values;
    return () => {
      const from = addresses.text(source);
      const to = addresses.text(target);
      const failed = evidence.refused + evidence.unanswered;
      const sorted = [...evidence.named].sort((a, b) => a - b);
      return {
        title: `Port scan: ${evidence.count.toLocaleString('en')} ports`,
        description: `${from} tried ${evidence.count} ports of ${to}; ${failed} of them refused or did not answer. Someone is finding out which services run there.`,
        evidence: {
          ports: sorted,
          portCount: evidence.count,
          failed,
          refused: evidence.refused,
          unanswered: evidence.unanswered,
          sequentialShare: Math.round(sequentialShare(sorted) * PERCENT) / PERCENT,
          window,
          scanKind: evidence.kind,
        },
        why: {
          measure,
          value,
          threshold,
          unit: 'ports',
          window,
          quiet: `Fewer than ${threshold} ports without a conversation within ${window} s, or a mute for this source.`,
        },
      };
    };
  }
}

/** T1: one source tries many ports of one target. Ports that a conversation came of are not counted: clients of FTP or RPC have many. */
export const portScan = defineRule({
  id: 'T1',
  type: 'port_scan',
  title: 'Port scan',
  about: 'One address tries many ports of another one to find out which services run there.',
  severity: 'high',
  technique: 'T1046',
  techniqueName: 'Network Service Discovery',
  thresholds,
  quietPeriod: 300,
  absorbs: ['slow_scan', 'brute_force', 'syn_flood'],
  make: (values, context) => new PortScan(values, context),
});
