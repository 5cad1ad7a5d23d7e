import type { AlertNotice, Notice, NotificationSettings } from '../../shared/contract/notifications';
import { SEVERITIES, type Severity } from '../../shared/model/alerts';
import { isQuiet } from './quiet-hours';

const MINUTE_MS = 60_000;
/** What comes in a burst is summed up once, not in parts. */
const SETTLE_MS = 2000;

type PaceSettings = Pick<NotificationSettings, 'quiet' | 'perMinute'>;

interface Held {
  readonly first: AlertNotice;
  readonly since: number;
  count: number;
  severity: Severity;
  inQuiet: boolean;
}

/**
 * Lets notices through at once while the minute has room, its last place being kept for one that sums up the rest. In the quiet hours
 * everything is summed up until they end. What waits is a count, however much there is.
 */
export class Pace {
  readonly #send: (notice: Notice) => void;
  #settings: PaceSettings;
  /** When those of the last minute were sent, epoch milliseconds; at most as many as a minute may have. */
  #sent: number[] = [];
  #held: Held | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(settings: PaceSettings, send: (notice: Notice) => void) {
    this.#settings = settings;
    this.#send = send;
  }

  configure(settings: PaceSettings): void {
    this.#settings = settings;
    this.#look();
  }

  offer(notice: AlertNotice): void {
    const now = Date.now();
    const quiet = isQuiet(this.#settings.quiet, now);
    if (!this.#held && !quiet && this.#room(now) > 1) {
      this.#deliver(notice, now);
      return;
    }
    this.#held ??= { first: notice, since: now, count: 0, severity: notice.severity, inQuiet: false };
    this.#held.count++;
    this.#held.inQuiet ||= quiet;
    if (SEVERITIES.indexOf(notice.severity) > SEVERITIES.indexOf(this.#held.severity)) this.#held.severity = notice.severity;
    this.#look();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#held = null;
    this.#wait(null);
  }

  /** Sends what waits if it is time, else looks again when it may be. */
  #look(): void {
    const held = this.#held;
    if (!held) return;
    const now = Date.now();
    const wait = this.#waitingTime(held, now);
    if (wait > 0) {
      this.#wait(wait);
      return;
    }
    this.clear();
    const { first, count, severity, inQuiet } = held;
    this.#deliver(count === 1 ? first : { kind: 'summary', count, severity, reason: inQuiet ? 'quiet' : 'many' }, now);
  }

  #waitingTime({ since }: Held, now: number): number {
    // Minute by minute: the clock may be put, and the machine may sleep.
    if (isQuiet(this.#settings.quiet, now)) return MINUTE_MS - (now % MINUTE_MS);
    const settled = since + SETTLE_MS - now;
    const oldest = this.#sent[0];
    const room = this.#room(now) > 0 || oldest === undefined ? 0 : oldest + MINUTE_MS - now;
    return Math.min(MINUTE_MS, Math.max(settled, room));
  }

  #room(now: number): number {
    this.#sent = this.#sent.filter((at) => at <= now && now - at < MINUTE_MS);
    return this.#settings.perMinute - this.#sent.length;
  }

  #deliver(notice: Notice, now: number): void {
    this.#sent.push(now);
    this.#send(notice);
  }

  #wait(delay: number | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer =
      delay === null
        ? null
        : setTimeout(() => {
            this.#timer = null;
            this.#look();
          }, delay);
    this.#timer?.unref();
  }
}
