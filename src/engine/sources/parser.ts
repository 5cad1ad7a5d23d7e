import type { Problem } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { CaptureInterface, CaptureName, CaptureWarning, FrameBatch } from './source';
import type { InputWindow } from './window';

/** What a format's parser adds to while it reads; the capture source shows it. */
export interface CaptureFacts {
  readonly interfaces: CaptureInterface[];
  readonly names: CaptureName[];
  readonly warnings: CaptureWarning[];
  readonly details: Record<string, string>;
}

/** Damage after which the format cannot be followed further; `position` is where the bad record begins. */
export interface Damage extends Problem {
  readonly position: Bytes;
}

/** Progress of a parser: it wants at least `BYTES` available, its batch is full (0), or it met damage (-1, see `damage`). */
export type ParseStatus = number;
export const BATCH_FULL: ParseStatus = 0;
export const DAMAGED: ParseStatus = -1;

export interface FormatParser {
  readonly format: string;
  readonly damage: Damage | null;
  /**
   * Appends whole records from `window` to `batch` until it holds `max` frames or the record at `window.from` is not complete; then gives
   * the number of bytes that this record is known to need. Never keeps references into the window.
   */
  parse(window: InputWindow, batch: FrameBatch, max: number): ParseStatus;
}

/** `1234567` as `1,234,567`, for sentences. */
export const grouped = (value: number): string => value.toLocaleString('en-US');
