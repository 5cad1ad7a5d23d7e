import { identify } from '../store/capture-identity';
import type { OpenedCapture } from '../store/records';
import type { Store } from '../store/store';

const UNKNOWN = { packets: 0, bytes: 0, firstEpoch: '', lastEpoch: '' };

/** Recognises capture files: by size, time and what they begin and end with, wherever they lie now. */
export class KnownCaptures {
  readonly #store: Store;
  /** Of the capture that was asked for last. */
  #latest: { readonly path: string; readonly opened: Promise<OpenedCapture | null> } | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Looks at the file anew: it may be another one under the same name. */
  open(path: string): Promise<OpenedCapture | null> {
    const opened = this.#recognise(path);
    this.#latest = { path, opened };
    return opened;
  }

  /** Null where the file cannot be recognised later, such as a pipe: what is said of it lasts as long as the program. */
  async idOf(path: string): Promise<number | null> {
    const opened = this.#latest?.path === path ? this.#latest.opened : this.open(path);
    return (await opened)?.captureId ?? null;
  }

  async #recognise(path: string): Promise<OpenedCapture | null> {
    const identity = await identify(path);
    if (!identity.ok) return null;
    const opened = await this.#store.captureOpened(identity.value, { path, ...UNKNOWN }, Date.now());
    return opened.ok ? opened.value : null;
  }
}
