import { notifications } from '@mantine/notifications';
import type { Result } from '../../../../shared/base/result';
import type { NotificationSettings } from '../../../../shared/contract/notifications';
import { texts } from '../../../texts';

/** Does it, and says why not where it failed. */
export async function attempt(run: () => Promise<Result<null>>): Promise<boolean> {
  const result = await run();
  if (result.ok) return true;
  const { sentence, next } = result.problem;
  notifications.show({ title: texts.notifications.failed, message: next ? `${sentence} ${next}` : sentence, color: 'red' });
  return false;
}

export const change = (settings: NotificationSettings, changes: Partial<NotificationSettings>): void =>
  void attempt(() => window.portlight.notifications.saveSettings({ ...settings, ...changes }));
