import { ProblemError, type Result } from '../../shared/base/result';
import type { Mute } from '../../shared/model/alerts';
import type { AlertMemory, CaptureIdentity, KeyedNote } from '../alerts/handling';
import type { Store } from '../store/store';
import type { KnownCaptures } from './known-captures';

/** Keeps notes and mutes in the store. A mute's own id and the store's may differ within a run; after the next start they are the same. */
export class StoredAlertMemory implements AlertMemory {
  readonly #store: Store;
  readonly #captures: KnownCaptures;
  /** Mutes as they were last kept, by their own id. */
  readonly #mutes = new Map<number, { readonly stored: number; hits: number }>();

  constructor(store: Store, captures: KnownCaptures) {
    this.#store = store;
    this.#captures = captures;
  }

  async loadNotes({ path }: CaptureIdentity): Promise<readonly KeyedNote[]> {
    const captureId = await this.#captures.idOf(path);
    if (captureId === null) return [];
    const handled = await this.#store.alertsOf(captureId);
    if (!handled.ok) return [];
    return [...handled.value].flatMap(([key, { notes }]) => notes.map((note) => ({ key, note })));
  }

  async saveNotes({ path }: CaptureIdentity, notes: readonly KeyedNote[]): Promise<void> {
    const captureId = await this.#captures.idOf(path);
    const [first] = notes;
    if (captureId === null || !first) return;
    // One action of a person: the same words on each.
    const { status, text, at } = first.note;
    kept(
      await this.#store.handle(
        captureId,
        notes.map(({ key }) => key),
        status,
        text,
        at,
      ),
    );
  }

  async loadMutes(): Promise<readonly Mute[]> {
    const mutes = await this.#store.mutes();
    if (!mutes.ok) return [];
    for (const { id, hits } of mutes.value) this.#mutes.set(id, { stored: id, hits });
    return mutes.value;
  }

  async saveMutes(mutes: readonly Mute[]): Promise<void> {
    const ids = new Set(mutes.map(({ id }) => id));
    for (const [id, { stored }] of this.#mutes) {
      if (ids.has(id)) continue;
      kept(await this.#store.removeMute(stored));
      this.#mutes.delete(id);
    }
    for (const { id, created, hits, ...mute } of mutes) {
      const known = this.#mutes.get(id);
      const { stored } = known ?? { stored: kept(await this.#store.addMute(mute, created)).id };
      const more = hits - (known?.hits ?? 0);
      if (more > 0) kept(await this.#store.countMuteHits(new Array<number>(more).fill(stored)));
      this.#mutes.set(id, { stored, hits });
    }
  }
}

/** Throws what could not be kept as a `ProblemError`. */
export function kept<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
