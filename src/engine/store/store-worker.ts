import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../shared/base/assert';
import { Database } from './database';
import { StoreHost } from './store-host';
import { messagePort, type WorkerReady, type WorkerStart } from './worker-port';

/** Entry of the worker thread: opens the database, says how that went, serves the port that it was given. */
assert(parentPort, 'the store worker runs in a worker thread');
const { path, retention, port } = workerData as WorkerStart;
const opened = Database.open(path, Date.now(), retention);
if (opened.ok) {
  const host = new StoreHost(opened.value, messagePort(port));
  port.on('close', () => host.dispose());
}
parentPort.postMessage((opened.ok ? { ok: true, problems: opened.value.problems } : opened) satisfies WorkerReady);
if (!opened.ok) port.close();
