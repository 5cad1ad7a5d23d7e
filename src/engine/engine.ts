import { ProblemError, type Result } from '../shared/base/result';
import type { AlertNews } from '../shared/contract/alerts';
import type {
  DatabasesInfo,
  EngineCalls,
  EngineTopics,
  FilterAnswer,
  FlowWindow,
  PacketDetails,
  PacketWindow,
  SessionInfo,
  Suggestion,
  Tick,
  Timeline,
  TimeRange,
} from '../shared/contract/engine';
import type { CaptureEndedMessage, NoticeMessage } from '../shared/contract/engine-process';
import type { LiveRequest } from '../shared/contract/live';
import type { ClearReport } from '../shared/contract/settings';
import type { SshAnswer } from '../shared/contract/ssh';
import type { FlowRow, StatisticsSnapshot } from '../shared/model/records';
import type { Nanoseconds } from '../shared/model/units';
import type { RpcPort } from '../shared/rpc/port';
import { RpcServer } from '../shared/rpc/server';
import { AlertService } from './alerts/alert-service';
import { ShownAlerts } from './alerts/shown-alerts';
import { AnnotationService } from './annotations/annotation-service';
import { engineCalls } from './api/engine-calls';
import { filterTables } from './api/filter-tables';
import { FlowWindows, oneFlow } from './api/flow-windows';
import { packetDetails } from './api/packet-details';
import { packetRows } from './api/packet-rows';
import { SessionStatistics } from './api/session-statistics';
import { type Outline, outlineOf, timeline } from './api/timeline';
import type { Watch } from './capture';
import { Geo } from './enrich/geo/geo';
import { ExportService } from './exports/export-service';
import { filterFields } from './filter/all-fields';
import { completeFilter } from './filter/complete';
import { compileFilter, type DisplayFilter } from './filter/display-filter';
import type { FilterProblem, FilterResult } from './filter/problem';
import { FindService } from './find/find-service';
import { History } from './history/history';
import type { HistoryReader } from './history/history-reader';
import { HostService } from './hosts/host-service';
import { LiveService } from './live/live-service';
import { SshDesk } from './live/ssh-desk';
import { MapService } from './map/map-service';
import { Notifier } from './notifications/notifier';
import type { ProcessTable } from './processes/process-table';
import { LagMeter } from './publish/lag-meter';
import { makeTick } from './publish/tick';
import { ReplayControls } from './replay-controls';
import { Reports } from './reports';
import { RowLooks } from './row-look/row-look';
import { noSecrets, type SecretKeeper } from './secret-keeper';
import { type OpenSession, Session } from './session';
import { SessionTables } from './session-tables';
import { Settings } from './settings/settings';
import { StreamService } from './streams/stream-service';
import { TopologyService } from './topology/topology-service';
import { PacketView } from './view/packet-view';
import { ViewRenewal } from './view/view-renewal';

/** Between two ticks: more often than this nobody can read. */
const TICK_MS = 100;
/** What is counted waits no longer for a search: then it is counted of what was found so far. */
const CATCH_UP_MS = 200;
const DAY_MS = 86_400_000;

const NO_FILTER: Pick<Tick['filter'], 'text' | 'range'> = { text: '', range: null };
const EMPTY_TIMELINE: Timeline = { from: 0, width: 1, packets: [], bytes: [], shown: null, outline: null };

export interface EngineParts {
  readonly history?: History;
  readonly geo?: Geo;
  readonly settings?: Settings;
  /** A person is to be told of something. */
  readonly notify?: (message: NoticeMessage) => void;
  /** A person is to be told that a capture ended by itself. */
  readonly notifyEnd?: (message: CaptureEndedMessage) => void;
  readonly secrets?: SecretKeeper;
}

/**
 * The engine behind the wire: one session at a time, its view, and the answers to the contract's calls. Knows nothing of the process that it
 * runs in; the window's utility process and tests connect a port to it.
 */
export class Engine {
  readonly alerts: AlertService;
  readonly shownAlerts = new ShownAlerts({ session: () => this.#session, view: () => this.#view });
  readonly settings: Settings;
  readonly hosts: HostService;
  readonly topology: TopologyService;
  readonly map: MapService;
  readonly reports: Reports;
  readonly exports: ExportService;
  readonly notifier: Notifier;
  readonly live: LiveService;
  readonly streams = new StreamService(() => this.#session);
  readonly annotations: AnnotationService;
  readonly finds = new FindService({ session: () => this.#session, view: () => this.#view, compile: (text) => this.#compile(text) });
  readonly replay = new ReplayControls({
    session: () => this.#session,
    outline: () => this.#outline(),
    reopen: (open) => this.#begin(this.tick().filter, open),
    changed: () => this.#publish(),
  });
  readonly #sshDesk: SshDesk;
  readonly #history: History;
  readonly #geo: Geo;
  #session: Session | null = null;
  #view: PacketView | null = null;
  #statistics: SessionStatistics | null = null;
  readonly #flows = new FlowWindows();
  readonly #looks = new RowLooks();
  readonly #renewal = new ViewRenewal();
  #sessions = 0;
  #views = 0;
  /** What the rules of the session go by; null: there is none. */
  #watchMark: string | null = null;
  #opening: Promise<unknown> = Promise.resolve();
  /** Gives up the file that is being opened: one that has no bytes yet may take for ever. */
  #giveUp: AbortController | null = null;
  readonly #lag = new LagMeter();
  readonly #servers = new Set<RpcServer>();
  #tickTimer: NodeJS.Timeout | null = null;

  /** `history`: where what was learnt is kept; `geo`: where addresses are; `settings`: what the user set. */
  constructor({
    history = new History(null),
    geo = new Geo(),
    settings = new Settings({ geo }),
    notify = () => undefined,
    notifyEnd = () => undefined,
    secrets = noSecrets,
  }: EngineParts = {}) {
    this.settings = settings;
    this.#history = history;
    this.#geo = geo;
    this.notifier = new Notifier(notify, notifyEnd);
    this.#sshDesk = new SshDesk(secrets, () => this.#tell('ssh'));
    this.live = new LiveService({ desk: this.#sshDesk, settings, notifier: this.notifier, session: () => this.#session });
    this.alerts = new AlertService(history.memory, geo, () => this.publishAlerts(), this.notifier);
    this.hosts = new HostService({ alerts: this.alerts, geo, session: () => this.#session, view: () => this.#view });
    this.topology = new TopologyService({ hosts: this.hosts, geo, session: () => this.#session, view: () => this.#view });
    const { alerts, shownAlerts } = this;
    this.map = new MapService({ alerts, shownAlerts, geo, session: () => this.#session, view: () => this.#view });
    this.reports = new Reports({
      alerts: this.alerts,
      geo,
      map: this.map,
      history: history.reader,
      session: () => this.#session,
      view: () => this.#view,
      statistics: () => this.#statistics,
    });
    this.annotations = new AnnotationService({
      memory: history.annotations,
      session: () => this.#session,
      view: () => this.#view,
      makeView: (session, { text, range, id }) => this.#makeView(session, text, range, id).view,
      takeView: (view) => this.#replaceView(view),
      changed: () => this.#publish(),
    });
    this.exports = new ExportService({
      alerts: this.alerts,
      geo,
      hosts: this.hosts,
      reports: this.reports,
      engine: this,
      session: () => this.#session,
      view: () => this.#view,
    });
  }

  /** Serves a window. Gives how to stop. */
  connect(port: RpcPort): () => void {
    const server = new RpcServer(port, engineCalls(this), {
      tick: () => this.tick(),
      alerts: () => this.#alertNews(),
      ssh: () => this.#sshDesk.asked,
    });
    this.#servers.add(server);
    return () => {
      this.#servers.delete(server);
      server.close();
    };
  }

  async dispose(): Promise<void> {
    await this.close();
    this.notifier.stop();
    if (this.#tickTimer) clearTimeout(this.#tickTimer);
    this.#lag.stop();
    for (const server of this.#servers) server.close();
    this.#servers.clear();
    await this.#history.close();
    await this.#geo.close();
  }

  /** Forgets captures that were last opened so many days ago or earlier; null: all. What is open is shown as before. */
  async clearHistory(olderThanDays: number | null): Promise<ClearReport> {
    const report = await this.#history.clear(olderThanDays === null ? Number.MAX_SAFE_INTEGER : Date.now() - olderThanDays * DAY_MS);
    if (!report.ok) throw new ProblemError(report.problem);
    return report.value;
  }

  /** What is remembered of all captures. */
  get history(): HistoryReader {
    return this.#history.reader;
  }

  /** What the status bar says of the databases. */
  async databases(): Promise<DatabasesInfo> {
    return { history: await this.#history.info(), geo: this.#geo.info() };
  }

  /** Not on the tick's timer: an alert is news at once. */
  publishAlerts(): void {
    this.#tell('alerts');
  }

  #tell(topic: keyof EngineTopics): void {
    for (const server of this.#servers) server.publish(topic);
  }

  answerSsh(id: number, answer: SshAnswer): null {
    this.#sshDesk.answer(id, answer);
    return null;
  }

  #alertNews(): AlertNews {
    return { ...this.alerts.news(), outdated: this.#watchMark !== null && this.#watchMark !== this.settings.mark };
  }

  tick(): Tick {
    return makeTick(this.#session, this.#view, this.#lag);
  }

  /** One opening at a time, the latest; the session before is closed only when the new one could be opened. */
  open(path: string, follow: boolean): Promise<SessionInfo> {
    return this.#openWith(path, follow, NO_FILTER);
  }

  /** Reads the open capture anew, with the present settings; filter and time range stay. */
  async openAgain(): Promise<SessionInfo> {
    const session = this.#session;
    if (!session) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    if (session.live) {
      throw new ProblemError({
        code: 'live-goes-on',
        sentence: 'What is captured live cannot be analysed again.',
        next: 'Save it to a file and open that, or start the capture anew.',
      });
    }
    if (session.replay) return this.replay.anew(session.replay, session.replay.position);
    return this.#openWith(session.info.path, session.following, this.tick().filter);
  }

  #openWith(path: string, follow: boolean, filter: typeof NO_FILTER): Promise<SessionInfo> {
    return this.#begin(filter, (id, watch, giveUp) => Session.open(id, path, follow, watch, giveUp));
  }

  /** Starts a capture that goes on, or the replay of a file, as the session. */
  start(request: LiveRequest): Promise<SessionInfo> {
    return this.#begin(NO_FILTER, (id, watch, giveUp) => this.#start(request, id, watch, giveUp));
  }

  async #start(request: LiveRequest, id: number, watch: Watch, giveUp: AbortController): Promise<Result<Session>> {
    if (request.kind === 'replay') {
      const { path, speed } = request;
      const outline = this.#session?.info.path === path ? await this.#outline() : null;
      return Session.openReplay(id, { path, speed, outline }, watch, giveUp);
    }
    const feed = await this.live.start(request, giveUp.signal);
    return feed.ok ? Session.openLive(id, feed.value, watch, giveUp) : feed;
  }

  #outline(): Promise<Outline | null> {
    return this.#session && this.#view ? outlineOf(this.#session, this.#view) : Promise.resolve(null);
  }

  #begin(filter: typeof NO_FILTER, open: OpenSession): Promise<SessionInfo> {
    this.#giveUp?.abort();
    const giveUp = new AbortController();
    this.#giveUp = giveUp;
    const opening = this.#opening.then(() => this.#open(filter, open, giveUp));
    this.#opening = opening.catch(() => undefined);
    return opening;
  }

  async #open({ text, range }: typeof NO_FILTER, open: OpenSession, giveUp: AbortController): Promise<SessionInfo> {
    const { watch, mark } = this.settings.watch();
    const opened = await open(++this.#sessions, watch, giveUp);
    if (this.#giveUp === giveUp) this.#giveUp = null;
    if (!opened.ok) throw new ProblemError(opened.problem);
    const session = opened.value;
    const { addresses } = session.capture.tables;
    await this.#history.begin(session, (address) => this.#geo.country(addresses, address));
    const alertDesk = await this.alerts.prepare(session);
    await this.annotations.prepare(session);
    await this.#closeSession();
    this.#session = session;
    this.#statistics = new SessionStatistics(session.capture.tables, session.statistics);
    this.#view = this.#makeView(session, text, range).view;
    this.#watchMark = mark;
    this.alerts.use(alertDesk);
    void session
      .read(() => this.#progress(session))
      .then(() => {
        if (session.live?.problem && session === this.#session) this.notifier.captureEnded(session.info.name);
        return this.#history.end(session);
      });
    this.#publish();
    return session.info;
  }

  cancel(): null {
    this.#giveUp?.abort();
    this.#session?.cancel();
    this.#publish();
    return null;
  }

  async close(): Promise<null> {
    this.#giveUp?.abort();
    await this.#closeSession();
    return null;
  }

  async #closeSession(): Promise<void> {
    const session = this.#session;
    this.#view?.stop();
    this.#session = null;
    this.#view = null;
    this.#statistics = null;
    this.#flows.close();
    this.#looks.close();
    this.hosts.close();
    this.topology.close();
    this.map.close();
    this.shownAlerts.close();
    this.reports.close();
    this.exports.close();
    this.#watchMark = null;
    this.alerts.use(null);
    await session?.close();
    this.#publish();
  }

  setFilter(text: string, range: TimeRange | null): FilterAnswer {
    const session = this.#session;
    const made = session ? this.#makeView(session, text, range) : { view: null, answer: this.checkFilter(text) };
    if (session && made.view) {
      this.#view?.stop();
      this.#view = made.view;
      this.#renewal.reset();
      this.#progress(session);
    }
    return made.answer;
  }

  /** The search for what the filter shows is through, or takes long. */
  async caughtUp(): Promise<void> {
    await this.#view?.caughtUp(CATCH_UP_MS);
  }

  checkFilter(text: string): FilterAnswer {
    const compiled = this.#compile(text);
    return compiled.ok ? { ok: true, filterId: this.#view?.id ?? 0 } : wrong(compiled);
  }

  completeFilter(text: string, cursor: number): { suggestions: Suggestion[] } {
    const { start, end, suggestions } = completeFilter(text, cursor, filterFields);
    return { suggestions: suggestions.map(({ text: replacement, title }) => ({ text: replacement, title, start, end })) };
  }

  async packetRows({ from, count, look }: EngineCalls['packets.rows']['args'], signal: AbortSignal): Promise<PacketWindow> {
    const session = this.#session;
    const view = this.#view;
    if (!session || !view) return { filterId: 0, from, rows: [], total: 0, forgotten: 0 };
    const dresser = look ? this.#looks.of(session, look, (text) => this.#compile(text)) : null;
    return { filterId: view.id, ...(await packetRows(session, view, { from, count, dresser }, signal)) };
  }

  packetPosition(index: number): EngineCalls['packets.position']['result'] {
    const position = this.#view?.position(index) ?? 0;
    return { position, exact: this.#view?.row(position) === index, forgotten: this.#view?.forgotten ?? 0 };
  }

  packetDetails(index: number): Promise<PacketDetails> {
    return packetDetails(this.#session, index);
  }

  async flowRows(args: EngineCalls['flows.rows']['args'], signal: AbortSignal): Promise<FlowWindow> {
    const session = this.#session;
    const view = this.#view;
    if (!session || !view) return { filterId: 0, from: args.from, rows: [], total: 0 };
    return this.#flows.rows(session, view, args, signal);
  }

  /** Of the live session; null: there is none, or nobody looks at its host. */
  get processes(): ProcessTable | null {
    return this.#session?.capture.tables.processes ?? null;
  }

  flow(index: number): FlowRow | null {
    return oneFlow(this.#session, index);
  }

  async statistics(scope: 'all' | 'shown', signal: AbortSignal): Promise<StatisticsSnapshot> {
    if (!this.#statistics || !this.#view) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    return this.#statistics.snapshot(scope === 'shown' && !this.#view.isEverything ? this.#view : null, signal);
  }

  async timeline(buckets: number, last: Nanoseconds | null, signal: AbortSignal): Promise<Timeline> {
    return this.#session && this.#view ? timeline(this.#session, this.#view, { buckets, last }, signal) : EMPTY_TIMELINE;
  }

  #makeView(
    session: Session,
    text: string,
    range: TimeRange | null,
    id = ++this.#views,
  ): { view: PacketView; answer: FilterAnswer } | { view: null; answer: FilterAnswer } {
    const { tables } = session.capture;
    const compiled = this.#compile(text, session.capture);
    if (!compiled.ok) return { view: null, answer: wrong(compiled) };
    const decodeRows = (rows: Uint32Array) => session.dissector.dissectAll(rows, compiled.value.readsHeadersOnly);
    const view = new PacketView(id, compiled.value, range, tables.packets, decodeRows);
    return { view, answer: { ok: true, filterId: view.id } };
  }

  #compile(text: string, capture = this.#session?.capture): FilterResult<DisplayFilter> {
    const tables = capture?.tables ?? new SessionTables();
    const serviceName = (service: number): string => capture?.pipeline.applications.protocolName(service) ?? '';
    return compileFilter(
      text,
      filterFields,
      filterTables(tables, serviceName, (address) => this.#geo.country(tables.addresses, address)),
    );
  }

  #progress(session: Session): void {
    if (session !== this.#session) return;
    this.alerts.progress();
    const view = this.#view;
    view?.forget();
    // A file that is still read has flows that go on: what they are in the end is asked when it is through.
    if (view?.readsFlows && (session.load === 'loading' || view.settled)) {
      if (session.following) this.#renew(session, view);
    } else {
      void view?.advance(() => this.#publish());
    }
    this.#publish();
  }

  /** The same filter, asked anew. */
  #replaceView(view: PacketView): void {
    view.settled = this.#view?.settled ?? false;
    this.#view?.stop();
    this.#view = view;
    if (this.#session) this.#progress(this.#session);
  }

  #renew(session: Session, view: PacketView): void {
    const goesOn = session.load === 'loading';
    if (!goesOn) this.#renewal.reset();
    const make = (): PacketView | null => this.#makeView(session, view.text, view.range, view.id).view;
    this.#renewal.renew(make, (renewed) => {
      if (this.#view !== view) {
        renewed.stop();
        return;
      }
      view.stop();
      renewed.settled = goesOn;
      this.#view = renewed;
      // It may have ended meanwhile.
      if (goesOn && session.load !== 'loading') this.#progress(session);
      this.#publish();
    });
  }

  /** At most one tick each TICK_MS, the last change included. */
  #publish(): void {
    this.#tickTimer ??= setTimeout(() => {
      this.#tickTimer = null;
      this.#tell('tick');
    }, TICK_MS);
  }
}

const wrong = ({ problem }: { readonly problem: FilterProblem }): FilterAnswer => ({
  ok: false,
  problem,
  start: problem.start,
  end: problem.end,
});
