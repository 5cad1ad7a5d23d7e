import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Any of the rig's programs that runs longer hangs. */
const LONGEST_RUN_MS = 45_000;
/** A server that says nothing for so long will not start. */
const LONGEST_START_MS = 10_000;

export interface Ended {
  readonly status: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

/** A program that runs until it ends or is stopped; it is known by its process id and ended by nothing else. */
export class Running {
  readonly command: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  #output = '';
  #isOver = false;

  constructor(command: string, args: readonly string[]) {
    this.command = [command, ...args].join(' ');
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: tmpdir() });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    this.#ended = new Promise((settle) => {
      const over = (status: number | null): void => {
        this.#isOver = true;
        settle({ status, output: this.#output });
      };
      child.on('error', (error) => {
        this.#output += String(error);
        over(null);
      });
      child.on('close', over);
    });
  }

  get output(): string {
    return this.#output;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits until the output holds `text`. */
  async says(text: string): Promise<void> {
    const until = performance.now() + LONGEST_START_MS;
    while (!this.#output.includes(text)) {
      if (this.#isOver || performance.now() > until) throw new Error(`${this.command} did not say "${text}":\n${this.#output}`);
      await sleep(10);
    }
  }

  async end(): Promise<Ended> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_RUN_MS);
    const ended = await this.#ended;
    clearTimeout(timer);
    return ended;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    if (!this.#isOver) this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 2000);
    const ended = await this.#ended;
    clearTimeout(timer);
    return ended;
  }
}

/** Runs a short program to its end; throws with what it said where it failed. */
export async function succeed(command: string, args: readonly string[]): Promise<string> {
  const { status, output } = await new Running(command, args).end();
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output}`);
  return output;
}
