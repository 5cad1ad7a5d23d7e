import { IconPlayerRecordFilled, IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useSession } from '../../../../stores/session';
import { texts } from '../../../../texts';
import { startServerCapture } from '../../../live';
import panelStyles from '../panel.module.css';
import { changeServer, checkServer, chooseServer, forgetCheck, showRequest, useCheck } from './check';
import { EMPTY, requestOf, useServerForm } from './form-store';
import { Plan } from './Plan';
import { SavedServers } from './SavedServers';
import { SaveServer } from './SaveServer';
import { ServerFields } from './ServerFields';
import styles from './ssh.module.css';

const words = texts.ssh;

/** On which server is captured, and how. */
export function ServerPanel() {
  useLastForm();
  const form = useServerForm();
  const check = useCheck((state) => state.check);
  const [starting, setStarting] = useState(false);
  const request = requestOf(form);
  const busy = starting || check.state === 'checking';
  // A check is under way only while somebody can see it.
  useEffect(() => () => void (useCheck.getState().check.state === 'checking' && forgetCheck()), []);

  // What was found out may be below the window's edge.
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (check.state !== 'none') end.current?.scrollIntoView({ block: 'nearest' });
  }, [check]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || request === null) return;
    setStarting(true);
    const isReady = check.state === 'known' && check.plan.problem === null;
    if (isReady || (await checkServer(request))) await startServerCapture(request);
    setStarting(false);
  };

  return (
    <>
      <SavedServers onChoose={chooseServer} />
      <form className={panelStyles.form} onSubmit={(event) => void submit(event)} data-testid="ssh-form">
        <ServerFields onChange={changeServer}>
          <button type="button" className="button" disabled={busy || request === null} onClick={() => request && void checkServer(request)}>
            <IconPlugConnected size={14} aria-hidden />
            {words.check}
          </button>
        </ServerFields>
        <Plan onInterface={(name) => useServerForm.setState({ interface: name })} />
        <div ref={end} className={`${panelStyles.last} ${styles.last}`}>
          <SaveServer />
          <button type="submit" className="button" data-primary disabled={busy || request === null}>
            <IconPlayerRecordFilled size={14} aria-hidden />
            {words.start}
          </button>
        </div>
      </form>
    </>
  );
}

/** Begins as the last capture on a server did. */
function useLastForm(): void {
  const last = useSession((state) => state.recent.find((source) => source.kind === 'ssh'));
  useEffect(() => {
    if (last && useServerForm.getState() === EMPTY) showRequest(last);
  }, [last]);
}
