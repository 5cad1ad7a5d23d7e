import { setImmediate } from 'node:timers/promises';
import { type Problem, ProblemError } from '../../shared/base/result';
import type { RpcPort } from '../../shared/rpc/port';
import { RpcServer } from '../../shared/rpc/server';
import type { Database } from './database';
import { SqlError } from './driver';
import { isBroken, suspect } from './open-database';
import type { StoreOperations } from './store';
import type { SweepReport } from './sweep';

/** One transaction in this time at most: it is also the most that a killed process loses. */
const COMMIT_MS = 250;

/** The first sweep waits until the start is over. */
const FIRST_SWEEP_MS = 60_000;
const SWEEP_MS = 3_600_000;

const READS = [
  'alertsOf',
  'annotationsOf',
  'mutes',
  'getSetting',
  'info',
  'captures',
  'host',
  'series',
  'rememberedBefore',
  'seenBefore',
] as const satisfies (keyof StoreOperations)[];
const WRITES = [
  'captureOpened',
  'captureFinished',
  'saveAlerts',
  'handle',
  'saveMarks',
  'saveComment',
  'addMute',
  'removeMute',
  'countMuteHits',
  'setSetting',
  'addRollups',
  'saveFlows',
  'retain',
] as const satisfies (keyof StoreOperations)[];

interface Write {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Operation = (...args: unknown[]) => unknown;

/** Serves one database to one port: gathers writes into transactions, sweeps between them. The other end bounds what is under way. */
export class StoreHost {
  readonly #database: Database;
  readonly #server: RpcServer;
  readonly #commitMs: number;
  #waiting: Write[] = [];
  #commitTimer: NodeJS.Timeout | null = null;
  #lastCommit = Number.NEGATIVE_INFINITY;
  #sweepTimer: NodeJS.Timeout;
  #sweeping: Promise<SweepReport> | null = null;
  #closed = false;

  constructor(database: Database, port: RpcPort, commitMs = COMMIT_MS) {
    this.#database = database;
    this.#commitMs = commitMs;
    const calls: Record<string, (args: unknown) => unknown> = {};
    for (const name of READS) calls[name] = (args) => this.#read(() => this.#operation(name)(...(args as unknown[])));
    for (const name of WRITES) calls[name] = (args) => this.#write(() => this.#operation(name)(...(args as unknown[])));
    calls.sweep = (args) => this.#sweep((args as [number])[0]);
    calls.clear = (args) => this.#inSteps(this.#database.clear((args as [number])[0]));
    calls.forget = (args) => this.#inSteps(this.#database.forget((args as [number])[0]));
    calls.close = () => {
      this.#close();
      return null;
    };
    this.#server = new RpcServer(port, calls, {});
    this.#sweepTimer = this.#sweepIn(FIRST_SWEEP_MS);
  }

  #operation(name: (typeof READS)[number] | (typeof WRITES)[number]): Operation {
    return (this.#database[name] as Operation).bind(this.#database);
  }

  /** Sees every write that was asked for before it. */
  #read(run: () => unknown): unknown {
    this.#mustBeOpen();
    this.#commit();
    return this.#told(run);
  }

  #write(run: () => unknown): Promise<unknown> {
    this.#mustBeOpen();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, resolve, reject });
      const wait = Math.max(0, this.#lastCommit + this.#commitMs - performance.now());
      this.#commitTimer ??= setTimeout(() => this.#commit(), wait);
    });
  }

  #commit(): void {
    if (this.#commitTimer) clearTimeout(this.#commitTimer);
    this.#commitTimer = null;
    const writes = this.#waiting;
    if (writes.length === 0) return;
    this.#waiting = [];
    try {
      const values = this.#told(() => this.#database.transaction(() => writes.map(({ run }) => run())));
      for (const [at, { resolve }] of writes.entries()) resolve(values[at]);
    } catch (error) {
      // One that cannot be written must not take the others with it.
      if (writes.length === 1) writes[0]?.reject(error);
      else for (const write of writes) this.#commitAlone(write);
    }
    this.#lastCommit = performance.now();
  }

  #commitAlone({ run, resolve, reject }: Write): void {
    try {
      resolve(this.#told(() => this.#database.transaction(run)));
    } catch (error) {
      reject(error);
    }
  }

  /** One sweep at a time; who asks meanwhile gets the report of the one that runs. */
  #sweep(now: number): Promise<SweepReport> {
    this.#mustBeOpen();
    this.#sweeping ??= this.#inSteps(this.#database.sweep(now)).finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  /** Others come between the steps. */
  async #inSteps<T>(steps: Generator<undefined, T>): Promise<T> {
    this.#mustBeOpen();
    this.#commit();
    for (;;) {
      const step = this.#told(() => steps.next());
      if (step.done) return step.value;
      await setImmediate();
      this.#mustBeOpen();
    }
  }

  #sweepIn(wait: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      // What fails here fails for a write too, and there somebody is told.
      void this.#sweep(Date.now()).catch(() => {});
      this.#sweepTimer = this.#sweepIn(SWEEP_MS);
    }, wait);
    return timer.unref();
  }

  /** Failures of SQLite as problems for a person. */
  #told<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      if (isBroken(error)) suspect(this.#database.path);
      throw new ProblemError(problemOf(error, this.#database.path));
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ProblemError(CLOSED);
  }

  #close(): void {
    if (this.#closed) return;
    this.#commit();
    this.#closed = true;
    clearTimeout(this.#sweepTimer);
    this.#told(() => this.#database.close());
  }

  /** For a host whose other end is gone. */
  dispose(): void {
    this.#close();
    this.#server.close();
  }
}

export const CLOSED: Problem = { code: 'store-closed', sentence: 'The history is closed.' };

function problemOf({ code, message }: SqlError, path: string): Problem {
  if (code.startsWith('SQLITE_FULL'))
    return {
      code: 'store-full',
      sentence: `There is no space left to write the history in ${path}.`,
      next: 'Make space; what is found meanwhile is shown but not kept.',
    };
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB'))
    return {
      code: 'store-broken',
      sentence: `The history in ${path} is damaged.`,
      next: 'Start Portlight again: it keeps the damaged file under another name and begins a new one.',
    };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return {
      code: 'store-busy',
      sentence: `Another program holds the history in ${path}.`,
      next: 'Close the other Portlight or SQLite tool, then try again.',
    };
  return { code: 'store-refused', sentence: `The history in ${path} did not take it: ${message}.` };
}
