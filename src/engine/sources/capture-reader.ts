import { assert } from '../../shared/base/assert';
import type { Bytes } from '../../shared/model/units';
import { createBatch, MAX_BATCH_FRAMES } from './batch';
import type { ByteInput } from './input';
import { type CaptureFacts, DAMAGED, type FormatParser, grouped } from './parser';
import type { CaptureInterface, CaptureName, CaptureSource, CaptureWarning, FrameBatch, FrameStore } from './source';
import type { InputWindow } from './window';

/** What `CaptureReader` is made of. It closes all of it. */
export interface CaptureParts {
  readonly compression: string;
  readonly input: ByteInput;
  readonly window: InputWindow;
  readonly parser: FormatParser;
  readonly facts: CaptureFacts;
  readonly store: FrameStore | null;
  readonly signal: AbortSignal | undefined;
  /** Closes the input, the store and their files. */
  readonly close: () => Promise<void>;
}

/** Any byte stream in a capture format as a source of frames. */
export class CaptureReader implements CaptureSource {
  readonly format: string;
  readonly compression: string;
  readonly store: FrameStore | null;
  readonly #parts: CaptureParts;
  readonly #onAbort = (): void => {
    void this.#parts.input.close();
  };
  #batch: FrameBatch = createBatch(0);
  #packets = 0;
  #truncated = false;
  #ended = false;
  #reading = false;
  #closing: Promise<void> | null = null;

  constructor(parts: CaptureParts) {
    this.#parts = parts;
    this.format = parts.parser.format;
    this.compression = parts.compression;
    this.store = parts.store;
    parts.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get interfaces(): readonly CaptureInterface[] {
    return this.#parts.facts.interfaces;
  }

  get names(): readonly CaptureName[] {
    return this.#parts.facts.names;
  }

  get warnings(): readonly CaptureWarning[] {
    return this.#parts.facts.warnings;
  }

  get details(): Readonly<Record<string, string>> {
    return this.#parts.facts.details;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  progress(): { readonly consumed: Bytes; readonly total: Bytes | null } {
    return { consumed: this.#parts.input.consumed, total: this.#parts.input.total };
  }

  async nextBatch(maxPackets: number, maxMs: number): Promise<FrameBatch | null> {
    assert(!this.#reading, 'nextBatch was called before the last call was answered');
    assert(maxPackets >= 1, 'a batch has at least one frame');
    this.#reading = true;
    try {
      return await this.#next(Math.min(maxPackets, MAX_BATCH_FRAMES), maxMs);
    } finally {
      this.#reading = false;
    }
  }

  async #next(max: number, maxMs: number): Promise<FrameBatch | null> {
    const { window, parser } = this.#parts;
    if (this.#batch.start.length < max) this.#batch = createBatch(max);
    const batch = this.#batch;
    const deadline = performance.now() + maxMs;
    batch.count = 0;
    batch.comments.length = 0;
    while (!this.#ended && !this.#stopped) {
      const status = parser.parse(window, batch, max);
      batch.bytes = window.bytes;
      if (status === DAMAGED) this.#end(0);
      if (batch.count > 0) {
        this.#packets += batch.count;
        return batch;
      }
      if (this.#ended) return null;
      const waitMs = deadline - performance.now();
      const arrived = await window.advance(waitMs);
      if (arrived === 'end') this.#end(status);
      else if (arrived === 'waiting' || performance.now() >= deadline) return this.#stopped ? null : batch;
    }
    return null;
  }

  get #stopped(): boolean {
    return this.#closing !== null || this.#parts.signal?.aborted === true;
  }

  /** `needed`: bytes that the record at the window's start has to have. */
  #end(needed: number): void {
    this.#ended = true;
    // An end that was asked for is no damage.
    if (this.#stopped) return;
    const { window, parser, facts } = this.#parts;
    const position = Math.max(0, window.position);
    const rest = window.to - window.from;
    if (parser.damage !== null) {
      facts.warnings.push(parser.damage);
      return;
    }
    if (window.problem !== null) {
      facts.warnings.push({ ...window.problem, position: position + rest });
      this.#truncated = true;
    }
    if (rest === 0) return;
    this.#truncated = true;
    facts.warnings.push({
      code: 'cut-off',
      sentence: `The capture is cut off inside the record after packet ${grouped(this.#packets)}, at byte ${grouped(position)}: at least ${grouped(needed)} bytes belong there and ${grouped(rest)} are left.`,
      next: 'The packets before it are shown. Copy or download the capture again to have the rest.',
      position,
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#parts.signal?.removeEventListener('abort', this.#onAbort);
    await this.#parts.close();
  }
}
