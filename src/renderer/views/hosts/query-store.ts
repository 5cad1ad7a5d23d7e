import { create } from 'zustand';
import type { HostQuery } from '../../../shared/contract/hosts';

const EVERYTHING: HostQuery = { scope: 'shown', text: '' };

/** Which hosts are listed. Kept while another view is looked at, not between starts: a forgotten search hides hosts. */
export const useHostQuery = create<HostQuery>(() => EVERYTHING);

export const setQuery = (change: Partial<HostQuery>): void => useHostQuery.setState(change);

/** Whatever is searched and filtered. Without a filter the scope stays: it would hold for the next one unseen. */
export const showAllHosts = (filtered: boolean): void => useHostQuery.setState({ text: '', ...(filtered && { scope: 'all' }) });
