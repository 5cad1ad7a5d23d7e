import { create } from 'zustand';
import type { FlowIndex } from '../../shared/model/units';
import { useLayout } from './layout';
import { selectSessionId, useSession } from './session';

/** The flow whose stream stands over the view; null: none. */
export const useFollow = create<{ readonly flow: FlowIndex | null }>(() => ({ flow: null }));

export const followFlow = (flow: FlowIndex): void => useFollow.setState({ flow });
export const closeFollow = (): void => useFollow.setState({ flow: null });

// It belongs to its session, and whoever goes elsewhere has left it.
useSession.subscribe((state, before) => {
  if (selectSessionId(state) !== selectSessionId(before)) closeFollow();
});
useLayout.subscribe((state, before) => {
  if (state.view !== before.view || state.settings || state.sources !== null) closeFollow();
});

/** Protocols whose flows carry what can be followed. */
export const canFollow = (protocol: string): boolean => protocol === 'TCP' || protocol === 'UDP';
