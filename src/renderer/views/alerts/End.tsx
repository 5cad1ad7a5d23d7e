import { isHost, openHost } from '../../stores/hosts';
import { texts } from '../../texts';
import styles from './alerts.module.css';
import { endText } from './columns';

/** Address and port of one end; an IP address leads to its host's page. */
export function End({ address, port }: { readonly address: string; readonly port: number | null }) {
  const text = endText(address, port);
  if (!isHost(address)) return text;
  const hint = texts.hosts.open(address);
  return (
    <button type="button" className={styles.end} title={hint} aria-label={`${text}. ${hint}`} onClick={() => openHost(address)}>
      {text}
    </button>
  );
}
