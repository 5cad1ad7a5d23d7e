import type { AlertMemory } from '../alerts/handling';
import { TransientAlertMemory } from '../alerts/handling';
import type { Session } from '../session';
import type { StoreInfo } from '../store/records';
import type { Store } from '../store/store';
import { StoredAlertMemory } from './alert-memory';
import { KnownCaptures } from './known-captures';
import { captureFacts, storedAlerts } from './stored-rows';

/** What the engine remembers beyond a session; without a store nothing after the program's end. */
export class History {
  readonly memory: AlertMemory;
  readonly #store: Store | null;
  readonly #captures: KnownCaptures | null;

  constructor(store: Store | null) {
    this.#store = store;
    this.#captures = store && new KnownCaptures(store);
    this.memory = store && this.#captures ? new StoredAlertMemory(store, this.#captures) : new TransientAlertMemory();
  }

  /** A capture is about to be read. */
  async begin(session: Session): Promise<void> {
    await this.#captures?.open(session.info.path);
  }

  /** The capture was read, or reading was given up: keeps what the rules found. */
  async end(session: Session): Promise<void> {
    if (!this.#store || !this.#captures || session.following) return;
    const captureId = await this.#captures.idOf(session.info.path);
    if (captureId === null) return;
    const alerts = storedAlerts(session.capture);
    if (alerts.length > 0) await this.#store.saveAlerts(captureId, alerts);
    if (session.load === 'done') await this.#store.captureFinished(captureId, captureFacts(session));
  }

  /** Null where nothing is kept. */
  async info(): Promise<StoreInfo | null> {
    const info = await this.#store?.info();
    return info?.ok ? info.value : null;
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }
}
