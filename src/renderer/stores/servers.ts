import { create } from 'zustand';
import type { SshRequest } from '../../shared/contract/live';
import type { SavedServer, ServerToSave } from '../../shared/contract/servers';

/** The servers that were given a name, the one used last first. */
export const useServers = create<{ readonly saved: readonly SavedServer[] }>(() => ({ saved: [] }));

const show = (saved: readonly SavedServer[]): void => useServers.setState({ saved });

export const loadServers = async (): Promise<void> => show(await window.portlight.servers.list());
export const removeServer = async (id: string): Promise<void> => show(await window.portlight.servers.remove(id));

/** Gives it as it was saved. */
export async function saveServer(server: ServerToSave): Promise<SavedServer | null> {
  const before = new Set(useServers.getState().saved.map(({ id }) => id));
  const saved = await window.portlight.servers.save(server);
  show(saved);
  return saved.find(({ id }) => (server.id !== null && before.has(server.id) ? id === server.id : !before.has(id))) ?? null;
}

/** A capture was started with this: the server that was saved so was used. */
export async function noteUse(request: SshRequest): Promise<void> {
  const used = useServers.getState().saved.find((one) => isSame(one.request, request));
  if (used) show(await window.portlight.servers.used(used.id));
}

export const isSame = (a: SshRequest, b: SshRequest): boolean =>
  a.target === b.target &&
  a.interface === b.interface &&
  a.filter === b.filter &&
  a.snapLength === b.snapLength &&
  a.identity === b.identity;
