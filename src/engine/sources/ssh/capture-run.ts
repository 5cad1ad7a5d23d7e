import type { ClientChannel } from 'ssh2';
import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import { CaptureMessages } from './capture-messages';
import { ASK_COUNTS, BEAT, captureScript, cleanupScript, STOP } from './capture-script';
import type { SshConnection } from './connection';
import type { PcapJoiner } from './pcap-joiner';
import type { CapturePlan, RemoteRights } from './plan';
import { makeMark } from './plan-script';
import { runScript, startScript } from './run-script';

/** How one stretch of a capture ended: tcpdump ended, or the way to it was lost and another stretch may follow. */
export type RunEnd = { readonly kind: 'exited'; readonly problem: Problem } | { readonly kind: 'lost'; readonly problem: Problem };

export interface RunOptions {
  readonly plan: CapturePlan;
  readonly rights: RemoteRights;
  /** Of tcpdump, itself first. */
  readonly words: readonly string[];
  readonly sudoPassword: string | null;
  readonly joiner: PcapJoiner;
  /** Takes whole records; false: no more until `resume`. */
  readonly push: (bytes: Buffer) => boolean;
}

const BEAT_MS = 10_000;
const COUNTS_MS = 2_000;
const START_MS = 20_000;
const STOP_MS = 10_000;
/** The script takes six seconds where a process withstands all but the last signal. */
const CLEAN_UP_MS = 8_000;

/** tcpdump on one connection, from its start to its end. */
export class CaptureRun {
  readonly messages: CaptureMessages;
  readonly ended: Promise<RunEnd>;
  readonly #connection: SshConnection;
  readonly #channel: ClientChannel;
  readonly #options: RunOptions;
  #stopping = false;
  #finish: (end: RunEnd) => void = () => {};
  #onProgress: () => void = () => {};

  private constructor(connection: SshConnection, channel: ClientChannel, mark: string, options: RunOptions) {
    this.#connection = connection;
    this.#channel = channel;
    this.#options = options;
    this.messages = new CaptureMessages(mark);
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    options.joiner.begin(mark);
    this.#listen();
  }

  /** Resolves when tcpdump sends its header. Problem codes: `remote-capture-failed`, and those of the connection. */
  static async start(connection: SshConnection, options: RunOptions): Promise<Result<CaptureRun>> {
    const mark = makeMark();
    const started = await startScript(connection, captureScript(mark, options.words, options.rights));
    if (!started.ok) return started;
    const channel = started.value;
    if (options.rights === 'sudo-password') channel.write(`${options.sudoPassword ?? ''}\n`);
    const run = new CaptureRun(connection, channel, mark, options);
    const begun = await run.#begun();
    if (begun === null) return ok(run);
    await run.stop();
    return { ok: false, problem: begun };
  }

  resume(): void {
    this.#channel.resume();
  }

  /** Ends tcpdump, takes what it still sends and its last counts, and sees to it that nothing is left. Idempotent, never rejects. */
  async stop(): Promise<RunEnd> {
    if (!this.#stopping) {
      this.#stopping = true;
      if (this.#channel.writable) this.#channel.write(STOP);
      // What is still on its way fits into the channel's window, so it is taken even if nobody reads yet.
      this.#channel.resume();
      const timer = setTimeout(() => this.#channel.close(), STOP_MS);
      const last = setTimeout(() => this.#finish({ kind: 'lost', problem: this.#silent() }), STOP_MS + 2_000);
      await this.ended;
      clearTimeout(timer);
      clearTimeout(last);
      await this.cleanUp(this.#connection);
    }
    return await this.ended;
  }

  /** Over any connection to the same server. */
  async cleanUp(connection: SshConnection): Promise<void> {
    const { process } = this.messages;
    if (process !== null && process.born !== '') await runScript(connection, cleanupScript(process), '', { timeout: CLEAN_UP_MS });
  }

  #listen(): void {
    const { joiner, push } = this.#options;
    const beat = setInterval(() => this.messages.watching && this.#say(BEAT), BEAT_MS);
    // Only where the signal is one for counts; elsewhere it would end tcpdump.
    const countable = this.#options.plan.survey.kernel === 'Linux';
    const counts = setInterval(() => countable && this.messages.listening && this.#say(ASK_COUNTS), COUNTS_MS);
    this.#channel.on('data', (chunk: Buffer) => {
      const records = joiner.push(chunk);
      if (records !== null && !push(records) && !this.#stopping) this.#channel.pause();
      if (joiner.damage !== null && !this.#stopping) {
        this.#finish({ kind: 'exited', problem: this.#damaged(joiner.damage) });
        void this.stop();
      }
      this.#onProgress();
    });
    this.#channel.stderr.on('data', (chunk: Buffer) => {
      this.messages.add(chunk);
      this.#onProgress();
    });
    const over = (problem: Problem | null): void => {
      clearInterval(beat);
      clearInterval(counts);
      const { exitStatus } = this.messages;
      if (exitStatus !== null) this.#finish({ kind: 'exited', problem: this.#exited(exitStatus) });
      else this.#finish({ kind: 'lost', problem: problem ?? this.#silent() });
    };
    this.#channel.on('close', () => over(null));
    // The channel's own end comes when what it holds has been read; a channel that is stuck has none.
    void this.#connection.closed.then((problem) => {
      this.#channel.once('end', () => over(problem));
      if (this.#channel.readableEnded) over(problem);
    });
  }

  #say(words: string): void {
    if (this.#channel.writable && !this.#stopping) this.#channel.write(words);
  }

  /** null: it captures. */
  #begun(): Promise<Problem | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(this.#silent()), START_MS);
      const done = (problem: Problem | null): void => {
        clearTimeout(timer);
        this.#onProgress = () => {};
        resolve(problem);
      };
      this.#onProgress = () => {
        if (this.#options.joiner.begun || this.messages.listening) done(null);
      };
      void this.ended.then((end) => done(end.problem));
    });
  }

  get #place(): string {
    return `${this.#connection.host.host} ${this.#options.plan.interface}`;
  }

  #exited(status: number): Problem {
    const { complaint } = this.messages;
    const said = complaint === '' ? `it ended with status ${status}` : complaint;
    if (/incorrect password|no password was provided/i.test(complaint)) {
      return { code: 'remote-wrong-sudo-password', sentence: `sudo on ${this.#connection.host.host} did not accept the password.` };
    }
    return { code: 'remote-capture-failed', sentence: `The capture on ${this.#place} ended: ${said}.` };
  }

  #silent(): Problem {
    const { complaint } = this.messages;
    return {
      code: 'remote-capture-silent',
      sentence: `The capture on ${this.#place} stopped answering${complaint === '' ? '' : `; the last it said: ${complaint}`}.`,
    };
  }

  #damaged(damage: NonNullable<PcapJoiner['damage']>): Problem {
    const why = {
      'not-pcap': 'what it sends is not a capture',
      'other-kind': 'after the connection was made again it sends another kind of packets',
      'bad-length': 'a packet has an impossible length',
    }[damage];
    return { code: 'remote-capture-damaged', sentence: `The capture on ${this.#place} was ended: ${why}.`, next: 'Start it again.' };
  }
}

/** Ask the server which connection is ours. */
export async function askOwnConnection(connection: SshConnection): Promise<Result<string>> {
  const mark = makeMark();
  const asked = await runScript(connection, `printf '\\n%s%s\\n' ${mark} "$SSH_CONNECTION"`);
  if (!asked.ok) return asked;
  const line = asked.value.stdout.split('\n').find((text) => text.startsWith(mark));
  return line === undefined
    ? fail('ssh-no-shell', `${connection.host.host} did not run a command.`, 'The account needs a shell (sh) on the server.')
    : ok(line.slice(mark.length));
}
