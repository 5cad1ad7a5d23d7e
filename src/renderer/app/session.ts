import { engine } from '../client/engine';
import { problemOf, wasCancelled } from '../client/engine-client';
import { hideSettings } from '../stores/layout';
import { clearSelection } from '../stores/selection';
import { useSession } from '../stores/session';

export { folderOf, nameOf } from '../widgets/format/paths';

let attempt = 0;

/** Opens a capture file as the session. Of several asked for in quick succession the last one wins. */
export async function openPath(path: string): Promise<void> {
  const mine = ++attempt;
  useSession.setState({ opening: { path, id: null }, failure: null, lost: null });
  hideSettings();
  clearSelection();
  try {
    const { id } = await engine.call('session.open', { path });
    if (mine === attempt) useSession.setState(({ tick }) => ({ opening: tick?.session?.id === id ? null : { path, id } }));
    useSession.setState({ recent: await window.portlight.addRecentFile(path) });
  } catch (error) {
    if (mine !== attempt) return;
    useSession.setState({ opening: null, failure: wasCancelled(error) ? null : { path, problem: problemOf(error) } });
  }
}

export async function openDialog(): Promise<void> {
  const [path] = await window.portlight.openFileDialog();
  if (path !== undefined) await openPath(path);
}

export const cancelLoading = (): Promise<null> => engine.call('session.cancel', {});

export function openFirst(paths: readonly string[]): void {
  const [path] = paths;
  if (path !== undefined) void openPath(path);
}

export async function clearRecent(): Promise<void> {
  await window.portlight.clearRecentFiles();
  useSession.setState({ recent: [] });
}
