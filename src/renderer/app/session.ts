import type { LiveRequest } from '../../shared/contract/live';
import type { RecentSource } from '../../shared/contract/sources';
import type { ReplaySpeed } from '../../shared/model/replay';
import { engine } from '../client/engine';
import { problemOf, wasCancelled } from '../client/engine-client';
import { hideSettings, hideSources } from '../stores/layout';
import { useLive } from '../stores/live';
import { clearSelection } from '../stores/selection';
import { useSession } from '../stores/session';
import { mayLeave } from './leave/leave';

export { folderOf, nameOf } from '../widgets/format/paths';

let attempt = 0;

/** Of several asked for in quick succession the last one wins. */
async function openWith(path: string, isFile: boolean, open: () => Promise<{ readonly id: number }>): Promise<void> {
  if (!(await mayLeave())) return;
  const mine = ++attempt;
  useSession.setState({ opening: { path, isFile, id: null }, failure: null, lost: null });
  hideSettings();
  hideSources();
  clearSelection();
  try {
    const { id } = await open();
    if (mine === attempt) useSession.setState(({ tick }) => ({ opening: tick?.session?.id === id ? null : { path, isFile, id } }));
  } catch (error) {
    if (mine !== attempt) return;
    useSession.setState({ opening: null, failure: wasCancelled(error) ? null : { path, isFile, problem: problemOf(error) } });
  }
}

/** Opens a capture file as the session. */
export const openPath = (path: string): Promise<void> =>
  openWith(path, true, async () => {
    const session = await engine.call('session.open', { path });
    void remember({ kind: 'file', path });
    return session;
  });

/** Plays a capture file as the session, at a multiple of its own pace. */
export const replayPath = (path: string, speed: ReplaySpeed = 1): Promise<void> =>
  openWith(path, true, async () => {
    const session = await engine.call('live.start', { request: { kind: 'replay', path, speed } });
    void remember({ kind: 'file', path });
    return session;
  });

/** Starts what goes on as the session; `name` is what it is called until it has begun. */
export const openLive = (name: string, request: LiveRequest, begun: (session: number) => void): Promise<void> =>
  openWith(name, false, async () => {
    useLive.setState({ asked: request });
    const session = await engine.call('live.start', { request });
    begun(session.id);
    return session;
  });

export async function openDialog(): Promise<void> {
  const [path] = await window.portlight.openFileDialog();
  if (path !== undefined) await openPath(path);
}

export async function replayDialog(): Promise<void> {
  const [path] = await window.portlight.openFileDialog();
  if (path !== undefined) await replayPath(path);
}

export const cancelLoading = (): Promise<null> => engine.call('session.cancel', {});

export function openFirst(paths: readonly string[]): void {
  const [path] = paths;
  if (path !== undefined) void openPath(path);
}

export async function remember(source: RecentSource): Promise<void> {
  useSession.setState({ recent: await window.portlight.addRecentSource(source) });
}

export async function clearRecent(): Promise<void> {
  await window.portlight.clearRecentSources();
  useSession.setState({ recent: [] });
}
