import { create } from 'zustand';
import type { AlertGrouping, AlertQuery } from '../../shared/contract/alerts';
import type { AlertStatus, AlertType, Severity } from '../../shared/model/alerts';

export interface QueryState {
  readonly severities: readonly Severity[];
  /** Null: any. */
  readonly status: AlertStatus | null;
  readonly text: string;
  readonly muted: boolean;
  readonly grouping: AlertGrouping | null;
  /** Key of the group whose alerts are listed; null: all. */
  readonly group: string | null;
}

const EVERYTHING: QueryState = { severities: [], status: null, text: '', muted: false, grouping: null, group: null };

/** Which alerts the list shows. Kept while another view is looked at, not between starts: a forgotten filter hides alerts. */
export const useAlertQuery = create<QueryState>(() => EVERYTHING);

export const setQuery = (change: Partial<QueryState>): void => useAlertQuery.setState(change);

export const showAllAlerts = (): void => useAlertQuery.setState(({ grouping, muted }) => ({ ...EVERYTHING, grouping, muted }));

export const toggleSeverity = (severity: Severity): void =>
  useAlertQuery.setState(({ severities }) => ({
    severities: severities.includes(severity) ? severities.filter((each) => each !== severity) : [...severities, severity],
  }));

export const setGrouping = (grouping: AlertGrouping | null): void => useAlertQuery.setState({ grouping, group: null });

/** As the engine is asked, of all groups. */
export const wholeQuery = ({ severities, status, text, muted }: QueryState): AlertQuery => ({
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
