import type { ReplayState } from '../../../shared/contract/live';
import type { ReplaySpeed } from '../../../shared/model/replay';
import { engine } from '../../client/engine';
import { useSession } from '../../stores/session';
import { complain } from '../complain';
import { openPath, replayDialog, replayPath } from '../session';

const state = (): ReplayState | null => useSession.getState().tick?.replay ?? null;

const tell = (asked: Promise<unknown>): void => void asked.catch((error: unknown) => complain(error));

/** Plays or pauses; what has ended is played again from its beginning. */
export function togglePlay(): void {
  const replay = state();
  if (!replay) return;
  const { paused, ended } = replay;
  if (!ended) {
    tell(engine.call('replay.set', { paused: !paused }));
    return;
  }
  const again = async (): Promise<void> => {
    await engine.call('replay.set', { paused: false });
    await engine.call('replay.seek', { time: useSession.getState().tick?.firstTime ?? 0 });
  };
  tell(again());
}

export const setSpeed = (speed: ReplaySpeed): void => tell(engine.call('replay.set', { speed }));

/** One packet more, or so many. What is being played is paused by it. */
export function step(packets: number): void {
  const replay = state();
  if (!replay || replay.ended) return;
  const forward = async (): Promise<void> => {
    if (!replay.paused) await engine.call('replay.set', { paused: true });
    await engine.call('replay.step', { packets });
  };
  tell(forward());
}

export const seek = (time: number): void => tell(engine.call('replay.seek', { time }));

/** Ends the replay: the file is read at once. */
export function showWhole(): void {
  const path = useSession.getState().tick?.session?.path;
  if (state() && path !== undefined) void openPath(path);
}

/** The file that is open, from its beginning at its own pace; where none is, one that is asked for. */
export function replayOpen(): void {
  const session = useSession.getState().tick?.session;
  void (session?.kind === 'file' ? replayPath(session.path) : replayDialog());
}
