import { IconFlag } from '@tabler/icons-react';
import type { AlertRow } from '../../../shared/model/alerts';
import { selectAlert } from '../../stores/alerts';
import { texts } from '../../texts';
import { menuHandlers } from '../../values/menu-store';
import { valueItems } from '../../values/value-items';
import { Fact, Facts } from '../../widgets/facts/Facts';
import { formatCount } from '../../widgets/format/numbers';
import { formatClock, formatDate, formatFull } from '../../widgets/format/time';
import { Notice } from '../../widgets/notice/Notice';
import { SeverityBadge, SeverityMark } from '../../widgets/severity/SeverityMark';
import { goToFlow, goToPacket, showPackets, showTraffic } from './actions';
import styles from './alerts.module.css';
import { End } from './End';
import { EvidenceTable } from './EvidenceTable';
import { HandlingPanel } from './HandlingPanel';
import { useAlertDetails } from './useAlertDetails';
import { Why } from './Why';

const words = texts.alerts.detail;
/** Numbers shown as buttons; the two buttons above show all of them. */
const MAX_LINKS = 16;

const dayAndClock = (epoch: string): string => `${formatDate(epoch, 'local')} ${formatClock(epoch, 'local', 3)}`;

/** Everything that is known of the selected alert. Texts in it may come from packets: they are text and nothing else. */
export function AlertDetail({ onMute }: { onMute(row: AlertRow): void }) {
  const { selected, alert, isGone } = useAlertDetails();
  if (selected === null || isGone) {
    return (
      <section className={`details ${styles.detail}`} aria-label={words.region}>
        <Notice
          icon={<IconFlag size={28} stroke={1.5} />}
          title={isGone ? words.gone : words.nothing}
          {...(isGone ? {} : { sentence: words.nothingHint })}
        />
      </section>
    );
  }
  if (!alert) return <section className={`details ${styles.detail}`} aria-label={words.region} aria-busy />;
  return (
    <section className={`details ${styles.detail}`} aria-label={words.region} data-testid="alert-detail">
      <header className={styles.head}>
        <div className={styles.headLine}>
          <SeverityBadge severity={alert.severity} word={texts.alerts.severities[alert.severity]} />
          <span className={`badge ${styles.status}`} data-status={alert.status}>
            {texts.alerts.statuses[alert.status]}
          </span>
          {alert.mute !== null && <span className={`badge ${styles.status}`}>{words.hiddenBy}</span>}
        </div>
        <h2 className={`${styles.title} selectable`}>{alert.title}</h2>
        <p className={`${styles.text} selectable`}>{alert.description}</p>
      </header>
      <div className="details-actions">
        <button type="button" className="button" data-primary data-small onClick={() => void showPackets(alert)}>
          {texts.alerts.menu.packets}
        </button>
        {alert.filter !== '' && (
          <button type="button" className="button" data-small title={alert.filter} onClick={() => void showTraffic(alert)}>
            {texts.alerts.menu.traffic}
          </button>
        )}
      </div>
      <HandlingPanel key={alert.id} alert={alert} onMute={onMute} />
      <Facts>
        <Fact name={words.from} isMono>
          <End address={alert.sourceIp} port={alert.sourcePort} />
        </Fact>
        <Fact name={words.to} isMono>
          <End address={alert.targetIp} port={alert.targetPort} />
        </Fact>
        <Fact name={words.first} hint={formatFull(alert.epoch)}>
          {dayAndClock(alert.epoch)}
        </Fact>
        <Fact name={words.last} hint={formatFull(alert.lastEpoch)}>
          {dayAndClock(alert.lastEpoch)}
        </Fact>
        <Fact name={words.count}>{formatCount(alert.count)}</Fact>
        {alert.technique !== '' && <Fact name={words.technique}>{`${alert.technique} ${alert.techniqueName}`}</Fact>}
      </Facts>
      <Why type={alert.type} why={alert.why} />
      <EvidenceTable evidence={alert.evidence} />
      <Links
        title={words.packets(formatCount(alert.packets.length))}
        numbers={alert.packets}
        field="frame.number"
        hint={words.goTo}
        onOpen={goToPacket}
      />
      <Links
        title={words.flows(formatCount(alert.flows.length))}
        numbers={alert.flows}
        field="flow"
        hint={words.goToFlow}
        onOpen={(flow) => void goToFlow(flow)}
      />
      {alert.children.length > 0 && (
        <section className={styles.part}>
          <h3 className="eyebrow">{words.children(formatCount(alert.children.length))}</h3>
          <ul className={styles.children}>
            {alert.children.map((child) => (
              <li key={child.id}>
                <button type="button" className={styles.child} onClick={() => selectAlert(child.id)}>
                  <SeverityMark severity={child.severity} size={10} />
                  <span className={styles.childTitle}>{child.title}</span>
                  <span className={styles.childEnds}>{texts.alerts.severities[child.severity]}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

interface LinksProps {
  readonly title: string;
  readonly numbers: readonly number[];
  /** What filters call them. */
  readonly field: string;
  hint(number: string): string;
  onOpen(number: number): void;
}

function Links({ title, numbers, field, hint, onOpen }: LinksProps) {
  if (numbers.length === 0) return null;
  const more = numbers.length - MAX_LINKS;
  return (
    <section className={styles.part}>
      <h3 className="eyebrow">{title}</h3>
      <div className={styles.numbers}>
        {numbers.slice(0, MAX_LINKS).map((number) => (
          <button
            key={number}
            type="button"
            className={styles.number}
            title={hint(formatCount(number))}
            aria-label={hint(formatCount(number))}
            {...menuHandlers(formatCount(number), () => valueItems({ text: String(number), test: `${field} == ${number}` }))}
            onClick={() => onOpen(number)}
          >
            {formatCount(number)}
          </button>
        ))}
        {more > 0 && <span className={styles.quiet}>{words.more(formatCount(more))}</span>}
      </div>
    </section>
  );
}
