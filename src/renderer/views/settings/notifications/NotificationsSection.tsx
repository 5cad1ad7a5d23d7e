import type { NotificationState } from '../../../../shared/contract/notifications';
import { useNotifications } from '../../../stores/notifications';
import { texts } from '../../../texts';
import { Row, Switch } from '../parts';
import { mentions, type SectionProps } from '../section';
import { Deliveries } from './Deliveries';
import styles from './notifications.module.css';
import { SecretRow } from './SecretRow';
import { attempt, change } from './saving';
import { WhatIsTold } from './WhatIsTold';

const words = texts.notifications;

/** Whether and of what a person is told outside the window. */
export function NotificationsSection({ query }: SectionProps) {
  const state = useNotifications((store) => store.state);
  if (!state) return <p className={styles.quiet}>{words.loading}</p>;
  const { settings } = state;
  return (
    <>
      <Desktop query={query} state={state} />
      <Webhook query={query} state={state} />
      <WhatIsTold query={query} settings={settings} change={(changes) => change(settings, changes)} />
    </>
  );
}

interface PartProps extends SectionProps {
  readonly state: NotificationState;
}

function Desktop({ query, state: { settings, desktopSupported } }: PartProps) {
  if (!mentions(query, words.desktop, words.desktopAbout, words.desktopTestAbout)) return null;
  return (
    <Row title={words.desktop} about={desktopSupported ? words.desktopAbout : words.desktopMissing}>
      <button
        type="button"
        className="button"
        data-small
        disabled={!desktopSupported}
        onClick={() => void attempt(() => window.portlight.notifications.testDesktop())}
      >
        {words.desktopTest}
      </button>
      <Switch
        label={words.desktop}
        checked={settings.desktop}
        disabled={!desktopSupported && !settings.desktop}
        onChange={(desktop) => change(settings, { desktop })}
      />
    </Row>
  );
}

function Webhook({ query, state: { settings, webhook, secrets } }: PartProps) {
  const bridge = window.portlight.notifications;
  const { hasUrl, hasSecret } = webhook;
  const isPlainHttp = (url: string): boolean => /^\s*http:\/\/(?!(localhost|127\.0\.0\.1|\[::1\])([:/?#]|$))/i.test(url);
  return (
    <>
      {mentions(query, words.webhook, words.webhookAbout) && (
        <Row title={words.webhook} about={hasUrl ? words.webhookAbout : `${words.webhookAbout} ${words.webhookNeedsUrl}`}>
          <Switch
            label={words.webhook}
            checked={settings.webhook}
            disabled={!hasUrl && !settings.webhook}
            onChange={(on) => change(settings, { webhook: on })}
          />
        </Row>
      )}
      {mentions(query, words.url, words.urlAbout, words.webhook, 'url') && (
        <SecretRow
          title={words.url}
          about={words.urlAbout}
          placeholder={words.urlPlaceholder}
          isSet={hasUrl}
          kept={secrets}
          hint={(url) => (isPlainHttp(url) ? words.urlPlain : '')}
          save={(url) => attempt(() => bridge.setWebhookUrl(url))}
        />
      )}
      {mentions(query, words.secret, words.secretAbout, words.webhook) && (
        <SecretRow
          title={words.secret}
          about={words.secretAbout}
          placeholder={words.secretPlaceholder}
          isSet={hasSecret}
          kept={secrets}
          isHidden
          save={(secret) => attempt(() => bridge.setWebhookSecret(secret))}
        />
      )}
      {mentions(query, words.test, words.testAbout, words.deliveries, words.webhook) && <Deliveries webhook={webhook} />}
    </>
  );
}
