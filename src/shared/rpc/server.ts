import { assert } from '../base/assert';
import { ProblemError } from '../base/result';
import { asRequest, type Response } from './messages';
import type { RpcPort } from './port';

/** Answers one call; arguments were not looked at yet. Throws `ProblemError` for an expected failure. */
export type CallHandler = (args: unknown, signal: AbortSignal) => Promise<unknown> | unknown;

type Unnumbered<T> = T extends unknown ? Omit<T, 'sequence'> : never;

interface Subscription {
  readonly topic: string;
  /** An event was sent and not acknowledged. */
  waiting: boolean;
  /** Published meanwhile: the newest only. */
  stale: boolean;
}

/** Calls that one client may have open: more is a client gone wrong. */
const MAX_OPEN_CALLS = 256;
const MAX_SUBSCRIPTIONS = 64;

/**
 * Serves one port. `topics` give the current value of a topic when a subscriber is ready for it: at most one unacknowledged event each,
 * what happens meanwhile is merged by asking again.
 */
export class RpcServer {
  readonly #port: RpcPort;
  readonly #calls: Readonly<Record<string, CallHandler>>;
  readonly #topics: Readonly<Record<string, () => unknown>>;
  readonly #running = new Map<number, AbortController>();
  readonly #subscriptions = new Map<number, Subscription>();
  #sent = 0;
  #received = 0;

  constructor(port: RpcPort, calls: Readonly<Record<string, CallHandler>>, topics: Readonly<Record<string, () => unknown>>) {
    this.#port = port;
    this.#calls = calls;
    this.#topics = topics;
    port.listen((message) => this.#receive(message));
  }

  /** Says that the topic's value changed. */
  publish(topic: string): void {
    for (const [id, subscription] of this.#subscriptions) {
      if (subscription.topic !== topic) continue;
      if (subscription.waiting) subscription.stale = true;
      else this.#emit(id, subscription);
    }
  }

  close(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    this.#subscriptions.clear();
    this.#port.close();
  }

  #receive(message: unknown): void {
    const request = asRequest(message);
    if (request === null) return;
    assert(request.sequence === this.#received++, `request ${request.sequence} came as number ${this.#received - 1}`);
    switch (request.verb) {
      case 'call':
        void this.#call(request.id, request.name, request.args);
        break;
      case 'cancel':
        this.#running.get(request.id)?.abort();
        break;
      case 'subscribe': {
        if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS || !Object.hasOwn(this.#topics, request.topic)) return;
        const subscription: Subscription = { topic: request.topic, waiting: false, stale: false };
        this.#subscriptions.set(request.id, subscription);
        this.#emit(request.id, subscription);
        break;
      }
      case 'acknowledge': {
        const subscription = this.#subscriptions.get(request.id);
        if (!subscription) return;
        subscription.waiting = false;
        if (subscription.stale) this.#emit(request.id, subscription);
        break;
      }
      case 'unsubscribe':
        this.#subscriptions.delete(request.id);
        break;
    }
  }

  async #call(id: number, name: string, args: unknown): Promise<void> {
    const handler = Object.hasOwn(this.#calls, name) ? this.#calls[name] : undefined;
    if (!handler || this.#running.size >= MAX_OPEN_CALLS) {
      const sentence = handler ? 'Too many requests are open at once.' : `The engine has no call "${name}".`;
      this.#send({ verb: 'problem', id, problem: { code: handler ? 'busy' : 'unknown-call', sentence } });
      return;
    }
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const value = await handler(args, controller.signal);
      if (!controller.signal.aborted) this.#send({ verb: 'result', id, value });
    } catch (error) {
      if (controller.signal.aborted) return;
      if (error instanceof ProblemError) this.#send({ verb: 'problem', id, problem: error.problem });
      else {
        const sentence = `The engine failed at "${name}": ${error instanceof Error ? error.message : String(error)}.`;
        this.#send({
          verb: 'problem',
          id,
          problem: { code: 'internal', sentence, next: 'The session is still open. If it happens again, please report it.' },
        });
      }
    } finally {
      this.#running.delete(id);
    }
  }

  #emit(id: number, subscription: Subscription): void {
    subscription.waiting = true;
    subscription.stale = false;
    this.#send({ verb: 'event', id, value: this.#topics[subscription.topic]?.() });
  }

  #send(response: Unnumbered<Response>): void {
    this.#port.post({ ...response, sequence: this.#sent++ });
  }
}
