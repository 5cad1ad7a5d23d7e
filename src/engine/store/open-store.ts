import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../../shared/base/result';
import { memoryPair } from '../../shared/rpc/memory-pair';
import { Database } from './database';
import type { Store } from './store';
import { StoreClient } from './store-client';
import { StoreHost } from './store-host';
import type { Retention } from './sweep';
import { messagePort, type WorkerReady, type WorkerStart } from './worker-port';

export interface StoreOptions {
  readonly retention?: Partial<Retention>;
  /** In this thread although a worker is there, with a transaction each so many milliseconds: for tests. */
  readonly inProcess?: number;
}

/** Opens or makes the database and starts its worker. Where no bundle is (sources run by the tests), the same code runs in this thread. */
export function openStore(path: string, options: StoreOptions = {}): Promise<Result<Store>> {
  const retention = options.retention ?? {};
  const worker = fileURLToPath(new URL(WORKER_FILE, import.meta.url));
  return existsSync(worker) && options.inProcess === undefined
    ? openInWorker(worker, path, retention)
    : Promise.resolve(openHere(path, retention, options.inProcess));
}

/** Beside the bundles of the engine and of the command line. */
const WORKER_FILE = 'store-worker.js';

function openHere(path: string, retention: Partial<Retention>, commitMs: number | undefined): Result<Store> {
  const opened = Database.open(path, Date.now(), retention);
  if (!opened.ok) return opened;
  const [near, far] = memoryPair();
  new StoreHost(opened.value, far, commitMs);
  return ok(new StoreClient(path, opened.value.problems, near, async () => near.close()));
}

function openInWorker(file: string, path: string, retention: Partial<Retention>): Promise<Result<Store>> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const start: WorkerStart = { path, retention, port: port2 };
    const worker = new Worker(file, { workerData: start, transferList: [port2] });
    let store: StoreClient | null = null;
    const lost = (reason: string): void => {
      store?.lost(reason);
      port1.close();
      resolve(
        fail(
          'store-closed',
          `The part that keeps the history could not be started: ${reason}.`,
          'Captures can be opened, but alerts and notes are not kept.',
        ),
      );
    };
    worker.on('error', (error) => lost(error.message));
    worker.on('exit', (code) => lost(`it ended with status ${code}`));
    worker.once('message', (ready: WorkerReady) => {
      if (!ready.ok) {
        resolve(ready);
        port1.close();
        return;
      }
      store = new StoreClient(path, ready.problems, messagePort(port1), () => {
        port1.close();
        return worker.terminate();
      });
      resolve(ok(store));
    });
  });
}
