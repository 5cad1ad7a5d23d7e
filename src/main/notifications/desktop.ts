import { Notification } from 'electron';
import type { AlertLink, Notice } from '../../shared/contract/notifications';
import { endText, type NoticeText, noticeText } from './notice-text';

/** Notifications that are held so that a click on them is heard; of older ones it no longer is. */
const MAX_SHOWN = 50;

/** Shows notices by the system's own notifications. */
export class DesktopNotifications {
  readonly #open: (link: AlertLink | null) => void;
  readonly #front: () => void;
  #shown: Notification[] = [];

  /** `open`: a person clicked; null: on one that is of no single alert, but of all. `front`: on one that is of no alert. */
  constructor(open: (link: AlertLink | null) => void, front: () => void) {
    this.#open = open;
    this.#front = front;
  }

  get isSupported(): boolean {
    return Notification.isSupported();
  }

  show(notice: Notice): void {
    const link = notice.kind === 'alert' ? { session: notice.session, alert: notice.alert } : null;
    this.#show(noticeText(notice), () => this.#open(link));
  }

  showEnd(capture: string): void {
    this.#show(endText(capture), this.#front);
  }

  test(): void {
    this.#show({ title: 'Portlight', body: 'Alerts will be told like this.' }, () => this.#open(null));
  }

  /** Takes them back: what they link to is gone. */
  clear(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown = [];
  }

  #show({ title, body }: NoticeText, clicked: () => void): void {
    if (!this.isSupported) return;
    const notification = new Notification({ title, body });
    const forget = (): void => {
      this.#shown = this.#shown.filter((other) => other !== notification);
    };
    notification.on('click', () => {
      forget();
      clicked();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    this.#shown = [...this.#shown, notification].slice(-MAX_SHOWN);
    notification.show();
  }
}
