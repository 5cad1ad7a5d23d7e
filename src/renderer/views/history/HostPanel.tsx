import { IconServerOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { HistoryHost } from '../../../shared/contract/history';
import { addressTest } from '../../stores/filter-text';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { Notice } from '../../widgets/notice/Notice';
import { SeverityBadge } from '../../widgets/severity/SeverityMark';
import { CaptureName } from './CaptureName';
import { minuteText } from './capture-texts';
import styles from './history.module.css';

const words = texts.history.host;
const ICON = { size: 32, stroke: 1.4 } as const;

interface HostPanelProps {
  readonly host: HistoryHost;
  onOpen(path: string): void;
}

/** A host in all captures: when, where, how much, and the alerts that name it. */
export function HostPanel({ host, onOpen }: HostPanelProps) {
  const hasSession = useSession((state) => selectSessionId(state) !== null);
  const { address, firstSeen, lastSeen, sightings, alerts } = host;
  if (sightings.length === 0 && alerts.length === 0) {
    return <Notice icon={<IconServerOff {...ICON} />} title={words.never(address)} sentence={words.neverNext} />;
  }
  const time = (second: number | null): string => (second === null ? '–' : minuteText(String(second)));
  return (
    <div className={styles.scroller} data-testid="history-host">
      <header className={styles.hostHeader}>
        <h2 className={styles.address}>
          <Value text={address} test={hasSession ? addressTest('addr', address) : null} {...(hasSession && { host: address })} />
        </h2>
        <dl className={styles.facts} title={words.minute}>
          <Fact name={words.first}>{time(firstSeen)}</Fact>
          <Fact name={words.last}>{time(lastSeen)}</Fact>
          <Fact name={words.captures}>{formatCount(sightings.length)}</Fact>
          <Fact name={words.packets}>{formatCount(host.packets)}</Fact>
          <Fact name={words.bytes}>{formatBytes(host.bytes)}</Fact>
        </dl>
      </header>
      <h3 className={`${styles.heading} eyebrow`}>{words.seen}</h3>
      {sightings.length === 0 ? (
        <p className={styles.none}>{words.noSightings}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.columns.capture}</th>
              <th scope="col">{words.columns.first}</th>
              <th scope="col">{words.columns.last}</th>
              <th scope="col" className={styles.number}>
                {words.columns.packets}
              </th>
              <th scope="col" className={styles.number}>
                {words.columns.bytes}
              </th>
            </tr>
          </thead>
          <tbody>
            {sightings.map(({ captureId, path, packets, bytes, firstSeen: first, lastSeen: last }) => (
              <tr key={captureId}>
                <th scope="row" className={styles.nameCell}>
                  <CaptureName path={path} onOpen={onOpen} />
                </th>
                <td>{time(first)}</td>
                <td>{time(last)}</td>
                <td className={styles.number}>{formatCount(packets)}</td>
                <td className={styles.number}>{formatBytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3 className={`${styles.heading} eyebrow`}>{words.alerts}</h3>
      {alerts.length === 0 ? (
        <p className={styles.none}>{words.noAlerts}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.alertColumns.severity}</th>
              <th scope="col">{words.alertColumns.title}</th>
              <th scope="col">{words.alertColumns.time}</th>
              <th scope="col">{words.alertColumns.status}</th>
              <th scope="col">{words.alertColumns.capture}</th>
            </tr>
          </thead>
          <tbody>
            {alerts.map(({ captureId, path, type, severity, status, title, time: at, sourceIp, targetIp }) => (
              <tr key={`${captureId} ${type} ${at} ${sourceIp} ${targetIp}`}>
                <td>
                  <SeverityBadge severity={severity} word={texts.alerts.severities[severity]} />
                </td>
                <td className={styles.title} title={title}>
                  {title}
                </td>
                <td>{time(at)}</td>
                <td>{texts.alerts.statuses[status]}</td>
                <td className={styles.nameCell}>
                  <CaptureName path={path} onOpen={onOpen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
