import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/base/result';
import type { CaptureEndedMessage, NoticeMessage, NotificationSettingsMessage } from '../../shared/contract/engine-process';
import { MAX_CAPTURE_NAME, notice, notificationSettings } from '../../shared/contract/notification-schemas';
import {
  DEFAULT_NOTIFICATIONS,
  type Notice,
  type NotificationSettings,
  type NotificationState,
  type WebhookOutcome,
} from '../../shared/contract/notifications';
import { readJsonFile, writeJsonFile } from '../json-file';
import type { Secrets } from '../secrets/secrets';
import { WebhookQueue } from './webhook-queue';
import { checkedUrl } from './webhook-request';

const URL_NAME = 'webhook.url';
const SECRET_NAME = 'webhook.secret';
/** Of the signing secret: more than the 64 bytes of a SHA-256 block add nothing. */
export const MAX_SIGNING_SECRET = 512;

const noticeMessage: z.ZodType<NoticeMessage> = z.strictObject({
  type: z.literal('notice'),
  desktop: z.boolean(),
  webhook: z.boolean(),
  notice,
});

const endedMessage: z.ZodType<CaptureEndedMessage> = z.strictObject({
  type: z.literal('capture-ended'),
  capture: z.string().max(MAX_CAPTURE_NAME),
});

/** What shows notices on this system. */
export interface DesktopPart {
  readonly isSupported: boolean;
  show(notice: Notice): void;
  /** A capture of this name ended by itself. */
  showEnd(capture: string): void;
  test(): void;
}

interface CenterParts {
  /** Where the settings are kept. */
  readonly file: string;
  readonly secrets: Secrets;
  readonly desktop: DesktopPart;
  /** The engine is to go by these settings from now on. */
  readonly tellEngine: (message: NotificationSettingsMessage) => void;
  /** The state changed. */
  readonly changed: () => void;
}

/** Main's part of the notifications: keeps their settings and does what the engine says. */
export class NotificationCenter {
  readonly #parts: CenterParts;
  readonly #webhook: WebhookQueue;
  #settings: NotificationSettings;

  constructor(parts: CenterParts) {
    this.#parts = parts;
    const stored = notificationSettings.safeParse(readJsonFile(parts.file));
    this.#settings = stored.success ? stored.data : DEFAULT_NOTIFICATIONS;
    this.#webhook = new WebhookQueue({ target: () => this.#target(), changed: parts.changed });
  }

  get state(): NotificationState {
    const { secrets, desktop } = this.#parts;
    return {
      settings: this.#settings,
      desktopSupported: desktop.isSupported,
      secrets: secrets.keeping,
      webhook: { ...this.#webhook.state, hasUrl: secrets.has(URL_NAME), hasSecret: secrets.has(SECRET_NAME) },
    };
  }

  /** What a new engine has to be told first. */
  get greeting(): NotificationSettingsMessage {
    return { type: 'notification-settings', settings: this.#settings };
  }

  /** Anything that the engine says; what is no notice is left alone: it reads bytes that others made. */
  take(message: unknown): void {
    const ended = endedMessage.safeParse(message);
    if (ended.success && this.#settings.desktop) this.#parts.desktop.showEnd(ended.data.capture);
    const parsed = noticeMessage.safeParse(message);
    if (!parsed.success) return;
    const { desktop, webhook, notice: told } = parsed.data;
    if (desktop && this.#settings.desktop) this.#parts.desktop.show(told);
    if (webhook && this.#settings.webhook) this.#webhook.push(told);
  }

  saveSettings(value: unknown): Result<null> {
    const parsed = notificationSettings.safeParse(value);
    if (!parsed.success) return fail('bad-settings', 'These are no settings of notifications.');
    this.#settings = parsed.data;
    writeJsonFile(this.#parts.file, parsed.data);
    if (!parsed.data.webhook) this.#webhook.clear();
    this.#parts.tellEngine(this.greeting);
    this.#parts.changed();
    return ok(null);
  }

  /** Without an address the webhook is off. */
  setWebhookUrl(text: string): Result<null> {
    if (text.trim() === '') {
      const forgotten = this.#forget(URL_NAME);
      return forgotten.ok ? this.saveSettings({ ...this.#settings, webhook: false }) : forgotten;
    }
    const url = checkedUrl(text);
    return url.ok ? this.#keep(URL_NAME, url.value) : url;
  }

  setWebhookSecret(secret: string): Result<null> {
    if (secret === '') return this.#forget(SECRET_NAME);
    if (secret.length > MAX_SIGNING_SECRET)
      return fail('secret-too-long', `A signing secret has at most ${MAX_SIGNING_SECRET} characters.`);
    return this.#keep(SECRET_NAME, secret);
  }

  testWebhook(): Promise<WebhookOutcome> {
    return this.#webhook.test();
  }

  testDesktop(): Result<null> {
    if (!this.#parts.desktop.isSupported) return fail('no-notifications', 'This system shows no notifications.');
    this.#parts.desktop.test();
    return ok(null);
  }

  stop(): void {
    this.#webhook.clear();
  }

  #target(): { url: string; secret: string | null } | null {
    const url = this.#parts.secrets.get(URL_NAME);
    return url === null ? null : { url, secret: this.#parts.secrets.get(SECRET_NAME) };
  }

  #keep(name: string, secret: string): Result<null> {
    const kept = this.#parts.secrets.set(name, secret);
    this.#parts.changed();
    return kept;
  }

  #forget(name: string): Result<null> {
    const forgotten = this.#parts.secrets.delete(name);
    this.#parts.changed();
    return forgotten;
  }
}
