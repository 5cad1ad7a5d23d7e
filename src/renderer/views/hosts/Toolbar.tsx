import { IconDownload } from '@tabler/icons-react';
import { HOST_SCOPES } from '../../../shared/contract/hosts';
import { askExport } from '../../stores/export';
import { isFiltered, useFilter } from '../../stores/filter';
import { setHostQuery, useHostQuery } from '../../stores/host-query';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { SearchField } from '../../widgets/search-field/SearchField';
import styles from './hosts.module.css';
import type { HostTotals } from './useHostList';

const words = texts.hosts.tools;

/** Which hosts are listed, and how many. */
export function Toolbar({ totals }: { readonly totals: HostTotals | null }) {
  const query = useHostQuery();
  const filtered = useFilter(isFiltered);
  return (
    <section className={`toolbar ${styles.toolbar}`} aria-label={words.region}>
      <SearchField className={styles.search} label={words.search} value={query.text} onChange={(text) => setHostQuery({ text })} />
      {filtered && (
        <select
          className="select"
          aria-label={words.scope}
          title={words.numbers}
          value={query.scope}
          onChange={({ target }) => setHostQuery({ scope: HOST_SCOPES.find((scope) => scope === target.value) ?? 'shown' })}
        >
          {HOST_SCOPES.map((scope) => (
            <option key={scope} value={scope}>
              {words[scope]}
            </option>
          ))}
        </select>
      )}
      {totals && (
        <span className={styles.count} role="status" title={words.numbers}>
          {words.count(formatCount(totals.total), formatCount(totals.considered))}
        </span>
      )}
      {totals && totals.total > 0 && (
        <button
          type="button"
          className="icon-button"
          title={texts.exports.menu.table}
          aria-label={texts.exports.menu.table}
          onClick={() => askExport({ subject: 'hosts', which: query.scope })}
        >
          <IconDownload size={15} stroke={1.7} aria-hidden />
        </button>
      )}
      {totals && totals.considered < totals.hosts && (
        <p className={styles.note}>{words.bound(formatCount(totals.considered), formatCount(totals.hosts))}</p>
      )}
      {totals && totals.lostFlows > 0 && <p className={styles.note}>{words.lost(formatCount(totals.lostFlows))}</p>}
    </section>
  );
}
