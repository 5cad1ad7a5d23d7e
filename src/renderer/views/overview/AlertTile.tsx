import { SEVERITIES, type Severity } from '../../../shared/model/alerts';
import { setQuery, showAllAlerts } from '../../stores/alert-query';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { SeverityMark } from '../../widgets/severity/SeverityMark';
import styles from './overview.module.css';

const words = texts.overview.tiles;
const names = texts.alerts.severities;

function show(severities: readonly Severity[]): void {
  showAllAlerts();
  setQuery({ severities });
  showView('alerts');
}

/** Alerts of what is shown by severity; each leads to the list of them. */
export function AlertTile({ counts }: { readonly counts: Readonly<Record<Severity, number>> | null }) {
  const total = counts === null ? null : SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
  const present = counts === null ? [] : SEVERITIES.filter((severity) => counts[severity] > 0).reverse();
  return (
    <div className={styles.tile}>
      <dt>{words.alerts}</dt>
      <dd className={styles.value} data-unknown={total === null ? '' : undefined}>
        {total === null ? (
          texts.overview.none
        ) : (
          <button type="button" className={styles.tileLink} title={words.alertsHint} onClick={() => show([])}>
            {formatCount(total)}
          </button>
        )}
      </dd>
      <dd className={styles.under}>
        {present.length === 0
          ? words.noAlerts
          : present.map((severity) => (
              <button
                key={severity}
                type="button"
                className={styles.severity}
                title={words.severityHint(formatCount(counts?.[severity] ?? 0), names[severity])}
                onClick={() => show([severity])}
              >
                <SeverityMark severity={severity} size={9} />
                {formatCount(counts?.[severity] ?? 0)}
                <span className={styles.severityName}>{names[severity].toLowerCase()}</span>
              </button>
            ))}
      </dd>
    </div>
  );
}
