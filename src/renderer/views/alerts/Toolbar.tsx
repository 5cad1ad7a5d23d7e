import { Menu } from '@mantine/core';
import { IconBellOff, IconDownload } from '@tabler/icons-react';
import { ALERT_EXPORTS, ALERT_GROUPINGS, ALERT_SCOPES } from '../../../shared/contract/alerts';
import { ALERT_STATUSES, SEVERITIES } from '../../../shared/model/alerts';
import { setGrouping, setQuery, toggleSeverity, useAlertQuery } from '../../stores/alert-query';
import { useAlerts } from '../../stores/alerts';
import { isFiltered, useFilter } from '../../stores/filter';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { SearchField } from '../../widgets/search-field/SearchField';
import { SeverityMark } from '../../widgets/severity/SeverityMark';
import { exportList } from './actions';
import styles from './alerts.module.css';

const words = texts.alerts.tools;
const WORST_FIRST = [...SEVERITIES].reverse();

/** Which alerts are listed, how they are grouped, and what can be done with the list. */
export function Toolbar({ onMutes, onSend }: { onMutes(): void; onSend(): void }) {
  const query = useAlertQuery();
  const muted = useAlerts((state) => state.news?.muted ?? 0);
  const filtered = useFilter(isFiltered);
  return (
    <section className={`toolbar ${styles.toolbar}`} aria-label={words.region}>
      <SearchField className={styles.search} label={words.search} value={query.text} onChange={(text) => setQuery({ text })} />
      <fieldset className={styles.chips} aria-label={words.severity}>
        {WORST_FIRST.map((severity) => (
          <button
            key={severity}
            type="button"
            className={styles.chip}
            aria-pressed={query.severities.includes(severity)}
            onClick={() => toggleSeverity(severity)}
          >
            <SeverityMark severity={severity} size={10} />
            {texts.alerts.severities[severity]}
          </button>
        ))}
      </fieldset>
      {filtered && (
        <select
          className="select"
          aria-label={words.scope}
          value={query.scope}
          onChange={({ target }) => setQuery({ scope: ALERT_SCOPES.find((scope) => scope === target.value) ?? 'shown' })}
        >
          {ALERT_SCOPES.map((scope) => (
            <option key={scope} value={scope}>
              {words.scopes[scope]}
            </option>
          ))}
        </select>
      )}
      <select
        className="select"
        aria-label={words.status}
        value={query.status ?? ''}
        onChange={({ target }) => setQuery({ status: ALERT_STATUSES.find((status) => status === target.value) ?? null })}
      >
        <option value="">{words.anyStatus}</option>
        {ALERT_STATUSES.map((status) => (
          <option key={status} value={status}>
            {texts.alerts.statuses[status]}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={words.group}
        value={query.grouping ?? ''}
        onChange={({ target }) => setGrouping(ALERT_GROUPINGS.find((grouping) => grouping === target.value) ?? null)}
      >
        <option value="">{words.groups.none}</option>
        {ALERT_GROUPINGS.map((grouping) => (
          <option key={grouping} value={grouping}>
            {words.groups[grouping]}
          </option>
        ))}
      </select>
      {(muted > 0 || query.muted) && (
        <label className={styles.check} title={words.mutedHint}>
          <input type="checkbox" checked={query.muted} onChange={({ target }) => setQuery({ muted: target.checked })} />
          {words.muted(formatCount(muted))}
        </label>
      )}
      <div className={styles.tools}>
        <button type="button" className="icon-button" title={words.mutes} aria-label={words.mutes} onClick={onMutes}>
          <IconBellOff size={15} stroke={1.7} aria-hidden />
        </button>
        <Menu position="bottom-end" shadow="none" transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <button type="button" className="icon-button" title={words.export} aria-label={words.export}>
              <IconDownload size={15} stroke={1.7} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown className="dropdown">
            {ALERT_EXPORTS.map((format) => (
              <Menu.Item key={format} className="dropdown-item" onClick={() => void exportList(format)}>
                {words[format]}
              </Menu.Item>
            ))}
            <Menu.Item className="dropdown-item" onClick={onSend}>
              {words.send}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}
