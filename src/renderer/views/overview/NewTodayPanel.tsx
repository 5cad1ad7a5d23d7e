import { useMemo } from 'react';
import type { NewRows, NewToday } from '../../../shared/contract/overview';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { dayName, isToday } from './days';
import styles from './overview.module.css';
import { Panel } from './Panel';
import { Ranking } from './RankingPanel';
import { newCountryRows, newHostRows, newPortRows, type RankedRow } from './rankings';

const words = texts.overview.newToday;
/** Rows of each list. */
const LIMIT = 5;

/** What the last day shown has that no day before had, and with what that was compared. */
export function NewTodayPanel({ found }: { readonly found: NewToday | null }) {
  const day = found && 'day' in found ? found.day : null;
  const title = day === null || isToday(day) ? words.title : words.titleOf(dayName(day));
  return (
    <Panel area="newToday" title={title} note={found?.state === 'compared' ? comparison(found) : ''}>
      {found?.state === 'compared' ? <Lists found={found} /> : <p className={styles.nothing}>{emptyText(found)}</p>}
    </Panel>
  );
}

function emptyText(found: Exclude<NewToday, { state: 'compared' }> | null): string {
  if (found === null) return texts.overview.loading;
  return found.state === 'nothing' ? words.nothing(dayName(found.day)) : words.states[found.state];
}

const comparison = ({ captures, since }: Extract<NewToday, { state: 'compared' }>): string =>
  captures === 0 ? words.withItself(dayName(since)) : words.withCaptures(formatCount(captures), captures === 1, dayName(since));

function Lists({ found: { hosts, ports, countries } }: { readonly found: Extract<NewToday, { state: 'compared' }> }) {
  const rows = useMemo(
    () => ({ hosts: newHostRows(hosts.rows), ports: newPortRows(ports.rows), countries: newCountryRows(countries?.rows ?? []) }),
    [hosts, ports, countries],
  );
  return (
    <div className={styles.newLists}>
      <List title={words.hosts} found={hosts} rows={rows.hosts} none={words.noHosts} column={texts.overview.columns.address} />
      <List title={words.ports} found={ports} rows={rows.ports} none={words.noPorts} column={texts.overview.columns.port} />
      <List
        title={words.countries}
        found={countries}
        rows={rows.countries}
        none={countries === null ? texts.overview.countries.noDatabase : words.noCountries}
        column={texts.overview.columns.country}
      />
    </div>
  );
}

interface ListProps {
  readonly title: string;
  readonly found: NewRows | null;
  readonly rows: readonly RankedRow[];
  readonly none: string;
  /** Title of the names. */
  readonly column: string;
}

function List({ title, found, rows, none, column }: ListProps) {
  const unasked = found?.unasked ?? 0;
  return (
    <section className={styles.newList}>
      <h3>
        {title} <span className={styles.newCount}>{formatCount(found?.total ?? 0)}</span>
        {unasked > 0 && <span className={styles.note}>{words.unasked(formatCount(unasked))}</span>}
      </h3>
      {rows.length === 0 ? (
        <p className={styles.nothing}>{none}</p>
      ) : (
        <Ranking label={words.list(title)} columns={[column, texts.overview.columns.bytes]} rows={rows} limit={LIMIT} />
      )}
    </section>
  );
}
