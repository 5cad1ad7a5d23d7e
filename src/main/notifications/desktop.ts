import { Notification } from 'electron';
import type { AlertLink, Notice } from '../../shared/contract/notifications';
import { type NoticeText, noticeText } from './notice-text';

/** Notifications that are held so that a click on them is heard; of older ones it no longer is. */
const MAX_SHOWN = 50;

/** Shows notices by the system's own notifications. */
export class DesktopNotifications {
  readonly #open: (link: AlertLink | null) => void;
  #shown: Notification[] = [];

  /** `open`: a person clicked; null: on one that is of no single alert, but of all. */
  constructor(open: (link: AlertLink | null) => void) {
    this.#open = open;
  }

  get isSupported(): boolean {
    return Notification.isSupported();
  }

  show(notice: Notice): void {
    this.#show(noticeText(notice), notice.kind === 'alert' ? { session: notice.session, alert: notice.alert } : null);
  }

  test(): void {
    this.#show({ title: 'Portlight', body: 'Alerts will be told like this.' }, null);
  }

  /** Takes them back: what they link to is gone. */
  clear(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown = [];
  }

  #show({ title, body }: NoticeText, link: AlertLink | null): void {
    if (!this.isSupported) return;
    const notification = new Notification({ title, body });
    const forget = (): void => {
      this.#shown = this.#shown.filter((other) => other !== notification);
    };
    notification.on('click', () => {
      forget();
      this.#open(link);
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    this.#shown = [...this.#shown, notification].slice(-MAX_SHOWN);
    notification.show();
  }
}
