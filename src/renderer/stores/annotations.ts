import { create } from 'zustand';
import type { PacketIndex } from '../../shared/model/units';
import { engine } from '../client/engine';
import { chosenRanges, listKey, useChosen } from './chosen';
import { useFilter } from './filter';
import { selectPacket, useSelection } from './selection';
import { selectSessionId, useSession } from './session';

interface Annotations {
  /** The packet whose comment is being written. */
  readonly commenting: PacketIndex | null;
  /** What went wrong last; whoever tells of it compares. */
  readonly failure: { readonly error: unknown } | null;
}

export const useAnnotations = create<Annotations>(() => ({ commenting: null, failure: null }));

const attempt = (call: Promise<unknown>): void => void call.catch((error: unknown) => useAnnotations.setState({ failure: { error } }));

/** Marks the chosen packets, or the selected one; unmarks them where all of them are marked. */
export function toggleMarks(): void {
  const { packet } = useSelection.getState();
  const chosen = chosenRanges(useChosen.getState(), listKey(selectSessionId(useSession.getState()), useFilter.getState().id));
  const ranges = chosen.length > 0 ? chosen : packet === null ? [] : [[packet, packet] as const];
  if (ranges.length > 0) attempt(engine.call('marks.toggle', { ranges }));
}

export const markShown = (marked: boolean): void => attempt(engine.call('marks.shown', { marked }));
export const clearMarks = (): void => attempt(engine.call('marks.clear', {}));

/** Asks for the comment of the packet, or of the selected one. */
export function startComment(packet: PacketIndex | null = useSelection.getState().packet): void {
  if (packet === null) return;
  selectPacket(packet);
  useAnnotations.setState({ commenting: packet });
}

export const endComment = (): void => useAnnotations.setState({ commenting: null });

// It belongs to its session.
useSession.subscribe((state, before) => {
  if (selectSessionId(state) !== selectSessionId(before)) endComment();
});
