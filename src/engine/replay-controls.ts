import { ProblemError } from '../shared/base/result';
import type { EngineCalls, SessionInfo } from '../shared/contract/engine';
import type { Nanoseconds } from '../shared/model/units';
import type { Outline } from './api/timeline';
import { type OpenSession, Session } from './session';
import type { ReplaySource } from './sources/replay/replay-source';

/** What of the engine the controls work on. */
export interface ReplayParts {
  session(): Session | null;
  /** Of the whole file, as the time line shows it. */
  outline(): Promise<Outline | null>;
  /** Opens a session in the place of this one, with the same filter and time range. */
  reopen(open: OpenSession): Promise<SessionInfo>;
  changed(): void;
}

/** Speed, pause, step and seek of the file that is replayed. */
export class ReplayControls {
  readonly #parts: ReplayParts;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  set({ speed, paused }: EngineCalls['replay.set']['args']): null {
    const replay = this.#replay();
    replay.set(speed === undefined ? replay.speed : speed, paused ?? replay.paused);
    this.#parts.changed();
    return null;
  }

  step(packets: number): null {
    this.#replay().step(packets);
    return null;
  }

  /** Forward at once; back by reading the file anew up to there, with the same filter. */
  async seek(time: Nanoseconds): Promise<null> {
    const replay = this.#replay();
    if (replay.forwardTo(time)) return null;
    // At least one packet is shown.
    await this.anew(replay, Math.max(time, this.#parts.session()?.statistics.firstTime ?? time));
    return null;
  }

  /** From the file's beginning, everything up to this time at once; speed, pause and filter stay. */
  anew({ speed, paused }: ReplaySource, time: Nanoseconds): Promise<SessionInfo> {
    const { path } = (this.#parts.session() as Session).info;
    return this.#parts.reopen(async (id, watch, giveUp) => {
      const opened = await Session.openReplay(id, { path, speed, outline: await this.#parts.outline() }, watch, giveUp);
      if (opened.ok) {
        opened.value.replay?.set(speed, paused);
        opened.value.replay?.forwardTo(time);
      }
      return opened;
    });
  }

  #replay(): ReplaySource {
    const replay = this.#parts.session()?.replay;
    if (!replay) throw new ProblemError({ code: 'no-replay', sentence: 'No capture is being replayed.' });
    return replay;
  }
}
