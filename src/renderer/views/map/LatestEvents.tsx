import { memo } from 'react';
import type { MapEvent } from '../../../shared/contract/map';
import { openAlert } from '../../stores/alerts';
import { addressTest } from '../../stores/filter-text';
import { openHost } from '../../stores/hosts';
import { texts } from '../../texts';
import { menuHandlers } from '../../values/menu-store';
import { valueItems } from '../../values/value-items';
import { formatClock } from '../../widgets/format/time';
import { SeverityMark, severityColor } from '../../widgets/severity/SeverityMark';
import styles from './map.module.css';
import { placeName } from './place-name';
import { toneOf } from './tones';

const words = texts.map.latest;
/** Events that are listed; the other views have all of them. */
const MAX_LISTED = 30;

/** The newest first. */
export function LatestEvents({ events }: { readonly events: readonly MapEvent[] }) {
  return (
    <ul className={styles.events} aria-label={words.title}>
      {events
        .slice(-MAX_LISTED)
        .reverse()
        .map((event, index) => (
          // With a filter a flow that goes on comes again: its key alone does not tell the rows apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state of their own
          <li key={`${event.key} ${index}`}>
            <EventRow event={event} />
          </li>
        ))}
    </ul>
  );
}

const EventRow = memo(function EventRow({ event }: { readonly event: MapEvent }) {
  const { address, alert, severity, inbound, port, protocol, epoch } = event;
  const { tone } = toneOf(event);
  const what = alert ? alert.title : `${protocol.toUpperCase()}${port === null ? '' : ` ${port}`}`;
  return (
    <button
      type="button"
      className={styles.event}
      title={alert ? what : words.open(address)}
      {...menuHandlers(address, () => valueItems({ text: address, test: addressTest('addr', address), host: address }))}
      onClick={() => (alert ? openAlert(alert.id) : openHost(address))}
    >
      <span className={styles.eventLine}>
        {severity ? (
          <>
            <SeverityMark severity={severity} size={10} />
            <span className="visually-hidden">{texts.alerts.severities[severity]}, </span>
          </>
        ) : (
          <i className={styles.dot} style={{ background: `var(--${tone})` }} aria-hidden />
        )}
        <span className={styles.eventAddress} style={severity ? { color: severityColor(severity) } : undefined}>
          <span className={styles.dim}>{inbound ? words.from : words.to}</span> {address}
        </span>
        <span className={styles.eventTime}>{formatClock(epoch, 'local', 0)}</span>
      </span>
      <span className={styles.eventLine}>
        <span className={styles.eventWhat}>{what}</span>
        <span className={styles.eventPlace}>{placeName(event)}</span>
      </span>
    </button>
  );
});
