import { notifications } from '@mantine/notifications';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useState } from 'react';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { useAlerts } from '../../stores/alerts';
import { texts } from '../../texts';
import { Banner } from './Banner';

/** The alerts shown are of other settings than those that are set by now. */
export function Outdated() {
  const outdated = useAlerts((state) => state.news?.outdated ?? false);
  const [busy, setBusy] = useState(false);
  if (!outdated) return null;
  const words = texts.settings.outdated;
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
    <Banner icon={<IconRefreshAlert size={15} aria-hidden />} testId="outdated" text={words.sentence}>
      <button type="button" className="button" data-small data-primary disabled={busy} title={words.hint} onClick={() => void again()}>
        {words.again}
      </button>
    </Banner>
  );
}
