import { create } from 'zustand';
import { addressTest } from './filter-text';
import { showView } from './layout';
import { selectSessionId, useSession } from './session';

/** The host that is read, of the session that it belongs to. */
export const useHosts = create<{ readonly session: number | null; readonly address: string | null }>(() => ({
  session: null,
  address: null,
}));

/** Null where none is, or that of another session was. */
export function useSelectedHost(): string | null {
  const present = useSession(selectSessionId);
  return useHosts(({ session, address }) => (session === present ? address : null));
}

export const selectHost = (address: string | null): void => useHosts.setState({ session: selectSessionId(useSession.getState()), address });

/** Shows the host's page. */
export function openHost(address: string): void {
  selectHost(address);
  showView('hosts');
}

/** An IP address: what has a page. */
export const isHost = (address: string): boolean => addressTest('addr', address)?.startsWith('ip') ?? false;
