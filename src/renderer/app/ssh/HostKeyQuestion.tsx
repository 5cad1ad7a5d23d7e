import { IconCopy } from '@tabler/icons-react';
import type { SshAnswer, SshQuestion } from '../../../shared/contract/ssh';
import { texts } from '../../texts';
import dialogStyles from '../dialogs/dialogs.module.css';
import { copyAndTell } from '../start/copy';
import { printCommand } from './host-key-command';
import styles from './questions.module.css';

const all = texts.ssh.question;
const words = all.hostKey;

interface HostKeyQuestionProps {
  readonly question: Extract<SshQuestion, { kind: 'host-key' }>;
  onAnswer(answer: SshAnswer): void;
}

/** A server that was never met: a person decides whether it is the right one. Enter does not say yes. */
export function HostKeyQuestion({ question: { host, keyType, fingerprint }, onAnswer }: HostKeyQuestionProps) {
  const command = printCommand(keyType);
  return (
    <div className={styles.question} data-testid="ssh-question" data-kind="host-key">
      <p>
        <bdi className={styles.who}>{host}</bdi> {words.sentence}
      </p>
      <dl className={styles.key}>
        <dt>{words.keyType}</dt>
        <dd className="mono selectable">{keyType}</dd>
        <dt>{words.fingerprint}</dt>
        <dd className="mono selectable">{fingerprint}</dd>
      </dl>
      <p>{words.check}</p>
      <div className={styles.command}>
        <code className="mono selectable">{command}</code>
        <button type="button" className="button" data-small onClick={() => copyAndTell(command)}>
          <IconCopy size={13} aria-hidden />
          {words.copy}
        </button>
      </div>
      <p className={styles.note}>{words.remembered}</p>
      <div className={dialogStyles.actions}>
        <button type="button" className="button" onClick={() => onAnswer({ texts: [], remember: false })}>
          {words.trust}
        </button>
        <button type="button" className="button" data-primary data-autofocus onClick={() => onAnswer(null)}>
          {all.cancel}
        </button>
      </div>
    </div>
  );
}
