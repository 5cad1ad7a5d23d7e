import { type Problem, ProblemError } from '../../shared/base/result';
import type { AlertNews } from '../../shared/contract/alerts';
import type { EngineCalls, EngineTopics, Tick } from '../../shared/contract/engine';
import type { SshAsked } from '../../shared/contract/ssh';
import { RpcClient } from '../../shared/rpc/client';
import type { RpcPort } from '../../shared/rpc/port';

/** Calls kept while the engine starts; more than a page can ask for before its first paint. */
const MAX_WAITING = 64;

interface Waiter {
  start(rpc: RpcClient<EngineCalls, EngineTopics>): void;
  reject(error: Error): void;
}

/** The engine as the page sees it, over whichever port is the present one. Calls made before there is one wait for it. */
export class EngineClient {
  #rpc: RpcClient<EngineCalls, EngineTopics> | null = null;
  #waiting: Waiter[] = [];

  /** Takes a new port: the first one, or that of an engine that was started again. */
  connect(
    port: RpcPort,
    onTick: (tick: Tick) => Promise<void>,
    onAlerts?: (news: AlertNews) => Promise<void>,
    onSsh?: (asked: SshAsked | null) => void,
  ): void {
    this.disconnect({ code: 'engine-restarted', sentence: 'The engine was started again.' });
    const rpc = new RpcClient<EngineCalls, EngineTopics>(port);
    this.#rpc = rpc;
    rpc.subscribe('tick', onTick);
    if (onAlerts) rpc.subscribe('alerts', onAlerts);
    if (onSsh) rpc.subscribe('ssh', onSsh);
    for (const waiter of this.#waiting.splice(0)) waiter.start(rpc);
  }

  /** The engine is gone: what was asked of it is answered with this problem. */
  disconnect(problem: Problem): void {
    this.#rpc?.fail(problem.code, problem.sentence);
    this.#rpc = null;
  }

  /** No engine will come: calls that wait for one are answered with this problem. */
  giveUp(problem: Problem): void {
    this.disconnect(problem);
    for (const waiter of this.#waiting.splice(0)) waiter.reject(new ProblemError(problem));
  }

  /** Nobody waits for an answer. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && (this.#rpc?.pending ?? 0) === 0;
  }

  /** Rejects with a `ProblemError`; code 'cancelled' after `signal` was aborted. */
  call<K extends keyof EngineCalls & string>(
    name: K,
    args: EngineCalls[K]['args'],
    signal?: AbortSignal,
  ): Promise<EngineCalls[K]['result']> {
    if (this.#rpc) return this.#rpc.call(name, args, signal);
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= MAX_WAITING) {
        reject(new ProblemError({ code: 'engine-absent', sentence: 'The engine is not running.' }));
        return;
      }
      this.#waiting.push({ start: (rpc) => rpc.call(name, args, signal).then(resolve, reject), reject });
    });
  }
}

/** Any rejection as something that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { code: 'internal', sentence: error instanceof Error ? error.message : String(error) };
}

export const wasCancelled = (error: unknown): boolean => problemOf(error).code === 'cancelled';
