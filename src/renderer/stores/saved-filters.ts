import { MAX_SAVED_FILTERS, type SavedFilter } from '../../shared/contract/profiles';
import { cleanName } from './names';
import { activeProfile, changeProfile, useProfiles } from './profiles';

export const useSavedFilters = (): readonly SavedFilter[] => useProfiles((state) => activeProfile(state).filters);
export const savedFilters = (): readonly SavedFilter[] => activeProfile(useProfiles.getState()).filters;

/** Under a name that is taken it replaces that one. False where there are too many. */
export function saveFilter(wanted: string, text: string): boolean {
  const filters = savedFilters();
  const filter = text.trim();
  const saved = { name: cleanName(wanted) || cleanName(filter), filter };
  const isThere = filters.some(({ name }) => name === saved.name);
  if (!isThere && filters.length >= MAX_SAVED_FILTERS) return false;
  changeProfile({ filters: isThere ? filters.map((one) => (one.name === saved.name ? saved : one)) : [...filters, saved] });
  return true;
}

export const changeFilters = (filters: readonly SavedFilter[]): void => changeProfile({ filters });

const MAX_MATCHES = 4;

/** Those whose name or text has what was typed. */
export function matchingFilters(typed: string): readonly SavedFilter[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  return savedFilters()
    .filter(({ name, filter }) => filter !== typed.trim() && (has(name) || has(filter)))
    .slice(0, MAX_MATCHES);
}
