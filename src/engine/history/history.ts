import { fail, ok, type Result } from '../../shared/base/result';
import type { ClearReport } from '../../shared/contract/settings';
import type { AddressIndex } from '../../shared/model/units';
import type { AlertMemory } from '../alerts/handling';
import { TransientAlertMemory } from '../alerts/handling';
import type { AnnotationMemory } from '../annotations/memory';
import type { Session } from '../session';
import type { StoreInfo } from '../store/records';
import type { Store } from '../store/store';
import { StoredAlertMemory } from './alert-memory';
import { StoredAnnotationMemory } from './annotation-memory';
import { HistoryReader } from './history-reader';
import { KnownCaptures } from './known-captures';
import { RecordedCapture } from './recorded-capture';

/** What the engine remembers beyond a session; without a store nothing after the program's end. */
export class History {
  readonly memory: AlertMemory;
  /** Null without a store. */
  readonly annotations: AnnotationMemory | null;
  /** What is remembered of all captures. */
  readonly reader: HistoryReader;
  readonly #store: Store | null;
  readonly #captures: KnownCaptures | null;
  readonly #recorded = new WeakMap<Session, RecordedCapture>();
  readonly #ends = new Set<Promise<unknown>>();

  constructor(store: Store | null) {
    this.#store = store;
    this.#captures = store && new KnownCaptures(store);
    this.reader = new HistoryReader(store, this.#captures);
    this.annotations = store && this.#captures ? new StoredAnnotationMemory(store, this.#captures) : null;
    this.memory = store && this.#captures ? new StoredAlertMemory(store, this.#captures) : new TransientAlertMemory();
  }

  /** A capture is about to be read: what is in it is kept from now on, unless all of it is known, or none of it happened. */
  async begin(session: Session, countryOf: (address: AddressIndex) => string | null): Promise<void> {
    const { capture, info, following } = session;
    if (info.kind === 'demo') return;
    const opened = await this.#captures?.open(info.path, following);
    if (this.#store && opened) this.#recorded.set(session, new RecordedCapture(capture, info.path, this.#store, opened, countryOf));
  }

  /** The capture was read, or reading was given up: keeps what is left of it. A capture that is followed is over when it is given up. */
  async end(session: Session): Promise<void> {
    const end = this.#recorded.get(session)?.end(session.load === 'done' || session.following);
    if (!end) return;
    this.#recorded.delete(session);
    this.#ends.add(end);
    await end.finally(() => this.#ends.delete(end));
  }

  /** Forgets captures that were last opened before this time, epoch milliseconds. */
  async clear(cutoff: number): Promise<Result<ClearReport>> {
    const before = await this.#store?.info();
    if (!this.#store || !before) return fail('history-absent', 'No history is kept.');
    const cleared = await this.#store.clear(cutoff);
    if (!cleared.ok) return cleared;
    await this.#captures?.forget(null);
    const after = await this.#store.info();
    if (!before.ok) return before;
    if (!after.ok) return after;
    return ok({ captures: cleared.value, before: before.value.bytes, after: after.value.bytes });
  }

  /** Null where nothing is kept. */
  async info(): Promise<StoreInfo | null> {
    const info = await this.#store?.info();
    return info?.ok ? info.value : null;
  }

  /** Waits until what was read is kept. */
  async close(): Promise<void> {
    await Promise.all(this.#ends);
    await this.#store?.close();
  }
}
