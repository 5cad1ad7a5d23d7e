import { create } from 'zustand';
import type { HostQuery } from '../../shared/contract/hosts';
import { showView } from './layout';

const EVERYTHING: HostQuery = { scope: 'shown', text: '' };

/** Which hosts are listed. Kept while another view is looked at, not between starts: a forgotten search hides hosts. */
export const useHostQuery = create<HostQuery>(() => EVERYTHING);

export const setHostQuery = (change: Partial<HostQuery>): void => useHostQuery.setState(change);

/** Whatever is searched and filtered. Without a filter the scope stays: it would hold for the next one unseen. */
export const showAllHosts = (filtered: boolean): void => useHostQuery.setState({ text: '', ...(filtered && { scope: 'all' }) });

/** Lists the hosts of a country (ISO 3166-1 alpha-2) or a city. */
export function showHostsIn(where: { readonly country: string } | { readonly city: string }): void {
  setHostQuery({ text: 'city' in where ? `city:${where.city}` : `country:${where.country}` });
  showView('hosts');
}
