import type { AlertCalls, AlertGroup, AlertGrouping, AlertMark, AlertNews, AlertQuery, AlertWindow } from '../../shared/contract/alerts';
import { type AlertDetails, type AlertRow, type AlertStatus, SEVERITIES, type Severity } from '../../shared/model/alerts';
import type { Alert } from '../detectors/alert';
import type { AlertBook } from '../detectors/alert-book';
import type { NewsSource } from '../notifications/notifier';
import type { SessionTables } from '../session-tables';
import { groupAlerts, matchesQuery, sortAlerts } from './alert-list';
import { alertDetails, alertKey, alertRow, type CountryOf } from './alert-rows';
import { type AlertMemory, type CaptureIdentity, Handling, type KeyedNote } from './handling';
import type { Mutes } from './mutes';

/** Marks of one answer: more cannot be told apart on a strip. */
export const MAX_MARKS = 2000;
const MAX_NEWEST = 5;

interface Entry {
  readonly alert: Alert;
  readonly key: string;
  mute: number | null;
  /** As it was at `revision`; made when somebody reads it. */
  row: AlertRow | null;
  revision: number;
}

export interface AlertDeskParts {
  /** Session id. */
  readonly session: number;
  readonly capture: CaptureIdentity & { readonly name: string };
  /** The capture goes on. */
  readonly isLive: boolean;
  /** A demo: none of it happened. */
  readonly isGenerated?: boolean;
  readonly tables: SessionTables;
  readonly book: AlertBook;
  readonly memory: AlertMemory;
  readonly mutes: Mutes;
  readonly countryOf?: CountryOf;
}

/** The alerts of one session as people work with them: what the rules raised, what was said of it, and what mutes hide. */
export class AlertDesk implements NewsSource {
  readonly #parts: AlertDeskParts;
  readonly #handling = new Handling();
  readonly #entries: Entry[] = [];
  /** Those that nobody was told of and that may become news yet. */
  #untold: Entry[] = [];
  #mutesRevision = -1;

  private constructor(parts: AlertDeskParts) {
    this.#parts = parts;
  }

  /** With what was said of this capture's alerts before. */
  static async open(parts: AlertDeskParts): Promise<AlertDesk> {
    const desk = new AlertDesk(parts);
    for (const note of await parts.memory.loadNotes(parts.capture)) desk.#handling.add(note);
    return desk;
  }

  get revision(): number {
    const { book, mutes } = this.#parts;
    return book.revision + this.#handling.revision + mutes.revision;
  }

  get session(): number {
    return this.#parts.session;
  }

  get name(): string {
    return this.#parts.capture.name;
  }

  get isLive(): boolean {
    return this.#parts.isLive;
  }

  get isGenerated(): boolean {
    return this.#parts.isGenerated === true;
  }

  /** Each alert once: when it came, or when it rose to this severity. */
  takeNews(least: Severity): AlertRow[] {
    this.#synced();
    const rank = SEVERITIES.indexOf(least);
    const open = this.#untold.filter(
      ({ alert, key, mute }) => alert.parent === null && mute === null && this.#handling.status(key) === 'open',
    );
    this.#untold = open.filter(({ alert }) => SEVERITIES.indexOf(alert.severity) < rank);
    return open.filter(({ alert }) => SEVERITIES.indexOf(alert.severity) >= rank).map((entry) => this.#row(entry));
  }

  dropNews(): void {
    this.#synced();
    this.#untold = [];
  }

  /** `only`: ids of the alerts in question; null: all. So for all that take a query. */
  rows({ from, count, query, sort, descending }: AlertCalls['alerts.rows']['args'], only: ReadonlySet<number> | null): AlertWindow {
    const found = sortAlerts(this.#select(query, only), sort, descending);
    const { all, muted } = this.#counts();
    return { from, rows: found.slice(from, from + count), total: found.length, all, muted };
  }

  groups(by: AlertGrouping, query: AlertQuery, only: ReadonlySet<number> | null): AlertGroup[] {
    return groupAlerts(this.#select(query, only), by);
  }

  get(id: number): AlertDetails | null {
    const entry = this.#synced()[id - 1];
    if (!entry) return null;
    const { tables } = this.#parts;
    const children = entry.alert.children.flatMap((child) => {
      const known = this.#entries[child.id - 1];
      return known ? this.#row(known) : [];
    });
    return alertDetails(tables, entry.alert, this.#row(entry), this.#handling.notes(entry.key), children);
  }

  marks(): { marks: AlertMark[]; omitted: number } {
    const shown = this.#listed().filter(({ mute }) => mute === null);
    const rank = ({ alert }: Entry): number => SEVERITIES.indexOf(alert.severity);
    const kept = shown.length <= MAX_MARKS ? shown : [...shown].sort((a, b) => rank(b) - rank(a)).slice(0, MAX_MARKS);
    const marks = kept.map(({ alert, key }) => {
      const { id, type, severity, time, lastTime } = alert;
      return { id, type, severity, time, lastTime, status: this.#handling.status(key) };
    });
    return { marks: marks.sort((a, b) => a.time - b.time), omitted: shown.length - kept.length };
  }

  /** Of the given alerts those that exist; what was written is kept when it resolves. */
  async handle(ids: readonly number[], status: AlertStatus, text: string): Promise<void> {
    const entries = this.#synced();
    const at = Date.now();
    const notes: KeyedNote[] = ids.flatMap((id) => {
      const entry = entries[id - 1];
      return entry ? { key: entry.key, note: { at, status, text } } : [];
    });
    for (const note of notes) this.#handling.add(note);
    if (notes.length > 0) await this.#parts.memory.saveNotes(this.#parts.capture, notes);
  }

  /** All rows of the query, in order of time. */
  list(query: AlertQuery, only: ReadonlySet<number> | null): AlertRow[] {
    return sortAlerts(this.#select(query, only), 'time', false);
  }

  news(): Omit<AlertNews, 'outdated'> {
    const listed = this.#listed();
    const open: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
    let muted = 0;
    for (const { alert, key, mute } of listed) {
      if (mute !== null) muted++;
      else if (this.#handling.status(key) === 'open') open[alert.severity]++;
    }
    const newest: AlertRow[] = [];
    for (let i = listed.length - 1; i >= 0 && newest.length < MAX_NEWEST; i--) {
      const entry = listed[i];
      if (entry && entry.mute === null) newest.push(this.#row(entry));
    }
    return { session: this.#parts.session, revision: this.revision, open, total: listed.length, muted, newest };
  }

  #counts(): { all: number; muted: number } {
    const listed = this.#listed();
    return { all: listed.length, muted: listed.filter(({ mute }) => mute !== null).length };
  }

  #select(query: AlertQuery, only: ReadonlySet<number> | null): AlertRow[] {
    return this.#listed()
      .filter(({ alert }) => only === null || only.has(alert.id))
      .map((entry) => this.#row(entry))
      .filter((row) => matchesQuery(row, query));
  }

  /** Without those that others absorbed. */
  #listed(): Entry[] {
    return this.#synced().filter(({ alert }) => alert.parent === null);
  }

  /** Takes in what the book has got since, and looks at the mutes anew where they changed. */
  #synced(): Entry[] {
    const { book, tables, mutes } = this.#parts;
    mutes.dropExpired();
    if (this.#mutesRevision !== mutes.revision) {
      this.#mutesRevision = mutes.revision;
      for (const entry of this.#entries) this.#mute(entry);
    }
    for (let i = this.#entries.length; i < book.alerts.length; i++) {
      const alert = book.alerts[i] as Alert;
      const entry: Entry = { alert, key: alertKey(tables, alert), mute: null, row: null, revision: -1 };
      this.#mute(entry);
      this.#entries.push(entry);
      this.#untold.push(entry);
    }
    return this.#entries;
  }

  #mute(entry: Entry): void {
    const { mutes, tables } = this.#parts;
    const { type, source, target, targetPort } = entry.alert;
    const before = entry.mute;
    const ends = { sourceIp: tables.addresses.text(source), targetIp: tables.addresses.text(target), targetPort };
    entry.mute = mutes.match({ type, ...ends });
    if (entry.mute === before) return;
    entry.row = null;
    if (entry.mute !== null) mutes.hit(entry.mute);
  }

  #row(entry: Entry): AlertRow {
    const { tables, countryOf = () => null } = this.#parts;
    const { alert, key, mute } = entry;
    const status = this.#handling.status(key);
    const note = this.#handling.latestText(key);
    const { row } = entry;
    if (row && entry.revision === alert.revision && row.status === status && row.note === note) return row;
    entry.revision = alert.revision;
    entry.row = alertRow(tables, alert, { key, status, note, mute }, countryOf);
    return entry.row;
  }
}
