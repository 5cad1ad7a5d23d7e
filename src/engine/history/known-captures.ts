import { identify } from '../store/capture-identity';
import type { CaptureIdentity, OpenedCapture } from '../store/records';
import type { Store } from '../store/store';

const UNKNOWN = { packets: 0, bytes: 0, firstEpoch: '', lastEpoch: '', flows: 0 };
/** Captures whose ids are remembered: the one that is open and the few that may still be written down. */
const MAX_CAPTURES = 64;

/** Recognises capture files: by size, time and what they begin and end with, wherever they lie now. */
export class KnownCaptures {
  readonly #store: Store;
  readonly #byPath = new Map<string, Promise<OpenedCapture | null>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Looks at the file anew: it may be another one under the same name. `passing`: what is read of it now is not what is there later (a file
   * that is followed, standard input), so it is a capture of its own.
   */
  open(path: string, passing = false): Promise<OpenedCapture | null> {
    const opened = passing ? this.#begin(null, path) : this.#recognise(path);
    this.#byPath.delete(path);
    this.#byPath.set(path, opened);
    const [oldest] = this.#byPath.keys();
    if (this.#byPath.size > MAX_CAPTURES && oldest !== undefined) this.#byPath.delete(oldest);
    return opened;
  }

  /** The store does not know it any more (null: all of them); whoever asks for it makes a new one. */
  async forget(captureId: number | null): Promise<void> {
    for (const [path, opened] of this.#byPath) if (captureId === null || (await opened)?.captureId === captureId) this.#byPath.delete(path);
  }

  /** Null where the file cannot be recognised later, such as a pipe: what is said of it lasts as long as the program. */
  async idOf(path: string): Promise<number | null> {
    return (await (this.#byPath.get(path) ?? this.open(path)))?.captureId ?? null;
  }

  async #recognise(path: string): Promise<OpenedCapture | null> {
    const identity = await identify(path);
    if (!identity.ok) return null;
    return this.#begin(identity.value, path);
  }

  async #begin(identity: CaptureIdentity | null, path: string): Promise<OpenedCapture | null> {
    const opened = await this.#store.captureOpened(identity, { path, ...UNKNOWN }, Date.now());
    return opened.ok ? opened.value : null;
  }
}
