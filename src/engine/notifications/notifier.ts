import type { CaptureEndedMessage, NoticeMessage } from '../../shared/contract/engine-process';
import { DEFAULT_NOTIFICATIONS, type NotificationSettings } from '../../shared/contract/notifications';
import type { AlertRow, Severity } from '../../shared/model/alerts';
import { noticeOf } from './notice';
import { Pace } from './pace';
import { isQuiet } from './quiet-hours';

/** Where alerts come from. */
export interface NewsSource {
  /** Session id. */
  readonly session: number;
  /** Name of the file or interface. */
  readonly name: string;
  /** The capture goes on: what is found happens now. Otherwise it is a file of what was. */
  readonly isLive: boolean;
  /** Alerts that came, or rose to this severity, since the last call. */
  takeNews(least: Severity): readonly AlertRow[];
  /** Nothing of what is there is news any more. */
  dropNews(): void;
}

/** Decides which alerts a person is told of, and how many. Until it is configured it tells of none. */
export class Notifier {
  readonly #pace: Pace;
  readonly #tellEnd: (message: CaptureEndedMessage) => void;
  #settings: NotificationSettings = DEFAULT_NOTIFICATIONS;
  #source: NewsSource | null = null;

  constructor(send: (message: NoticeMessage) => void, tellEnd: (message: CaptureEndedMessage) => void = () => undefined) {
    this.#tellEnd = tellEnd;
    this.#pace = new Pace(this.#settings, (notice) => {
      const { desktop, webhook } = this.#settings;
      send({ type: 'notice', desktop, webhook, notice });
    });
  }

  /** What was found before somebody asked to be told is not news. */
  configure(settings: NotificationSettings): void {
    this.progress(this.#source);
    this.#settings = settings;
    this.#source?.dropNews();
    if (!this.#isOn) this.#pace.clear();
    this.#pace.configure(settings);
  }

  /** The source may have news. Null: no capture is open. */
  progress(source: NewsSource | null): void {
    this.#source = source;
    if (!source) return;
    if (!this.#isOn || !(source.isLive || this.#settings.files)) {
      source.dropNews();
      return;
    }
    for (const row of source.takeNews(this.#settings.severity)) this.#pace.offer(noticeOf(row, source.session, source.name));
  }

  /** A live capture ended by itself. Of this nobody is told in the quiet hours either: the window says it as well. */
  captureEnded(capture: string): void {
    const { desktop, quiet } = this.#settings;
    if (desktop && !isQuiet(quiet, Date.now())) this.#tellEnd({ type: 'capture-ended', capture });
  }

  stop(): void {
    this.#pace.clear();
    this.#source = null;
  }

  get #isOn(): boolean {
    return this.#settings.desktop || this.#settings.webhook;
  }
}
