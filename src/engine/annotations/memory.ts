import type { PacketIndex } from '../../shared/model/units';
import type { ChunkOfMarks, StoredAnnotations } from '../store/records';

/** Where marks and comments of a capture are kept, so that they return when it is opened again. Saving rejects with a `ProblemError`. */
export interface AnnotationMemory {
  load(path: string): Promise<StoredAnnotations>;
  /** Takes the place of what was kept of these chunks. */
  saveMarks(path: string, marks: readonly ChunkOfMarks[]): Promise<void>;
  /** '' removes it. */
  saveComment(path: string, packet: PacketIndex, text: string): Promise<void>;
}
