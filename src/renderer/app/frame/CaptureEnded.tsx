import { notifications } from '@mantine/notifications';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { restartCapture } from '../live';
import { Banner } from './Banner';

const words = texts.live.ending;

/** A capture that ended by itself says why, and what to do; what was captured is still there. */
export function CaptureEnded() {
  const session = useSession(selectSessionId);
  const name = useSession((state) => state.tick?.session?.name ?? '');
  const problem = useSession((state) => state.tick?.live?.problem ?? null);
  const hasPackets = useSession((state) => (state.tick?.packets ?? 0) > 0);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const hasEnded = problem !== null;
  useEffect(() => {
    if (hasEnded) notifications.show({ message: words.title(name), color: 'red' });
  }, [hasEnded, name]);
  // Without packets the whole view says it.
  if (!problem || !hasPackets || dismissed === session) return null;
  const text = [`${words.title(name)}.`, problem.sentence, problem.next].filter(Boolean).join(' ');
  return (
    <Banner icon={<IconPlugConnectedX size={15} aria-hidden />} testId="capture-ended" text={text} onDismiss={() => setDismissed(session)}>
      <button type="button" className="button" data-small onClick={() => void window.portlight.copyText(text)}>
        {texts.frame.copy}
      </button>
      <button type="button" className="button" data-small data-primary onClick={() => void restartCapture()}>
        {words.again}
      </button>
    </Banner>
  );
}
