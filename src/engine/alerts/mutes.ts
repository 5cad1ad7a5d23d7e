import { ProblemError } from '../../shared/base/result';
import type { AlertType, Mute, NewMute } from '../../shared/model/alerts';
import type { AlertMemory } from './handling';

/** Mutes that may stand; each alert is compared with all of them. */
const MAX_MUTES = 500;

/** What a mute looks at. */
export interface Mutable {
  readonly type: AlertType;
  readonly sourceIp: string;
  readonly targetIp: string;
  readonly targetPort: number | null;
}

/** The person's mutes, for all sessions. */
export class Mutes {
  /** Raised when one was added, removed or ran out. */
  revision = 0;
  readonly #memory: AlertMemory;
  readonly #now: () => number;
  #mutes: Mute[] = [];

  /** `now`: epoch milliseconds; mutes run out by the wall clock, not by that of a capture. */
  constructor(memory: AlertMemory, now: () => number = Date.now) {
    this.#memory = memory;
    this.#now = now;
  }

  async load(): Promise<void> {
    this.#mutes = [...(await this.#memory.loadMutes())];
    this.revision++;
  }

  /** The newest first. */
  list(): readonly Mute[] {
    this.dropExpired();
    return [...this.#mutes].reverse();
  }

  async add(mute: NewMute): Promise<Mute> {
    if (mute.type === null && mute.source === null && mute.target === null && mute.port === null) {
      throw new ProblemError({
        code: 'mutes-everything',
        sentence: 'A mute that names nothing would hide every alert.',
        next: 'Name a rule, an address or a port.',
      });
    }
    this.dropExpired();
    if (this.#mutes.length >= MAX_MUTES) {
      throw new ProblemError({ code: 'too-many-mutes', sentence: `There are ${MAX_MUTES} mutes already.`, next: 'Remove some first.' });
    }
    const id = this.#mutes.reduce((highest, each) => Math.max(highest, each.id), 0) + 1;
    const added: Mute = { ...mute, id, created: this.#now(), hits: 0 };
    this.#mutes.push(added);
    this.revision++;
    await this.save();
    return added;
  }

  async remove(id: number): Promise<void> {
    this.#mutes = this.#mutes.filter((mute) => mute.id !== id);
    this.revision++;
    await this.save();
  }

  /** The id of the oldest mute that hides it; null: none does. */
  match(alert: Mutable): number | null {
    return this.#mutes.find((mute) => matches(mute, alert))?.id ?? null;
  }

  /** One more alert was hidden. */
  hit(id: number): void {
    this.#mutes = this.#mutes.map((mute) => (mute.id === id ? { ...mute, hits: mute.hits + 1 } : mute));
  }

  dropExpired(): void {
    const now = this.#now();
    const standing = this.#mutes.filter(({ expires }) => expires === null || expires > now);
    if (standing.length === this.#mutes.length) return;
    this.#mutes = standing;
    this.revision++;
  }

  save(): Promise<void> {
    return this.#memory.saveMutes(this.#mutes);
  }
}

const matches = (mute: Mute, alert: Mutable): boolean =>
  (mute.type === null || mute.type === alert.type) &&
  (mute.source === null || mute.source === alert.sourceIp) &&
  (mute.target === null || mute.target === alert.targetIp) &&
  (mute.port === null || mute.port === alert.targetPort);
