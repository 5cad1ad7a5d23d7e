import type { AlertType, AlertWhy, Evidence, Severity } from '../../shared/model/alerts';
import type { AddressIndex, FlowIndex, Nanoseconds, PacketIndex } from '../../shared/model/units';
import type { Gap, Gaps } from './gaps';

/** Packets and flows that an alert keeps as evidence, each. */
export const MAX_EVIDENCE_ROWS = 64;
/** Gaps that it names, the latest. */
const MAX_NAMED_GAPS = 8;
const SECOND: Nanoseconds = 1_000_000_000;

/** What an alert says of itself; made when somebody reads it, not for every occurrence. */
export interface AlertText {
  readonly title: string;
  readonly description: string;
  readonly evidence: Evidence;
  readonly why: AlertWhy;
}

/** What a rule found. */
export interface Finding {
  readonly type: AlertType;
  /** The rule's own where it is not given. */
  readonly severity?: Severity;
  /** Who does it; -1 where there is no single one. */
  readonly source: AddressIndex;
  readonly sourcePort?: number;
  /** To whom; -1 where there is no single one. */
  readonly target: AddressIndex;
  readonly targetPort?: number;
  /** Tells findings of the same ends apart: a domain, a kind. */
  readonly detail?: string;
  /** When it began: of the first packet of the evidence; the packet that completed it where it is not given. */
  readonly since?: Nanoseconds;
  /** Says more than a parent would (passwords were tried, not only ports): never becomes part of another alert. */
  readonly ownAlert?: boolean;
  /** Rows and flows so far that caused it; the first `MAX_EVIDENCE_ROWS` are kept. */
  readonly rows: Iterable<PacketIndex>;
  readonly flows: Iterable<FlowIndex>;
  /**
   * Writes what is known. It may be called at any time between occurrences, any number of times: what it reads belongs to this alert and
   * changes only when `fold` or `raise` is called for it.
   */
  readonly describe: () => AlertText;
}

/** A finding in the book. Rules keep it to fold further occurrences into it. */
export class Alert {
  readonly id: number;
  readonly type: AlertType;
  severity: Severity;
  readonly source: AddressIndex;
  readonly sourcePort: number | null;
  readonly target: AddressIndex;
  readonly targetPort: number | null;
  readonly detail: string;
  readonly ownAlert: boolean;
  readonly time: Nanoseconds;
  lastTime: Nanoseconds;
  /** Occurrences, the first included. */
  count = 1;
  readonly rows: PacketIndex[] = [];
  readonly flows: FlowIndex[] = [];
  readonly #raised: Nanoseconds;
  readonly #gaps: Gaps | null;
  describe: () => AlertText;
  /** The alert that this one became part of. */
  parent: Alert | null = null;
  readonly children: Alert[] = [];
  /** Raised by each change: readers compare. */
  revision = 0;

  constructor(id: number, finding: Finding, severity: Severity, now: Nanoseconds, gaps: Gaps | null = null) {
    this.id = id;
    this.type = finding.type;
    this.severity = severity;
    this.source = finding.source;
    this.sourcePort = finding.sourcePort ?? null;
    this.target = finding.target;
    this.targetPort = finding.targetPort ?? null;
    this.detail = finding.detail ?? '';
    this.ownAlert = finding.ownAlert ?? false;
    this.time = finding.since ?? now;
    this.lastTime = now;
    this.#raised = now;
    this.#gaps = gaps;
    this.describe = finding.describe;
  }

  /** What it says of itself; where packets are missing of the time that it speaks of, so much too. */
  text(): AlertText {
    const text = this.describe();
    const window = (text.why.window ?? 0) * SECOND;
    const gaps = this.#gaps?.between(Math.min(this.time, this.#raised - window), this.lastTime) ?? [];
    return gaps.length === 0 ? text : { ...text, evidence: { ...text.evidence, notCaptured: gaps.slice(-MAX_NAMED_GAPS).map(inWords) } };
  }

  addRow(row: PacketIndex): void {
    if (row >= 0 && this.rows.length < MAX_EVIDENCE_ROWS && this.rows.at(-1) !== row) this.rows.push(row);
  }

  addFlow(flow: FlowIndex): void {
    if (flow >= 0 && this.flows.length < MAX_EVIDENCE_ROWS && !this.flows.includes(flow)) this.flows.push(flow);
  }
}

/** '20.0 s', '12 % of the packets of 1.0 s'. */
function inWords({ from, to, share }: Gap): string {
  const seconds = `${((to - from) / SECOND).toFixed(1)} s`;
  return share === 1 ? seconds : `${Math.max(1, Math.round(share * 100))} % of the packets of ${seconds}`;
}
