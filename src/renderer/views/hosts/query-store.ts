import { create } from 'zustand';
import type { HostQuery } from '../../../shared/contract/hosts';

const EVERYTHING: HostQuery = { scope: 'shown', text: '' };

/** Which hosts are listed. Kept while another view is looked at, not between starts: a forgotten search hides hosts. */
export const useHostQuery = create<HostQuery>(() => EVERYTHING);

export const setQuery = (change: Partial<HostQuery>): void => useHostQuery.setState(change);

export const showAllHosts = (): void => useHostQuery.setState({ scope: 'all', text: '' });
