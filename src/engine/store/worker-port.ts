import type { MessagePort } from 'node:worker_threads';
import type { Problem } from '../../shared/base/result';
import type { RpcPort } from '../../shared/rpc/port';
import type { Retention } from './sweep';

// Apart from `open-store.ts`: what the engine and its worker share goes into a chunk elsewhere, and that file looks for the worker beside itself.

export interface WorkerStart {
  readonly path: string;
  readonly retention: Partial<Retention>;
  readonly port: MessagePort;
}

/** The worker's first message: how opening went. */
export type WorkerReady = { readonly ok: true; readonly problems: readonly Problem[] } | { readonly ok: false; readonly problem: Problem };

export function messagePort(port: MessagePort): RpcPort {
  return {
    post: (message) => port.postMessage(message),
    listen: (handler) => port.on('message', handler),
    close: () => port.close(),
  };
}
