import { create } from 'zustand';
import type { NotificationState } from '../../shared/contract/notifications';

/** Of notifications, as main says it is; null until it spoke. */
export const useNotifications = create<{ readonly state: NotificationState | null }>(() => ({ state: null }));

/** What is wrong with the webhook that is switched on; null: nothing. */
export type WebhookTrouble = { readonly kind: 'no-url' } | { readonly kind: 'failing'; readonly lost: number; readonly sentence: string };

export function webhookTrouble(state: NotificationState | null): WebhookTrouble | null {
  if (!state?.settings.webhook) return null;
  const { hasUrl, failed, dropped, last } = state.webhook;
  if (!hasUrl) return { kind: 'no-url' };
  const lost = failed + dropped;
  return lost > 0 && last?.ok === false ? { kind: 'failing', lost, sentence: last.sentence } : null;
}
