import type { SourceKind } from '../../../shared/contract/live';
import { showView, useLayout } from '../../stores/layout';
import { phaseOf, useSession } from '../../stores/session';
import { goesOn, toggleViewPause, useTail } from '../../stores/tail';
import { texts } from '../../texts';
import type { Command } from '../commands';
import { replayOpen, step, togglePlay } from './replay';

const LEAP = 100;
/** What a space means something to itself. */
const CONTROLS = 'button, a, select, input, textarea, summary, [role="menuitem"], [role="option"], [role="tab"]';

/** Keys of what goes on: a replay, or a list that follows a capture. */
export function playKey({ key, target }: KeyboardEvent): (() => void) | undefined {
  const state = useSession.getState();
  if (phaseOf(state) !== 'open') return undefined;
  const isReplay = state.tick?.replay != null;
  if (key === ' ' && !(target instanceof Element && target.closest(CONTROLS))) {
    if (isReplay) return togglePlay;
    const { view, settings } = useLayout.getState();
    if (view !== 'packets' || settings) return undefined;
    return goesOn(state.tick) || useTail.getState().pausedAt !== null ? toggleViewPause : undefined;
  }
  if (!isReplay) return undefined;
  return key === '.' ? () => step(1) : key === '>' ? () => step(LEAP) : undefined;
}

/** Where it is seen. */
function pauseList(): void {
  showView('packets');
  toggleViewPause();
}

const words = texts.replay;
const isFile = (kind: SourceKind): boolean => kind === 'file';
const isReplay = (kind: SourceKind): boolean => kind === 'replay';
const isLive = (kind: SourceKind): boolean => !isFile(kind) && !isReplay(kind);

export const playCommands = (group: string): readonly Command[] => [
  { id: 'replay-open', label: words.start, group, when: isFile, run: replayOpen },
  { id: 'replay-toggle', label: words.toggle, keys: 'Space', group, when: isReplay, run: togglePlay },
  { id: 'replay-step', label: words.stepCommand, keys: '.', group, when: isReplay, run: () => step(1) },
  { id: 'pause-view', label: texts.packets.tail.toggle, keys: 'Space', group, when: isLive, run: pauseList },
];
