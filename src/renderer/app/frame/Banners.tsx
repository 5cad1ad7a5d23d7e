import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { showWarnings } from '../dialogs/dialog-store';
import { ProfilesDamaged } from '../profiles/ProfilesDamaged';
import { nameOf, openPath } from '../session';
import { Reconnecting } from '../ssh/Reconnecting';
import { Banner } from './Banner';
import { CaptureEnded } from './CaptureEnded';
import { DemoBanner } from './DemoBanner';
import { Outdated } from './Outdated';
import { WebhookBanner } from './WebhookBanner';

/** Over the view: what went wrong with the session, and the button that deals with it. */
export function Banners() {
  return (
    <>
      <DemoBanner />
      <EngineEnded />
      <OpenFailed />
      <CaptureEnded />
      <Reconnecting />
      <Damaged />
      <Outdated />
      <WebhookBanner />
      <ProfilesDamaged />
    </>
  );
}

/** Codes of warnings that speak of reading, not of what is in the file. */
const UNREAD = /^(file-|read-|stream-|spool-)/;

const WARNING = <IconAlertTriangle size={15} aria-hidden />;

function EngineEnded() {
  const phase = useSession((state) => state.engine.phase);
  const lost = useSession((state) => state.lost);
  const words = texts.states.crashed;
  if (phase === 'failed') return null;
  const icon = <IconRefresh size={15} aria-hidden />;
  if (phase === 'restarting') return <Banner icon={icon} testId="engine-restarting" text={words.restarting} />;
  if (lost === null) return null;
  if (!lost.isFile) {
    return (
      <Banner
        icon={icon}
        testId="engine-ended"
        text={texts.live.ending.lost(lost.path)}
        onDismiss={() => useSession.setState({ lost: null })}
      />
    );
  }
  return (
    <Banner icon={icon} testId="engine-ended" text={words.lost(nameOf(lost.path))} onDismiss={() => useSession.setState({ lost: null })}>
      <button type="button" className="button" data-small data-primary onClick={() => void openPath(lost.path)}>
        {words.reopen}
      </button>
    </Banner>
  );
}

/** A file that could not be opened while another one is: the other one stays. */
function OpenFailed() {
  const failure = useSession((state) => state.failure);
  const hasSession = useSession((state) => state.tick?.session != null);
  if (!failure || !hasSession) return null;
  const { problem, path, isFile } = failure;
  const text = `${isFile ? texts.states.failed.title(nameOf(path)) : texts.live.failed(path)}. ${problem.sentence} ${problem.next ?? ''}`;
  return (
    <Banner icon={WARNING} testId="open-failed-banner" text={text} onDismiss={() => useSession.setState({ failure: null })}>
      <button type="button" className="button" data-small onClick={() => void window.portlight.copyText(text)}>
        {texts.frame.copy}
      </button>
    </Banner>
  );
}

function Damaged() {
  const session = useSession(selectSessionId);
  const warning = useSession((state) => state.tick?.warnings[0]);
  const count = useSession((state) => state.tick?.warningCount ?? 0);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const state = useSession((state) => state.tick?.load.state);
  const isFile = useSession((state) => state.tick?.live == null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const words = texts.states.damaged;
  if (!warning || !isFile || state === 'loading' || packets === 0 || dismissed === session) return null;
  const title = UNREAD.test(warning.code) ? words.unread : words.title;
  const text = `${title}: ${warning.sentence} ${words.kept(formatCount(packets), packets === 1)}`;
  return (
    <Banner icon={WARNING} testId="damaged" text={text} onDismiss={() => setDismissed(session)}>
      <button type="button" className="button" data-small onClick={showWarnings}>
        {count > 1 ? texts.frame.status.warnings(formatCount(count), false) : words.details}
      </button>
    </Banner>
  );
}
