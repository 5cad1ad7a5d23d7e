import { create } from 'zustand';
import type { AlertGrouping, AlertQuery, AlertScope } from '../../shared/contract/alerts';
import type { AlertStatus, AlertType, Severity } from '../../shared/model/alerts';
import { isFiltered, useFilter } from './filter';

export interface QueryState {
  /** Where a filter or a time range is set: only the alerts that they show. */
  readonly scope: AlertScope;
  readonly severities: readonly Severity[];
  /** Null: any. */
  readonly status: AlertStatus | null;
  readonly text: string;
  readonly muted: boolean;
  readonly grouping: AlertGrouping | null;
  /** Key of the group whose alerts are listed; null: all. */
  readonly group: string | null;
}

const EVERYTHING: QueryState = { scope: 'shown', severities: [], status: null, text: '', muted: false, grouping: null, group: null };

/** Which alerts the list shows. Kept while another view is looked at, not between starts: a forgotten filter hides alerts. */
export const useAlertQuery = create<QueryState>(() => EVERYTHING);

export const setQuery = (change: Partial<QueryState>): void => useAlertQuery.setState(change);

/** Whatever is searched and filtered. Without a filter the scope stays: it would hold for the next one unseen. */
export const showAllAlerts = (): void =>
  useAlertQuery.setState(({ scope, grouping, muted }) => {
    return { ...EVERYTHING, scope: isFiltered(useFilter.getState()) ? 'all' : scope, grouping, muted };
  });

export const toggleSeverity = (severity: Severity): void =>
  useAlertQuery.setState(({ severities }) => ({
    severities: severities.includes(severity) ? severities.filter((each) => each !== severity) : [...severities, severity],
  }));

export const setGrouping = (grouping: AlertGrouping | null): void => useAlertQuery.setState({ grouping, group: null });

/** As the engine is asked, of all groups. */
export const wholeQuery = ({ scope, severities, status, text, muted }: QueryState): AlertQuery => ({
  scope,
  severities,
  types: [],
  statuses: status === null ? [] : [status],
  source: null,
  text,
  muted,
});

/** As the engine is asked, of the chosen group. */
export function listQuery(state: QueryState): AlertQuery {
  const { grouping, group } = state;
  const whole = wholeQuery(state);
  if (grouping === null || group === null) return whole;
  return grouping === 'source' ? { ...whole, source: group } : { ...whole, types: [group as AlertType] };
}
