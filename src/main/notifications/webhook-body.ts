import { createHmac, randomUUID } from 'node:crypto';
import type { AlertNotice, Notice, SummaryNotice } from '../../shared/contract/notifications';
import { noticeText } from './notice-text';

/** What a receiver gets; described in docs/webhook.md. A change that a receiver could trip over raises `version`. */
export interface WebhookBody {
  readonly schema: 'portlight.webhook';
  readonly version: 1;
  /** Of this message; a repeated attempt has the same. */
  readonly id: string;
  /** RFC 3339. */
  readonly sent: string;
  readonly kind: 'alert' | 'summary' | 'test';
  /** The same in one line, for receivers that only show a text. */
  readonly text: string;
  readonly alert?: Omit<AlertNotice, 'kind' | 'session' | 'alert'>;
  readonly summary?: Omit<SummaryNotice, 'kind'>;
}

export function webhookBody(notice: Notice, at: Date): WebhookBody {
  const { title, body } = noticeText(notice);
  const common = { ...envelope(notice.kind, at), text: `${title}. ${body}` };
  if (notice.kind === 'summary') {
    const { count, severity, reason } = notice;
    return { ...common, summary: { count, severity, reason } };
  }
  // Named one by one: what a notice will hold one day does not go out by itself.
  const { type, severity, time, sourceIp, sourcePort, targetIp, targetPort, title: name, count, technique, capture } = notice;
  return {
    ...common,
    alert: { type, severity, time, sourceIp, sourcePort, targetIp, targetPort, title: name, count, technique, capture },
  };
}

export const testBody = (at: Date): WebhookBody => ({
  ...envelope('test', at),
  text: 'Portlight can reach this webhook.',
});

const envelope = <K extends WebhookBody['kind']>(kind: K, at: Date) =>
  ({ schema: 'portlight.webhook', version: 1, id: randomUUID(), sent: at.toISOString(), kind }) as const;

/** HMAC-SHA256 of the body's bytes, as `sha256=` and hex. */
export const signature = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
