import { CHANNELS } from '../../shared/contract/ipc-channels';
import { handle } from '../ipc';
import { checked, isText } from '../ipc-checks';
import type { NotificationCenter } from './notification-center';

/** Answers the page's calls about notifications. */
export function serveNotifications(center: NotificationCenter): void {
  const { notifications } = CHANNELS;
  handle(notifications.current, () => center.state);
  handle(notifications.save, (_window, settings) => center.saveSettings(settings));
  handle(notifications.setUrl, (_window, url) => center.setWebhookUrl(checked(url, isText)));
  handle(notifications.setSecret, (_window, secret) => center.setWebhookSecret(checked(secret, isText)));
  handle(notifications.testWebhook, () => center.testWebhook());
  handle(notifications.testDesktop, () => center.testDesktop());
}
