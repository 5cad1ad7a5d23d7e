import { join } from 'node:path';
import { ok, type Problem, ProblemError, type Result } from '../../shared/base/result';
import type { SessionInfo } from '../../shared/contract/engine';
import type { InterfaceRequest, LeftSpool, LiveRequest, LiveState, SourceRequest, SshRequest } from '../../shared/contract/live';
import type { SshHostEntry, SshPlan } from '../../shared/contract/ssh';
import type { LocalInterfaces } from '../../shared/model/capture-interfaces';
import type { Bytes } from '../../shared/model/units';
import { captureTools } from '../capture-tools';
import type { Notifier } from '../notifications/notifier';
import type { ProcessTable } from '../processes/process-table';
import type { Session } from '../session';
import type { Settings } from '../settings/settings';
import { DEMO_NAME, DemoCapture } from '../sources/demo/demo-capture';
import { CaptureGroup } from '../sources/live/capture-group';
import type { LiveCapture } from '../sources/live/live-capture';
import { checkFilter } from '../sources/live/local/check-filter';
import { listInterfaces } from '../sources/live/local/interfaces';
import { openLocalCapture } from '../sources/live/local/local-capture';
import { configuredHosts } from '../sources/ssh/config-hosts';
import { planSshCapture, SshCapture } from '../sources/ssh/ssh-capture';
import { SpoolRing } from '../spool/spool-ring';
import { dataFolder } from '../store/data-folder';
import { LiveFeed } from './live-feed';
import { SpoolFolders } from './spool-folders';
import type { SshDesk } from './ssh-desk';
import { planForWindow, sshOptions } from './ssh-plan';
import { tableOfPrograms, watchPrograms } from './watched-host';

/** Requests for captures that go on. */
export type CaptureRequest = Exclude<LiveRequest, { kind: 'replay' }>;

/** Of packets that were generated, about an hour: nobody misses them. */
const DEMO_SPOOL_LIMIT: Bytes = 1_000_000_000;

export interface LiveParts {
  /** Asks what servers ask. */
  readonly desk: SshDesk;
  /** They say how much of a session is kept on disk. */
  readonly settings: Settings;
  /** To which sources are added. */
  readonly session: () => Session | null;
  /** Tells that one of several sources ended by itself. */
  readonly notifier: Notifier;
}

/** Starts captures that go on, and looks after their spools. */
export class LiveService {
  readonly #folders: SpoolFolders;
  readonly #desk: SshDesk;
  readonly #parts: LiveParts;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#desk = parts.desk;
    this.#folders = new SpoolFolders(join(dataFolder(), 'spool'));
  }

  async interfaces(): Promise<LocalInterfaces> {
    return orThrow(await listInterfaces(captureTools()));
  }

  async check(filter: string): Promise<{ problem: Problem | null }> {
    const checked = await checkFilter(captureTools(), filter);
    return { problem: checked.ok ? null : checked.problem };
  }

  /** The capture has begun, or why it could not. `signal` ends it, before or after. */
  async start(request: CaptureRequest, signal: AbortSignal): Promise<Result<LiveFeed>> {
    const started = new Date();
    const processes = tableOfPrograms(request);
    const opened = await this.#open(request, signal, processes);
    if (!opened.ok) return opened;
    const single = opened.value;
    const grouped = request.kind === 'demo' ? ok(single) : await CaptureGroup.open(single, signal);
    if (!grouped.ok) return grouped;
    const capture = grouped.value;
    if (capture instanceof CaptureGroup) capture.onDied = (name) => this.#parts.notifier.captureEnded(name);
    const limit = this.#parts.settings.spoolSize.limit;
    const ring = await this.#ring(capture.name, started, request.kind === 'demo' ? Math.min(DEMO_SPOOL_LIMIT, limit) : limit);
    if (!ring.ok) {
      await capture.stop();
      return ring;
    }
    const feed = new LiveFeed(kindOf(request), capture, ring.value, started);
    if (processes) watchPrograms(processes, single);
    feed.processes = processes;
    feed.host = hostOf(request);
    return ok(feed);
  }

  /** Captures from a further source. */
  async add(request: SourceRequest): Promise<SessionInfo> {
    const session = this.#parts.session();
    const feed = session?.live;
    if (!session || !feed || !(feed.capture instanceof CaptureGroup)) {
      const sentence = 'Nothing is being captured to which a source could be added.';
      throw new ProblemError({ code: 'not-capturing', sentence, next: 'Start a capture first.' });
    }
    const { capture } = feed;
    if (request.kind === 'interface' && capture.parts.some(({ name, ended }) => name === request.interface && !ended)) {
      const sentence = `${request.interface} is being captured already.`;
      throw new ProblemError({ code: 'already-captured', sentence, next: 'Choose another interface: its packets would be there twice.' });
    }
    const opened = orThrow(await this.#open(request, capture.signal ?? new AbortController().signal, null));
    orThrow(await capture.add(opened));
    // Sockets are told apart by their addresses alone, and each host has 127.0.0.1.
    if (feed.host !== hostOf(request)) feed.processes = null;
    session.sourceAdded();
    return session.info;
  }

  async sshHosts(): Promise<{ hosts: readonly SshHostEntry[] }> {
    return { hosts: await configuredHosts() };
  }

  async plan(request: SshRequest, signal: AbortSignal): Promise<SshPlan> {
    return planForWindow(orThrow(await planSshCapture(sshOptions(request, this.#desk.prompts(signal), signal))));
  }

  async left(): Promise<{ spools: readonly LeftSpool[] }> {
    const spools = await this.#folders.left();
    // What was generated is not worth a question.
    await Promise.all(spools.filter(isDemo).map(({ id }) => this.#folders.discard(id)));
    return { spools: spools.filter((spool) => !isDemo(spool)) };
  }

  async recover(id: string, path: string): Promise<{ bytes: Bytes }> {
    return { bytes: orThrow(await this.#folders.recover(id, path)) };
  }

  async discard(id: string): Promise<null> {
    await this.#folders.discard(id);
    return null;
  }

  #open(request: CaptureRequest, signal: AbortSignal, processes: ProcessTable | null): Promise<Result<LiveCapture>> {
    switch (request.kind) {
      case 'demo':
        return Promise.resolve(ok(new DemoCapture({ signal })));
      case 'interface':
        return openInterface(request, signal);
      case 'ssh':
        return this.#openSsh(request, signal, processes);
    }
  }

  /** What it asks is over with it: it may be stopped while a new connection waits for an answer. */
  async #openSsh(request: SshRequest, signal: AbortSignal, processes: ProcessTable | null): Promise<Result<LiveCapture>> {
    const over = new AbortController();
    const options = sshOptions(request, this.#desk.prompts(AbortSignal.any([signal, over.signal])), signal);
    const opened = await SshCapture.open({ ...options, onSockets: processes ? (snapshot) => processes.take(snapshot) : undefined });
    if (opened.ok) void opened.value.ended.then(() => over.abort());
    return opened;
  }

  async #ring(name: string, started: Date, limit: Bytes): Promise<Result<SpoolRing>> {
    const folder = await this.#folders.make(name, started);
    return folder.ok ? SpoolRing.create({ folder: folder.value, limit, name }) : folder;
  }
}

const isDemo = ({ name }: LeftSpool): boolean => name === DEMO_NAME;

/** Of which programs are told. */
const hostOf = (request: CaptureRequest): string => (request.kind === 'ssh' ? request.target : '');

const kindOf = ({ kind }: CaptureRequest): LiveState['kind'] => kind;

function openInterface(request: InterfaceRequest, signal: AbortSignal): Promise<Result<LiveCapture>> {
  const { snapLength, ...options } = request;
  return openLocalCapture(captureTools(), snapLength === null ? options : { ...options, snapLength }, signal);
}

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
