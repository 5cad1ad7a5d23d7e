import { assert } from '../base/assert';
import { ProblemError } from '../base/result';
import type { Request, Response } from './messages';
import type { RpcPort } from './port';

type CallTable = { [name: string]: { args: unknown; result: unknown } };
type Unnumbered<T> = T extends unknown ? Omit<T, 'sequence'> : never;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Calls and subscriptions over one port. Rejections are `ProblemError`s; a cancelled call rejects with code 'cancelled'. */
export class RpcClient<Calls extends { [K in keyof Calls]: CallTable[string] }, Topics> {
  readonly #port: RpcPort;
  readonly #pending = new Map<number, Pending>();
  readonly #handlers = new Map<number, (value: unknown) => Promise<void> | void>();
  #nextId = 1;
  #sent = 0;
  #received = 0;

  constructor(port: RpcPort) {
    this.#port = port;
    port.listen((message) => this.#receive(message as Response));
  }

  /** Calls that wait for their answers. */
  get pending(): number {
    return this.#pending.size;
  }

  call<K extends keyof Calls & string>(name: K, args: Calls[K]['args'], signal?: AbortSignal): Promise<Calls[K]['result']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      this.#pending.set(id, { resolve, reject });
      signal?.addEventListener(
        'abort',
        () => {
          if (!this.#pending.delete(id)) return;
          this.#send({ verb: 'cancel', id });
          reject(cancelled());
        },
        { once: true },
      );
      this.#send({ verb: 'call', id, name, args });
    });
  }

  /** The next event comes after the handler's promise resolved: that is the receiver's pace. */
  subscribe<K extends keyof Topics & string>(topic: K, handler: (value: Topics[K]) => Promise<void> | void): () => void {
    const id = this.#nextId++;
    this.#handlers.set(id, handler as (value: unknown) => void);
    this.#send({ verb: 'subscribe', id, topic });
    return () => {
      if (this.#handlers.delete(id)) this.#send({ verb: 'unsubscribe', id });
    };
  }

  /** The other side is gone: everything that waits is rejected with this sentence. */
  fail(code: string, sentence: string): void {
    for (const pending of this.#pending.values()) pending.reject(new ProblemError({ code, sentence }));
    this.#pending.clear();
    this.#handlers.clear();
    this.#port.close();
  }

  #send(request: Unnumbered<Request>): void {
    this.#port.post({ ...request, sequence: this.#sent++ });
  }

  #receive(response: Response): void {
    assert(response.sequence === this.#received++, `response ${response.sequence} came as number ${this.#received - 1}`);
    if (response.verb === 'event') {
      const handler = this.#handlers.get(response.id);
      if (!handler) return;
      void Promise.resolve(handler(response.value)).finally(() => {
        if (this.#handlers.has(response.id)) this.#send({ verb: 'acknowledge', id: response.id });
      });
      return;
    }
    const pending = this.#pending.get(response.id);
    if (!pending) return; // cancelled meanwhile
    this.#pending.delete(response.id);
    if (response.verb === 'result') pending.resolve(response.value);
    else pending.reject(new ProblemError(response.problem));
  }
}

const cancelled = (): ProblemError => new ProblemError({ code: 'cancelled', sentence: 'Cancelled.' });
