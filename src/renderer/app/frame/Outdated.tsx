import { notifications } from '@mantine/notifications';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useState } from 'react';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { useAlerts } from '../../stores/alerts';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Banner } from './Banner';

/** The alerts shown are of other settings than those that are set by now. */
export function Outdated() {
  const outdated = useAlerts((state) => state.news?.outdated ?? false);
  const session = useSession(selectSessionId);
  const isLive = useSession((state) => state.tick?.live != null);
  const [busy, setBusy] = useState(false);
  const [dismissed, setDismissed] = useState<number | null>(null);
  if (!outdated) return null;
  const words = texts.settings.outdated;
  const icon = <IconRefreshAlert size={15} aria-hidden />;
  // What is captured live cannot be read again.
  if (isLive)
    return dismissed === session ? null : (
      <Banner icon={icon} testId="outdated" text={words.live} onDismiss={() => setDismissed(session)} />
    );
  const again = async (): Promise<void> => {
    setBusy(true);
    try {
      await engine.call('detection.again', {});
    } catch (error) {
      const { sentence, next } = problemOf(error);
      if (!wasCancelled(error)) notifications.show({ message: next ? `${sentence} ${next}` : sentence, color: 'red' });
    }
    setBusy(false);
  };
  return (
    <Banner icon={icon} testId="outdated" text={words.sentence}>
      <button type="button" className="button" data-small data-primary disabled={busy} title={words.hint} onClick={() => void again()}>
        {words.again}
      </button>
    </Banner>
  );
}
