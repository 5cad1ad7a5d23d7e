import type { PacketIndex } from '../../shared/model/units';
import type { AnnotationMemory } from '../annotations/memory';
import type { ChunkOfMarks, StoredAnnotations } from '../store/records';
import type { Store } from '../store/store';
import { kept } from './alert-memory';
import type { KnownCaptures } from './known-captures';

/** Keeps marks and comments in the store. A file that cannot be recognised later has none there. */
export class StoredAnnotationMemory implements AnnotationMemory {
  readonly #store: Store;
  readonly #captures: KnownCaptures;

  constructor(store: Store, captures: KnownCaptures) {
    this.#store = store;
    this.#captures = captures;
  }

  async load(path: string): Promise<StoredAnnotations> {
    const captureId = await this.#captures.idOf(path);
    const found = captureId === null ? null : await this.#store.annotationsOf(captureId);
    return found?.ok ? found.value : { marks: [], comments: [] };
  }

  async saveMarks(path: string, marks: readonly ChunkOfMarks[]): Promise<void> {
    const captureId = await this.#captures.idOf(path);
    if (captureId !== null && marks.length > 0) kept(await this.#store.saveMarks(captureId, marks));
  }

  async saveComment(path: string, packet: PacketIndex, text: string): Promise<void> {
    const captureId = await this.#captures.idOf(path);
    if (captureId !== null) kept(await this.#store.saveComment(captureId, packet, text));
  }
}
