import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { engine } from '../../client/engine';
import { listQuery, useAlertQuery } from '../../stores/alert-query';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatCount } from '../../widgets/format/numbers';
import { complain } from './actions';
import styles from './alerts.module.css';

const words = texts.alerts.send;
/** RFC 5426. */
const SYSLOG_PORT = 514;
const MAX_PORT = 65_535;

/** Asks where to send what the list shows, and sends it once. */
export function SendDialog({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  return (
    <Dialog title={words.title} size={420} opened={opened} onClose={onClose}>
      <SendForm onClose={onClose} />
    </Dialog>
  );
}

function SendForm({ onClose }: { onClose(): void }) {
  const [host, setHost] = useState('');
  const [port, setPort] = useState(SYSLOG_PORT);
  const [transport, setTransport] = useState<'udp' | 'tcp'>('udp');
  const [busy, setBusy] = useState(false);
  const isPort = Number.isInteger(port) && port >= 1 && port <= MAX_PORT;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const target = { host: host.trim(), port, transport };
      const { count } = await engine.call('alerts.send', { query: listQuery(useAlertQuery.getState()), target });
      notifications.show({ message: words.sent(formatCount(count)) });
      onClose();
    } catch (error) {
      complain(error);
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p className={styles.text}>{words.sentence}</p>
      <label className={styles.field}>
        <span>{words.host}</span>
        <input className="text-input" data-autofocus value={host} maxLength={253} onChange={({ target }) => setHost(target.value)} />
      </label>
      <label className={styles.field}>
        <span>{words.port}</span>
        <input
          className="text-input"
          type="number"
          min={1}
          max={MAX_PORT}
          value={port}
          onChange={({ target }) => setPort(Number(target.value))}
        />
      </label>
      <label className={styles.field}>
        <span>{words.transport}</span>
        <select className="select" value={transport} onChange={({ target }) => setTransport(target.value === 'tcp' ? 'tcp' : 'udp')}>
          <option value="udp">{words.transports.udp}</option>
          <option value="tcp">{words.transports.tcp}</option>
        </select>
      </label>
      <div className={`form-actions ${styles.formActions}`}>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-primary disabled={busy || host.trim() === '' || !isPort}>
          {words.send}
        </button>
      </div>
    </form>
  );
}
