import { create } from 'zustand';
import type { Problem } from '../../shared/base/result';
import type { EngineState } from '../../shared/contract/desktop';
import type { Tick } from '../../shared/contract/engine';
import type { RecentSource } from '../../shared/contract/sources';

interface NamedSource {
  /** Of a file; of what is captured its name. */
  readonly path: string;
  readonly isFile: boolean;
}

export interface SessionState {
  readonly engine: EngineState;
  /** The engine's newest state; null until it spoke. */
  readonly tick: Tick | null;
  /** What is being opened: until its session (`id`, once the engine answered) is the one that ticks speak of. */
  readonly opening: (NamedSource & { readonly id: number | null }) | null;
  /** What could not be opened last; cleared by the next attempt. */
  readonly failure: (NamedSource & { readonly problem: Problem }) | null;
  /** What the session was of that ended with its engine. */
  readonly lost: NamedSource | null;
  readonly recent: readonly RecentSource[];
}

export const useSession = create<SessionState>(() => ({
  engine: { phase: 'starting' },
  tick: null,
  opening: null,
  failure: null,
  lost: null,
  recent: [],
}));

export const selectSessionId = (state: SessionState): number | null => state.tick?.session?.id ?? null;

/** The session can know which programs its flows are of. */
export const selectKnowsPrograms = (state: SessionState): boolean => (state.tick?.live?.programs ?? null) !== null;

/** Packets still come from where they pass by. */
export const isCapturing = (tick: Tick | null): boolean => tick !== null && tick.live !== null && tick.load.state === 'loading';

/** What the frame shows in place of a view, or that it shows the view. */
export type SessionPhase = 'start' | 'opening' | 'waiting' | 'failed' | 'stopped' | 'empty' | 'open';

export function phaseOf({ engine, tick, opening, failure }: SessionState): SessionPhase {
  if (engine.phase === 'failed') return 'stopped';
  if (opening !== null) return 'opening';
  if (!tick?.session) return failure ? 'failed' : 'start';
  if (tick.packets > 0) return 'open';
  if (tick.live !== null) return isCapturing(tick) ? 'waiting' : 'empty';
  return tick.load.state === 'loading' || tick.load.following ? 'opening' : 'empty';
}
