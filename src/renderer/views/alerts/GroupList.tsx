import { useEffect, useRef, useState } from 'react';
import type { AlertGroup, AlertGrouping } from '../../../shared/contract/alerts';
import type { AlertType } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { Latest } from '../../client/latest';
import { setQuery, useAlertQuery, wholeQuery } from '../../stores/alert-query';
import { useAlerts } from '../../stores/alerts';
import { addressTest } from '../../stores/filter-text';
import { useShownPackets } from '../../stores/shown-packets';
import { texts } from '../../texts';
import { menuHandlers } from '../../values/menu-store';
import { valueItems } from '../../values/value-items';
import { formatCount } from '../../widgets/format/numbers';
import { SeverityMark } from '../../widgets/severity/SeverityMark';
import styles from './groups.module.css';

const words = texts.alerts.group;

/** Sources or types, the worst first; choosing one narrows the list to it. */
export function GroupList({ by }: { readonly by: AlertGrouping }) {
  const query = useAlertQuery();
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const shown = useShownPackets();
  const [groups, setGroups] = useState<readonly AlertGroup[]>([]);
  const latest = useRef<Latest<AlertGrouping> | null>(null);
  latest.current ??= new Latest(async (by) => {
    try {
      setGroups((await engine.call('alerts.groups', { by, query: wholeQuery(useAlertQuery.getState()) })).groups);
    } catch {
      // The engine is gone; whoever shows that state does.
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes the groups
  useEffect(() => {
    latest.current?.ask(by);
  }, [by, revision, query, shown]);

  const nameOf = (key: string): string => (by === 'type' ? texts.alerts.types[key as AlertType] : key || texts.alerts.noEnd);
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <nav className={styles.groups} aria-label={words.list[by]}>
      <button
        type="button"
        className={styles.group}
        aria-current={query.group === null ? 'true' : undefined}
        onClick={() => setQuery({ group: null })}
      >
        <span className={styles.groupName}>{words.all}</span>
        <span className={styles.groupCount}>{formatCount(total)}</span>
      </button>
      {groups.map(({ key, severity, count, open }) => (
        <button
          key={key}
          type="button"
          className={styles.group}
          aria-current={query.group === key ? 'true' : undefined}
          title={`${nameOf(key)}\n${texts.alerts.severities[severity]}, ${open > 0 ? words.open(formatCount(open)) : words.closed}`}
          {...(by === 'source' &&
            menuHandlers(nameOf(key), () => valueItems({ text: nameOf(key), test: addressTest('addr', key), host: key })))}
          onClick={() => setQuery({ group: key })}
        >
          <SeverityMark severity={severity} size={10} />
          <span className={`${styles.groupName} ${by === 'source' ? 'mono' : ''}`}>{nameOf(key)}</span>
          <span className={styles.groupCount}>{formatCount(count)}</span>
        </button>
      ))}
    </nav>
  );
}
