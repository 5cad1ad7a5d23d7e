import { hostname } from 'node:os';
import { ProblemError } from '../../shared/base/result';
import type { AlertCalls, AlertNews } from '../../shared/contract/alerts';
import type { AlertStatus, Mute, NewMute } from '../../shared/model/alerts';
import type { Geo } from '../enrich/geo/geo';
import type { Notifier } from '../notifications/notifier';
import type { Session } from '../session';
import { AlertDesk } from './alert-desk';
import { exportAlerts, syslogLine } from './export';
import { type AlertMemory, TransientAlertMemory } from './handling';
import { Mutes } from './mutes';
import { sendSyslog } from './syslog-sender';

type Args<K extends keyof AlertCalls> = AlertCalls[K]['args'];
type Answer<K extends keyof AlertCalls> = AlertCalls[K]['result'];

/** The alerts of whichever session is open, and the mutes. `changed` is called whenever there is news for the window. */
export class AlertService {
  readonly #memory: AlertMemory;
  readonly #geo: Geo;
  readonly #mutes: Mutes;
  readonly #changed: () => void;
  readonly #notifier: Notifier;
  #loaded: Promise<void> | null = null;
  #desk: AlertDesk | null = null;
  #published = -1;

  constructor(memory: AlertMemory, geo: Geo, changed: () => void, notifier: Notifier) {
    this.#memory = memory;
    this.#geo = geo;
    this.#mutes = new Mutes(memory);
    this.#changed = changed;
    this.#notifier = notifier;
  }

  /** Makes ready for a session; it becomes the present one by `use`. */
  async prepare({ info, capture, following }: Session): Promise<AlertDesk | null> {
    this.#loaded ??= this.#mutes.load();
    await this.#loaded;
    if (!capture.detection) return null;
    const { book } = capture.detection;
    return AlertDesk.open({
      session: info.id,
      capture: info,
      isLive: following,
      isGenerated: info.kind === 'demo',
      tables: capture.tables,
      book,
      memory: info.kind === 'demo' ? new TransientAlertMemory() : this.#memory,
      mutes: this.#mutes,
      countryOf: (address) => this.#geo.country(capture.tables.addresses, address),
    });
  }

  use(desk: AlertDesk | null): void {
    this.#desk = desk;
    this.#published = -1;
    this.progress();
  }

  /** Packets were read: says so where an alert came or changed. */
  progress(): void {
    const revision = this.#desk?.revision ?? 0;
    if (revision === this.#published) return;
    this.#published = revision;
    this.#changed();
    // Nobody is to be called for what did not happen.
    this.#notifier.progress(this.#desk?.isGenerated === true ? null : this.#desk);
  }

  news(): Omit<AlertNews, 'outdated'> {
    const open = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
    return this.#desk?.news() ?? { session: 0, revision: 0, open, total: 0, muted: 0, newest: [] };
  }

  /** `only`: ids of the alerts that are in the query's scope; null: all are. So for all that take a query. */
  rows({ from, count, query, sort, descending }: Args<'alerts.rows'>, only: ReadonlySet<number> | null = null): Answer<'alerts.rows'> {
    return this.#desk?.rows({ from, count, query, sort, descending }, only) ?? { from, rows: [], total: 0, all: 0, muted: 0 };
  }

  groups({ by, query }: Args<'alerts.groups'>, only: ReadonlySet<number> | null): Answer<'alerts.groups'> {
    return { groups: this.#desk?.groups(by, query, only) ?? [] };
  }

  get(id: number): Answer<'alerts.get'> {
    return this.#desk?.get(id) ?? null;
  }

  marks(): Answer<'alerts.marks'> {
    return this.#desk?.marks() ?? { marks: [], omitted: 0 };
  }

  async handle(ids: readonly number[], status: AlertStatus, note: string): Promise<null> {
    if (!this.#desk) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    await this.#desk.handle(ids, status, note);
    this.progress();
    return null;
  }

  export({ format, query }: Args<'alerts.export'>, only: ReadonlySet<number> | null): Answer<'alerts.export'> {
    const rows = this.#desk?.list(query, only) ?? [];
    return { text: exportAlerts(rows, format), count: rows.length };
  }

  async send({ query, target }: Args<'alerts.send'>, only: ReadonlySet<number> | null): Promise<Answer<'alerts.send'>> {
    const rows = this.#desk?.list(query, only) ?? [];
    const sent = await sendSyslog(
      rows.map((row) => syslogLine(row, hostname())),
      target,
    );
    if (!sent.ok) throw new ProblemError(sent.problem);
    return { count: sent.value };
  }

  mutes(): readonly Mute[] {
    return this.#mutes.list();
  }

  async addMute(mute: NewMute): Promise<Mute> {
    const added = await this.#mutes.add(mute);
    // What it hides at once is counted before it is answered.
    this.#desk?.news();
    await this.#mutes.save();
    this.progress();
    return this.#mutes.list().find(({ id }) => id === added.id) ?? added;
  }

  async removeMute(id: number): Promise<null> {
    await this.#mutes.remove(id);
    this.progress();
    return null;
  }
}
