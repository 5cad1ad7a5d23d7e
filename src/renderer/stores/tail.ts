import { create } from 'zustand';
import type { Tick } from '../../shared/contract/engine';
import { selectSessionId, useSession } from './session';

/** How the list of packets goes with a capture that goes on. */
export interface TailState {
  /** The session goes on, or went on: its newest packets are worth following. */
  readonly hasTail: boolean;
  /** The newest packets stay in view. */
  readonly following: boolean;
  /** So many packets had come when following ended; null while it lasts. */
  readonly leftAt: number | null;
  /** The list stands still with so many packets; null while it takes what comes. */
  readonly pausedAt: number | null;
  /** Wishes to see the selected packet that were heard: each ends following, once. */
  readonly reveals: number;
}

const FRESH = { following: true, leftAt: null, pausedAt: null } as const;

export const useTail = create<TailState>(() => ({ ...FRESH, hasTail: false, reveals: 0 }));

useSession.subscribe((state, before) => {
  const goes = goesOn(state.tick);
  if (selectSessionId(state) !== selectSessionId(before)) useTail.setState({ ...FRESH, hasTail: goes });
  else if (goes && !useTail.getState().hasTail) useTail.setState({ hasTail: true });
});

/** Packets come as they happen. */
export const goesOn = (tick: Tick | null): boolean =>
  tick !== null && tick.load.state === 'loading' && (tick.load.following || tick.replay !== null);

const packets = (): number => useSession.getState().tick?.packets ?? 0;

/** The list stays where a person looks. */
export function leaveTail(): void {
  if (useTail.getState().following) useTail.setState(({ pausedAt }) => ({ following: false, leftAt: pausedAt ?? packets() }));
}

/** To the newest packet, and on with those that come. */
export const followTail = (): void => useTail.setState(FRESH);

/** The list stands still; the capture goes on. */
export const pauseView = (): void => useTail.setState({ pausedAt: packets() });

/** The list takes what came meanwhile; one that was scrolled up stays where it is. */
export const resumeView = (): void => useTail.setState({ pausedAt: null });

export const toggleViewPause = (): void => (useTail.getState().pausedAt === null ? pauseView() : resumeView());
