import { create } from 'zustand';
import type { Problem } from '../../shared/base/result';
import type { EngineState } from '../../shared/contract/desktop';
import type { Tick } from '../../shared/contract/engine';

export interface SessionState {
  readonly engine: EngineState;
  /** The engine's newest state; null until it spoke. */
  readonly tick: Tick | null;
  /** File that is being opened: until its session (`id`, once the engine answered) is the one that ticks speak of. */
  readonly opening: { readonly path: string; readonly id: number | null } | null;
  /** The last file that could not be opened; cleared by the next attempt. */
  readonly failure: { readonly path: string; readonly problem: Problem } | null;
  /** File of the session that ended with its engine. */
  readonly lost: string | null;
  readonly recent: readonly string[];
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

/** What the frame shows in place of a view, or that it shows the view. */
export type SessionPhase = 'start' | 'opening' | 'failed' | 'stopped' | 'empty' | 'open';

export function phaseOf({ engine, tick, opening, failure }: SessionState): SessionPhase {
  if (engine.phase === 'failed') return 'stopped';
  if (opening !== null) return 'opening';
  if (!tick?.session) return failure ? 'failed' : 'start';
  if (tick.packets > 0) return 'open';
  return tick.load.state === 'loading' || tick.load.following ? 'opening' : 'empty';
}
