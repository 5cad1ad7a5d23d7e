import { type AlertType, SEVERITIES, type Severity } from '../../shared/model/alerts';
import type { FlowIndex, Nanoseconds, PacketIndex } from '../../shared/model/units';
import { Alert, type Finding } from './alert';
import type { Gaps } from './gaps';
import { LruMap } from './lru-map';
import type { Rule } from './rule';

/** Alerts of one session, about 2 KB each. Whoever brings about more is known from the ones before; the rest is counted. */
const MAX_ALERTS = 20_000;
/** Sources whose open alerts are looked through for parents and children. */
const MAX_SOURCES = 16_384;
/** Open and recent alerts of one source that are looked through. */
const MAX_OF_SOURCE = 64;
const NANOSECONDS = 1_000_000_000;

/** The alerts of a session: raises the first occurrence, folds repeats into it, and puts children under their parents. */
export class AlertBook {
  readonly alerts: Alert[] = [];
  /** Findings that found no room. */
  refused = 0;
  /** Raised by every change. */
  revision = 0;
  /** The stage's clock. */
  now: Nanoseconds = 0;
  readonly #rules = new Map<AlertType, Rule>();
  /** The latest alert of the same ends. */
  readonly #byEnds = new LruMap<string, Alert>(MAX_ALERTS);
  readonly #bySource = new LruMap<number, Alert[]>(MAX_SOURCES);
  #changed = new Set<Alert>();
  readonly #gaps: Gaps | null;

  /** `gaps`: what is missing of the capture, which alerts say where they count over it. */
  constructor(gaps: Gaps | null = null) {
    this.#gaps = gaps;
  }

  addRule(rule: Rule): void {
    this.#rules.set(rule.type, rule);
  }

  /** Alerts that changed since the last call. */
  takeChanged(): ReadonlySet<Alert> {
    const changed = this.#changed;
    if (changed.size > 0) this.#changed = new Set();
    return changed;
  }

  /** Still takes occurrences: its quiet period is not over. */
  isOpen(alert: Alert): boolean {
    return this.now - alert.lastTime <= this.#quietPeriod(alert.type);
  }

  /**
   * A rule's finding: a new alert, or one more occurrence of the open alert between the same ends (same type, source, target, target port
   * and detail). Null where the book is full.
   */
  raise(finding: Finding): Alert | null {
    const ends = `${finding.type} ${finding.source} ${finding.target} ${finding.targetPort ?? ''} ${finding.detail ?? ''}`;
    const known = this.#byEnds.get(ends);
    if (known && this.isOpen(known)) {
      known.describe = finding.describe;
      for (const row of finding.rows) known.addRow(row);
      for (const flow of finding.flows) known.addFlow(flow);
      this.#happened(known, finding.severity);
      return known;
    }
    if (this.alerts.length >= MAX_ALERTS) {
      this.refused++;
      return null;
    }
    const rule = this.#rules.get(finding.type);
    const alert = new Alert(this.alerts.length + 1, finding, finding.severity ?? rule?.severity ?? 'medium', this.now, this.#gaps);
    for (const row of finding.rows) alert.addRow(row);
    for (const flow of finding.flows) alert.addFlow(flow);
    this.alerts.push(alert);
    this.#byEnds.set(ends, alert);
    this.#adopt(alert, rule?.absorbs ?? []);
    this.#touch(alert);
    return alert;
  }

  /** One more occurrence of an alert that the rule holds; to be called only while it is open. */
  fold(alert: Alert, row: PacketIndex, flow: FlowIndex = -1, severity?: Severity): void {
    alert.addRow(row);
    alert.addFlow(flow);
    this.#happened(alert, severity);
  }

  #happened(alert: Alert, severity: Severity | undefined): void {
    alert.count++;
    if (this.now > alert.lastTime) alert.lastTime = this.now;
    if (severity !== undefined && SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(alert.severity)) alert.severity = severity;
    this.#touch(alert);
  }

  #touch(alert: Alert): void {
    alert.revision++;
    this.revision++;
    this.#changed.add(alert);
  }

  /** Finds the parent of a new alert among those of its source, and its children. */
  #adopt(alert: Alert, absorbs: readonly AlertType[]): void {
    // Findings without a source (many forged ones) have their target's alerts as relatives.
    for (const end of alert.source >= 0 ? [alert.source] : [alert.target]) {
      if (end < 0) continue;
      const relatives = this.#bySource.touch(end) ?? [];
      for (const other of relatives) {
        // What the target does itself is filed there too, and is none of the flood's.
        if (other.source !== alert.source || !sameTarget(alert, other)) continue;
        if (
          !alert.ownAlert &&
          alert.parent === null &&
          other.parent === null &&
          this.isOpen(other) &&
          this.#rules.get(other.type)?.absorbs.includes(alert.type)
        ) {
          this.#bear(other, alert);
        } else if (other.parent === null && !other.ownAlert && absorbs.includes(other.type) && this.#overlaps(alert, other)) {
          this.#bear(alert, other);
        }
      }
      if (relatives.length >= MAX_OF_SOURCE) relatives.shift();
      relatives.push(alert);
      this.#bySource.set(end, relatives);
    }
    if (alert.ownAlert || alert.source < 0 || alert.target < 0) return;
    // A flood from many sources is filed under its target: what one of them does to that target is a part of it.
    for (const other of this.#bySource.get(alert.target) ?? []) {
      if (other.source >= 0 || alert.parent !== null || !this.isOpen(other)) continue;
      if (this.#rules.get(other.type)?.absorbs.includes(alert.type)) this.#bear(other, alert);
    }
  }

  #bear(parent: Alert, child: Alert): void {
    // One level: a grandparent takes the children over.
    for (const grandchild of child.children) grandchild.parent = parent;
    parent.children.push(child, ...child.children.splice(0));
    child.parent = parent;
    this.#touch(parent);
    this.#touch(child);
  }

  #overlaps(parent: Alert, child: Alert): boolean {
    return child.lastTime + this.#quietPeriod(child.type) >= parent.time;
  }

  #quietPeriod(type: AlertType): Nanoseconds {
    return (this.#rules.get(type)?.quietPeriod ?? 0) * NANOSECONDS;
  }
}

/** The same target, or one of them has none. */
const sameTarget = (a: Alert, b: Alert): boolean => a.target === b.target || a.target < 0 || b.target < 0;
