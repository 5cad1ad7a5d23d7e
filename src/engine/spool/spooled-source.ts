import type { Bytes } from '../../shared/model/units';
import type { CaptureInterface, CaptureName, CaptureSource, CaptureWarning, FrameBatch, FrameStore } from '../sources/source';
import type { SpoolRing } from './spool-ring';

/** A source whose frames are kept in a ring as they pass. It closes both. */
export class SpooledSource implements CaptureSource {
  readonly store: FrameStore;
  readonly #source: CaptureSource;
  readonly #ring: SpoolRing;

  constructor(source: CaptureSource, ring: SpoolRing) {
    this.#source = source;
    this.#ring = ring;
    this.store = ring;
  }

  get format(): string {
    return this.#source.format;
  }

  get compression(): string {
    return this.#source.compression;
  }

  get interfaces(): readonly CaptureInterface[] {
    return this.#source.interfaces;
  }

  get warnings(): readonly CaptureWarning[] {
    const { problem } = this.#ring;
    return problem === null ? this.#source.warnings : [...this.#source.warnings, problem];
  }

  get names(): readonly CaptureName[] {
    return this.#source.names;
  }

  get details(): Readonly<Record<string, string>> {
    return this.#source.details;
  }

  get truncated(): boolean {
    return this.#source.truncated;
  }

  progress(): { readonly consumed: Bytes; readonly total: Bytes | null } {
    return this.#source.progress();
  }

  async nextBatch(maxPackets: number, maxMs: number): Promise<FrameBatch | null> {
    const batch = await this.#source.nextBatch(maxPackets, maxMs);
    if (batch !== null && batch.count > 0) await this.#ring.add(batch, this.#source.interfaces);
    return batch;
  }

  async close(): Promise<void> {
    await this.#source.close();
    await this.#ring.close();
  }
}
