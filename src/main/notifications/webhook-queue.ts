import { setTimeout } from 'node:timers/promises';
import type { Notice, WebhookOutcome, WebhookState } from '../../shared/contract/notifications';
import { testBody, webhookBody } from './webhook-body';
import { type Attempt, postWebhook, type WebhookTarget } from './webhook-request';

/** Messages that wait, about 1 KB each: more than an hour's worth at the default pace is stale. */
const MAX_WAITING = 100;
/** Before the second, third and fourth attempt. */
const RETRY_DELAYS_MS = [1000, 5000, 25_000] as const;

const NO_URL: Attempt = {
  ok: false,
  code: 'no-url',
  sentence: 'The webhook has no address.',
  next: 'Enter its address.',
  mayRetry: false,
};

interface QueueParts {
  /** Where to; null: no address is set. Asked before each attempt. */
  readonly target: () => WebhookTarget | null;
  /** The state changed. */
  readonly changed: () => void;
  readonly retryDelays?: readonly number[];
  readonly timeoutMs?: number;
}

/** Delivers notices one after the other, in order, each with a few attempts. */
export class WebhookQueue {
  readonly #parts: QueueParts;
  #waiting: string[] = [];
  #isRunning = false;
  /** Ends the pause before the next attempt. */
  #giveUp = new AbortController();
  #delivered = 0;
  #failed = 0;
  #dropped = 0;
  #last: WebhookState['last'] = null;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  get state(): Omit<WebhookState, 'hasUrl' | 'hasSecret'> {
    const waiting = this.#waiting.length + (this.#isRunning ? 1 : 0);
    return { delivered: this.#delivered, failed: this.#failed, dropped: this.#dropped, waiting, last: this.#last };
  }

  push(notice: Notice): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#dropped++;
      this.#parts.changed();
      return;
    }
    this.#waiting.push(JSON.stringify(webhookBody(notice, new Date())));
    if (!this.#isRunning) void this.#run();
  }

  /** One message, one attempt, beside the queue. */
  async test(): Promise<WebhookOutcome> {
    const attempt = await this.#attempt(JSON.stringify(testBody(new Date())));
    this.#parts.changed();
    return outcomeOf(attempt);
  }

  /** Forgets what waits. A request that is under way ends by itself. */
  clear(): void {
    this.#waiting = [];
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let body = this.#waiting.shift(); body !== undefined; body = this.#waiting.shift()) {
      if (await this.#deliver(body)) this.#delivered++;
      else this.#failed++;
      this.#parts.changed();
    }
    this.#isRunning = false;
    this.#parts.changed();
  }

  async #deliver(body: string): Promise<boolean> {
    const { signal } = this.#giveUp;
    for (const delay of [...(this.#parts.retryDelays ?? RETRY_DELAYS_MS), null]) {
      const attempt = await this.#attempt(body);
      if (attempt.ok || !attempt.mayRetry || delay === null) return attempt.ok;
      this.#parts.changed();
      await setTimeout(delay, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return false;
    }
    return false;
  }

  async #attempt(body: string): Promise<Attempt> {
    const target = this.#parts.target();
    const attempt = target ? await postWebhook(target, body, this.#parts.timeoutMs) : NO_URL;
    this.#last = { ...outcomeOf(attempt), at: Date.now() };
    return attempt;
  }
}

const outcomeOf = ({ mayRetry: _, ...outcome }: Attempt): WebhookOutcome => outcome;
