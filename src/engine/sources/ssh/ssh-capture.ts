import { assert } from '../../../shared/base/assert';
import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import type { CaptureGap, LiveCapture, LiveCounts, LiveEnd, LiveMeter } from '../live/live-capture';
import type { SocketSnapshot } from '../sockets/socket-snapshot';
import { watchSockets } from '../sockets/watch-sockets';
import { BACK_OFF, type BackOff, delayOf, pause } from './back-off';
import { askOwnConnection, CaptureRun } from './capture-run';
import { tcpdumpWords } from './capture-script';
import { SshConnection } from './connection';
import { CountSum } from './count-sum';
import { resolveRoute, type SshFiles, type SshRoute } from './host';
import { JoinedStream } from './joined-stream';
import { parseSshConnection, withoutOwnConnection } from './own-connection';
import { PcapJoiner } from './pcap-joiner';
import { type CapturePlan, planCapture } from './plan';
import type { SshPrompts } from './prompts';
import { runScript } from './run-script';
import { parseSshTarget } from './target';

export interface SshCaptureOptions {
  /** `user@host:port`, or a `Host` of the configuration. */
  readonly target: string;
  readonly prompts: SshPrompts;
  /** null or absent: the one that our connection comes in by. */
  readonly interface?: string | undefined;
  /** pcap-filter(7). */
  readonly captureFilter?: string | undefined;
  /** Bytes kept of each packet; 0 (default): all. */
  readonly snapLength?: number | undefined;
  /** Default: yes. */
  readonly promiscuous?: boolean | undefined;
  /** A key file that is tried first. */
  readonly identity?: string | undefined;
  readonly files?: SshFiles | undefined;
  readonly backOff?: BackOff | undefined;
  /** Gets the server's sockets and interface counters every 5 s, asked over the same connection. */
  readonly onSockets?: ((snapshot: SocketSnapshot) => void) | undefined;
  /** Cancels opening; afterwards `stop` ends the capture. */
  readonly signal?: AbortSignal | undefined;
}

/** What the capture itself costs: all its connections together, and on the server tcpdump and the connection's sshd. */
export interface SshMeter extends LiveMeter {
  /** Of the bytes received, those that are the capture. */
  readonly captured: number;
  readonly packets: number;
  /** How often the connection was made. */
  readonly connections: number;
}

/** So many gaps are remembered, oldest dropped: a server that is lost every minute takes a week for them. */
const MAX_GAPS = 10_000;
/** Later ones are in `gaps` only. */
const MAX_WARNINGS = 100;
/** With these, trying again would only repeat the answer, ask a person again, or look like guessing to the server. */
const FINAL = new Set([
  'host-key-changed',
  'host-key-revoked',
  'host-key-refused',
  'ssh-login-given-up',
  'ssh-login-refused',
  'ssh-wrong-password',
  'ssh-nothing-to-try',
  'ssh-too-many-keys',
  'remote-wrong-sudo-password',
]);

/**
 * A capture by tcpdump on a server. A lost connection is made again by itself; the stream goes on where the next packets come, and `gaps`
 * says what is missing.
 */
export class SshCapture implements LiveCapture {
  readonly name: string;
  readonly stream: JoinedStream;
  readonly plan: CapturePlan;
  readonly gaps: CaptureGap[] = [];
  readonly warnings: Problem[] = [];
  readonly ended: Promise<LiveEnd>;
  readonly #options: SshCaptureOptions;
  readonly #route: SshRoute;
  readonly #sudoPassword: () => Promise<string | null>;
  readonly #joiner = new PcapJoiner();
  readonly #counts = new CountSum();
  readonly #stopping = new AbortController();
  #connection: SshConnection | null;
  #run: CaptureRun | null = null;
  /** Of connections that are gone. */
  #past = { received: 0, sent: 0 };
  #pastCpu: number | null = null;
  #connections = 1;
  #openGap = false;
  #cleaning: Promise<void> = Promise.resolve();
  #cutRecords = 0;

  private constructor(options: SshCaptureOptions, route: SshRoute, connection: SshConnection, plan: CapturePlan) {
    const { user, host } = connection.host;
    this.name = `${user}@${host} ${plan.interface}`;
    this.plan = plan;
    this.#options = options;
    this.#route = route;
    this.#connection = connection;
    this.warnings.push(...route.notes.slice(0, MAX_WARNINGS));
    this.#sudoPassword = () => options.prompts.sudoPassword({ user, host, attempt: 0 });
    this.stream = new JoinedStream(
      () => this.#run?.resume(),
      () => void this.stop(),
    );
    // Whoever reads hears of an error through `ended`; a destroyed stream must not end the process.
    this.stream.on('error', () => {});
    let finish: (end: LiveEnd) => void = () => {};
    this.ended = new Promise((resolve) => {
      finish = resolve;
    });
    this.#finish = finish;
  }

  readonly #finish: (end: LiveEnd) => void;

  /** Resolves when packets can come. Problem codes: those of `SshConnection.open`, `planCapture` and `CaptureRun.start`. */
  static async open(options: SshCaptureOptions): Promise<Result<SshCapture>> {
    const connected = await connectAndPlan(options);
    if (!connected.ok) return connected;
    const { route, connection, plan } = connected.value;
    if (plan.problem !== null) {
      await connection.end();
      return { ok: false, problem: plan.problem };
    }
    const capture = new SshCapture(options, route, connection, plan);
    const problem = await capture.#begin(connection);
    if (problem === null && options.signal?.aborted !== true) {
      void capture.#follow();
      if (options.onSockets) void watchSockets((script, max) => capture.#ask(script, max), options.onSockets, capture.#stopping.signal);
      return ok(capture);
    }
    await capture.#run?.stop();
    await connection.end();
    return problem === null ? fail('cancelled', 'The capture was cancelled.') : { ok: false, problem };
  }

  get reconnecting(): boolean {
    return this.#run === null && !this.#stopping.signal.aborted;
  }

  counts(): LiveCounts {
    return this.#counts.with(this.#run?.messages.counts ?? null);
  }

  meter(): SshMeter {
    return {
      received: this.#past.received + (this.#connection?.received ?? 0),
      sent: this.#past.sent + (this.#connection?.sent ?? 0),
      captured: this.#joiner.bytes,
      packets: this.#joiner.packets,
      connections: this.#connections,
      remoteCpu: this.#run?.messages.cpu == null ? this.#pastCpu : (this.#pastCpu ?? 0) + this.#run.messages.cpu,
    };
  }

  /** null while there is no connection. */
  async #ask(script: string, maxBytes: number): Promise<string | null> {
    if (this.#connection === null) return null;
    const asked = await runScript(this.#connection, script, '', { maxBytes });
    return asked.ok ? asked.value.stdout : null;
  }

  async stop(): Promise<LiveEnd> {
    if (!this.#stopping.signal.aborted) {
      this.#stopping.abort();
      await this.#run?.stop();
    }
    return await this.ended;
  }

  async #begin(connection: SshConnection): Promise<Problem | null> {
    const { rights } = this.plan;
    assert(rights !== null, 'a plan without problems has rights');
    const asked = await askOwnConnection(connection);
    if (!asked.ok) return asked.problem;
    const own = parseSshConnection(asked.value);
    if (own === null)
      return fail('remote-own-connection-unknown', `${connection.host.host} does not say which connection is ours.`).problem;
    const { snapLength = 0, promiscuous = true, captureFilter = '' } = this.#options;
    const run = await CaptureRun.start(connection, {
      plan: this.plan,
      rights,
      words: tcpdumpWords(this.plan, { snapLength, promiscuous }, withoutOwnConnection(own, captureFilter)),
      sudoPassword: rights === 'sudo-password' ? await this.#sudoPassword() : null,
      joiner: this.#joiner,
      push: (bytes) => this.#take(bytes),
    });
    if (!run.ok) return run.problem;
    this.#run = run.value;
    if (this.#joiner.cutRecords > this.#cutRecords) {
      this.#cutRecords = this.#joiner.cutRecords;
      this.#warn({ code: 'remote-record-cut', sentence: 'The packet that was on its way when the connection was lost is left out.' });
    }
    return null;
  }

  #take(bytes: Buffer): boolean {
    if (this.#openGap && this.#joiner.firstTime !== null) {
      const gap = this.gaps.at(-1);
      if (gap !== undefined) this.gaps[this.gaps.length - 1] = { ...gap, to: this.#joiner.firstTime };
      this.#openGap = false;
    }
    return this.stream.destroyed || this.stream.push(bytes);
  }

  async #follow(): Promise<void> {
    let problem: Problem | null = null;
    for (;;) {
      assert(this.#run !== null, 'a stretch is under way');
      const end = await this.#run.ended;
      const run = this.#takeRun();
      assert(run !== null, 'a stretch is replaced here only');
      this.#counts.add(run.messages.counts);
      if (this.#stopping.signal.aborted) {
        await run.stop();
        break;
      }
      if (end.kind === 'exited') {
        await run.stop();
        problem = end.problem;
        break;
      }
      this.#gap(end.problem);
      problem = await this.#reconnect(run);
      if (problem !== null || this.#stopping.signal.aborted) break;
    }
    // It may have begun again in the moment when it was stopped.
    await this.#takeRun()?.stop();
    await this.#cleaning;
    await this.#connection?.end();
    this.#retire();
    if (!this.stream.destroyed) this.stream.push(null);
    this.#finish({ problem: this.#stopping.signal.aborted ? null : problem, counts: this.#counts.with(null) });
  }

  #takeRun(): CaptureRun | null {
    const run = this.#run;
    this.#run = null;
    if (run?.messages.cpu != null) this.#pastCpu = (this.#pastCpu ?? 0) + run.messages.cpu;
    return run;
  }

  #gap(reason: Problem): void {
    if (!this.#openGap) {
      if (this.gaps.length >= MAX_GAPS) this.gaps.shift();
      this.gaps.push({ from: this.#joiner.lastTime ?? Date.now(), to: null, reason: reason.sentence });
      this.#openGap = true;
    }
    this.#warn({ code: reason.code, sentence: `${reason.sentence} The connection is made again.` });
  }

  #warn(problem: Problem): void {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push(problem);
  }

  /** null: it goes on, or was stopped. */
  async #reconnect(before: CaptureRun): Promise<Problem | null> {
    const { backOff = BACK_OFF, prompts } = this.#options;
    const { signal } = this.#stopping;
    const deadline = performance.now() + backOff.giveUpAfter;
    await this.#connection?.end();
    this.#retire();
    for (let attempt = 0; ; attempt++) {
      if (!(await pause(delayOf(backOff, attempt), signal))) return null;
      const opened = await SshConnection.open(this.#route, prompts, signal);
      if (signal.aborted) {
        if (opened.ok) await opened.value.end();
        return null;
      }
      let problem = opened.ok ? null : opened.problem;
      if (opened.ok) {
        this.#connection = opened.value;
        this.#connections++;
        problem = await this.#begin(opened.value);
        if (problem === null) {
          // The server ends the one before by itself; this makes sure, and the gap does not wait for it.
          this.#cleaning = before.cleanUp(opened.value);
          return null;
        }
        await opened.value.end();
        this.#retire();
      }
      if (problem !== null && (FINAL.has(problem.code) || performance.now() > deadline)) return problem;
    }
  }

  #retire(): void {
    if (this.#connection === null) return;
    this.#past = { received: this.#past.received + this.#connection.received, sent: this.#past.sent + this.#connection.sent };
    this.#connection = null;
  }
}

/** The capture plan alone, for showing it before anything starts. The connection is ended again. */
export async function planSshCapture(options: SshCaptureOptions): Promise<Result<CapturePlan>> {
  const connected = await connectAndPlan(options);
  if (!connected.ok) return connected;
  await connected.value.connection.end();
  return ok(connected.value.plan);
}

interface Connected {
  readonly route: SshRoute;
  readonly connection: SshConnection;
  readonly plan: CapturePlan;
}

async function connectAndPlan(options: SshCaptureOptions): Promise<Result<Connected>> {
  const target = parseSshTarget(options.target);
  if (!target.ok) return target;
  const route = await resolveRoute(target.value, options.files, options.identity);
  if (!route.ok) return route;
  const connection = await SshConnection.open(route.value, options.prompts, options.signal);
  if (!connection.ok) return connection;
  const plan = await planCapture(connection.value, options, options.prompts);
  if (!plan.ok) {
    await connection.value.end();
    return plan;
  }
  return ok({ route: route.value, connection: connection.value, plan: plan.value });
}
