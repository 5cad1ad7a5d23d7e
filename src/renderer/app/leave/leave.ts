import { create } from 'zustand';
import type { Tick } from '../../../shared/contract/engine';
import { engine } from '../../client/engine';
import { hasUnsaved, useLive } from '../../stores/live';
import { isCapturing, useSession } from '../../stores/session';
import { complain } from '../complain';
import { saveAll } from '../save/save';

export type LeaveAnswer = 'stay' | 'save' | 'discard';

interface LeaveState {
  /** A person is asked; null: nobody is. */
  readonly asking: { readonly answer: (answer: LeaveAnswer) => void } | null;
}

export const useLeave = create<LeaveState>(() => ({ asking: null }));

/** True where the session may be closed: nothing would be lost, or a person said so, or it was saved first. */
export async function mayLeave(): Promise<boolean> {
  if (!hasUnsaved(useSession.getState().tick, useLive.getState())) return true;
  // Who is asked already answers that question first.
  if (useLeave.getState().asking) return false;
  const answer = await new Promise<LeaveAnswer>((settle) => useLeave.setState({ asking: { answer: settle } }));
  useLeave.setState({ asking: null });
  if (answer !== 'save') return answer === 'discard';
  try {
    await stopAndDrain();
  } catch (error) {
    complain(error);
    return false;
  }
  return saveAll();
}

/** The window is to be closed: its live session is closed with it, so that nothing of it is left on disk. */
export async function leaveWindow(): Promise<void> {
  if (!(await mayLeave())) return;
  try {
    await engine.call('session.close', {});
  } catch (error) {
    complain(error);
  }
  await window.portlight.closeWindow();
}

/** Stops capturing and waits until all that was captured is there. */
async function stopAndDrain(): Promise<void> {
  if (!isCapturing(useSession.getState().tick)) return;
  const drained = new Promise<void>((settle) => {
    const stop = useSession.subscribe(({ tick }) => {
      if (isCapturing(tick)) return;
      stop();
      settle();
    });
  });
  await engine.call('live.stop', {});
  await drained;
}

let held = false;

/** A live session holds the window open until it is asked about: it has to be closed in order. */
export function holdWindow(tick: Tick | null): void {
  const wanted = tick !== null && tick.live !== null;
  if (wanted === held) return;
  held = wanted;
  void window.portlight.holdWindow(wanted);
}
