import { IconKey, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { SshHostEntry } from '../../../../../shared/contract/ssh';
import { engine } from '../../../../client/engine';
import { texts } from '../../../../texts';
import { nameOf } from '../../../../widgets/format/paths';
import { KeepField } from '../KeepField';
import panelStyles from '../panel.module.css';
import { useCheck } from './check';
import { type ServerForm, useServerForm } from './form-store';
import styles from './ssh.module.css';

const words = texts.ssh;

interface FieldProps {
  onChange(changed: Partial<ServerForm>): void;
}

interface ServerFieldsProps extends FieldProps {
  /** Beside the server's name. */
  readonly children: ReactNode;
}

/** Which server, which packets, and how much of each. */
export function ServerFields({ onChange, children }: ServerFieldsProps) {
  const { target, filter, keep, custom } = useServerForm();
  const hosts = useHosts();
  const id = useId();
  return (
    <>
      <div className={`form-field ${panelStyles.field}`}>
        <label htmlFor={`${id}-target`}>{words.target}</label>
        <div className={styles.target}>
          <input
            id={`${id}-target`}
            className={`text-input ${panelStyles.input} mono`}
            list={`${id}-hosts`}
            value={target}
            placeholder={words.targetPlaceholder}
            maxLength={600}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            aria-describedby={`${id}-about`}
            onChange={(event) => onChange({ target: event.target.value })}
          />
          {children}
        </div>
        <datalist id={`${id}-hosts`} data-testid="ssh-hosts">
          {hosts.map((host) => (
            <option key={host.alias} value={host.alias} label={describe(host)} />
          ))}
        </datalist>
        <p id={`${id}-about`} className={panelStyles.hint}>
          {words.about}
        </p>
      </div>
      <div className={`form-field ${panelStyles.field}`}>
        <label htmlFor={`${id}-filter`}>{words.filter}</label>
        <input
          id={`${id}-filter`}
          className={`text-input ${panelStyles.input} mono`}
          value={filter}
          placeholder={words.filterPlaceholder}
          maxLength={10_000}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-filter-about`}
          onChange={(event) => onChange({ filter: event.target.value })}
        />
        <p id={`${id}-filter-about`} className={panelStyles.hint}>
          {words.filterHint}
        </p>
      </div>
      <div className={panelStyles.options}>
        <KeepField choice={{ keep, custom }} onChange={onChange} />
        <KeyFile onChange={onChange} />
        <KnownInterface onChange={onChange} />
      </div>
    </>
  );
}

/** The servers that ~/.ssh/config names. */
function useHosts(): readonly SshHostEntry[] {
  const [hosts, setHosts] = useState<readonly SshHostEntry[]>([]);
  useEffect(() => {
    // Without them a name is typed.
    engine.call('ssh.hosts', {}).then(
      (known) => setHosts(known.hosts),
      () => setHosts([]),
    );
  }, []);
  return hosts;
}

function describe({ host, user, port, alias }: SshHostEntry): string {
  const place = `${user === null ? '' : `${user}@`}${host ?? alias}`;
  return port === null ? place : `${place}:${port}`;
}

function KeyFile({ onChange }: FieldProps) {
  const identity = useServerForm((state) => state.identity);
  const pick = async (): Promise<void> => {
    const path = await window.portlight.chooseFile({ title: words.identityTitle, filters: [], isKey: true });
    if (path !== null) onChange({ identity: path });
  };
  return (
    <span className={panelStyles.option}>
      <span>{words.identity}</span>
      <span className={styles.identity} title={identity ?? words.identityUsual} data-testid="ssh-identity">
        <IconKey size={14} stroke={1.5} aria-hidden />
        {identity === null ? words.identityUsual : nameOf(identity)}
      </span>
      {identity !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.identityUsualButton}
          title={words.identityUsualButton}
          onClick={() => onChange({ identity: null })}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
      <button type="button" className="button" data-small onClick={() => void pick()}>
        {words.identityChoose}
      </button>
    </span>
  );
}

/** An interface that was saved, until the check shows all that there are. */
function KnownInterface({ onChange }: FieldProps) {
  const name = useServerForm((state) => state.interface);
  const known = useCheck(({ check }) => check.state === 'known');
  if (name === null || known) return null;
  return (
    <label className={panelStyles.option}>
      <span>{words.interface}</span>
      <select
        className={panelStyles.select}
        value={name}
        onChange={({ target }) => onChange({ interface: target.value === '' ? null : target.value })}
      >
        <option value={name}>{name}</option>
        <option value="">{words.automatic}</option>
      </select>
    </label>
  );
}
