import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { showSettings } from '../../stores/layout';
import { useNotifications, webhookTrouble } from '../../stores/notifications';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { Banner } from './Banner';

const words = texts.notifications.banner;

/** Alerts that somebody counts on do not arrive where they should. */
export function WebhookBanner() {
  const trouble = webhookTrouble(useNotifications(({ state }) => state));
  // What was seen and put away; more of it is shown again.
  const [seen, setSeen] = useState(-1);
  const lost = trouble?.kind === 'failing' ? trouble.lost : 0;
  if (!trouble || seen >= lost) return null;
  const text = trouble.kind === 'no-url' ? words.noUrl : words.failing(formatCount(trouble.lost), trouble.sentence);
  return (
    <Banner icon={<IconWebhook size={15} aria-hidden />} testId="webhook-trouble" text={text} onDismiss={() => setSeen(lost)}>
      <button type="button" className="button" data-small onClick={showSettings}>
        {words.settings}
      </button>
    </Banner>
  );
}
