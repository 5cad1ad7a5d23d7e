import { useState } from 'react';
import type { WebhookOutcome, WebhookState } from '../../../../shared/contract/notifications';
import { texts } from '../../../texts';
import { formatCount } from '../../../widgets/format/numbers';
import { Row } from '../parts';
import styles from './notifications.module.css';

const words = texts.notifications;

/** How the webhook does: a test, and what became of the messages so far. */
export function Deliveries({ webhook }: { readonly webhook: WebhookState }) {
  const [outcome, setOutcome] = useState<WebhookOutcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  const test = async (): Promise<void> => {
    setBusy(true);
    setOutcome(null);
    setOutcome(await window.portlight.notifications.testWebhook());
    setBusy(false);
  };
  const { delivered, failed, dropped, waiting, last } = webhook;
  const counts = [
    words.delivered(formatCount(delivered)),
    words.undelivered(formatCount(failed)),
    ...(dropped > 0 ? [words.dropped(formatCount(dropped))] : []),
    ...(waiting > 0 ? [words.waiting(formatCount(waiting))] : []),
  ].join(', ');
  return (
    <>
      <Row
        title={words.test}
        about={
          <>
            {words.testAbout}
            <span className={styles.outcome} role="status" data-ok={outcome?.ok ? '' : undefined}>
              {outcome && sentenceOf(outcome)}
            </span>
          </>
        }
      >
        <button type="button" className="button" data-small disabled={isBusy || !webhook.hasUrl} onClick={() => void test()}>
          {isBusy ? words.testing : words.testSend}
        </button>
      </Row>
      {last && (
        <Row
          title={words.deliveries}
          about={
            <>
              {words.sinceStart(counts)} {words.last(clock(last.at), sentenceOf(last))}
            </>
          }
        />
      )}
    </>
  );
}

const sentenceOf = ({ sentence, next }: WebhookOutcome): string => (next ? `${sentence} ${next}` : sentence);

/** Hours, minutes and seconds of the local clock. */
const clock = (at: number): string => new Date(at).toLocaleTimeString('en-GB');
