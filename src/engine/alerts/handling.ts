import type { AlertNote, AlertStatus, Mute } from '../../shared/model/alerts';

/** Notes that one alert keeps, the newest; older ones are dropped. */
export const MAX_NOTES = 200;

/** The capture that notes belong to, so that they return when it is opened again. */
export interface CaptureIdentity {
  readonly path: string;
  readonly size: number | null;
}

export interface KeyedNote {
  /** Of the alert. */
  readonly key: string;
  readonly note: AlertNote;
}

/** Where what people said of alerts is kept. */
export interface AlertMemory {
  /** All notes on alerts of this capture, in the order in which they were written. */
  loadNotes(capture: CaptureIdentity): Promise<readonly KeyedNote[]>;
  /** Resolves once they are kept. */
  saveNotes(capture: CaptureIdentity, notes: readonly KeyedNote[]): Promise<void>;
  loadMutes(): Promise<readonly Mute[]>;
  /** Takes the place of all that was kept. */
  saveMutes(mutes: readonly Mute[]): Promise<void>;
}

/** Keeps until the process ends, for this many captures. */
export class TransientAlertMemory implements AlertMemory {
  static readonly #maxCaptures = 64;
  readonly #notes = new Map<string, KeyedNote[]>();
  #mutes: readonly Mute[] = [];

  async loadNotes(capture: CaptureIdentity): Promise<readonly KeyedNote[]> {
    return this.#notes.get(identityText(capture)) ?? [];
  }

  async saveNotes(capture: CaptureIdentity, notes: readonly KeyedNote[]): Promise<void> {
    const identity = identityText(capture);
    const before = this.#notes.get(identity) ?? [];
    this.#notes.delete(identity);
    this.#notes.set(identity, [...before, ...notes]);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > TransientAlertMemory.#maxCaptures && oldest !== undefined) this.#notes.delete(oldest);
  }

  async loadMutes(): Promise<readonly Mute[]> {
    return this.#mutes;
  }

  async saveMutes(mutes: readonly Mute[]): Promise<void> {
    this.#mutes = mutes;
  }
}

const identityText = ({ path, size }: CaptureIdentity): string => `${size ?? '-'} ${path}`;

/** What was said of the alerts of one session. */
export class Handling {
  /** Raised by every change. */
  revision = 0;
  readonly #notes = new Map<string, AlertNote[]>();

  add({ key, note }: KeyedNote): void {
    const notes = this.#notes.get(key);
    if (!notes) this.#notes.set(key, [note]);
    else if (notes.push(note) > MAX_NOTES) notes.shift();
    this.revision++;
  }

  status(key: string): AlertStatus {
    return this.#notes.get(key)?.at(-1)?.status ?? 'open';
  }

  /** Oldest first. */
  notes(key: string): readonly AlertNote[] {
    return this.#notes.get(key) ?? [];
  }

  /** The latest that says something. */
  latestText(key: string): string {
    return this.#notes.get(key)?.findLast(({ text }) => text !== '')?.text ?? '';
  }
}
