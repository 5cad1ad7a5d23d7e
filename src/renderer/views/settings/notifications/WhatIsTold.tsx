import { type NotificationSettings, PER_MINUTE, type QuietHours } from '../../../../shared/contract/notifications';
import { SEVERITIES, type Severity } from '../../../../shared/model/alerts';
import { texts } from '../../../texts';
import { Row, Switch } from '../parts';
import { mentions, type SectionProps } from '../section';
import settingsStyles from '../settings.module.css';
import styles from './notifications.module.css';

const words = texts.notifications;
const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60 };
const PACES: readonly number[] = [PER_MINUTE.least, 3, 6, 12, 30, PER_MINUTE.most];

interface WhatIsToldProps extends SectionProps {
  readonly settings: NotificationSettings;
  change(changes: Partial<NotificationSettings>): void;
}

/** Of which alerts, when, and how often at most. */
export function WhatIsTold({ query, settings, change }: WhatIsToldProps) {
  const { severity, files, quiet, perMinute } = settings;
  return (
    <>
      {mentions(query, words.severity, words.severityAbout) && (
        <Row title={words.severity} about={words.severityAbout}>
          <select
            className={settingsStyles.select}
            aria-label={words.severity}
            value={severity}
            onChange={({ target }) => change({ severity: target.value as Severity })}
          >
            {[...SEVERITIES].reverse().map((each) => (
              <option key={each} value={each}>
                {words.severities[each]}
              </option>
            ))}
          </select>
        </Row>
      )}
      {mentions(query, words.files, words.filesAbout) && (
        <Row title={words.files} about={words.filesAbout}>
          <Switch label={words.files} checked={files} onChange={(on) => change({ files: on })} />
        </Row>
      )}
      {mentions(query, words.quiet, words.quietAbout) && (
        <Row title={words.quiet} about={words.quietAbout}>
          {quiet && <Hours quiet={quiet} onChange={(hours) => change({ quiet: hours })} />}
          <Switch label={words.quiet} checked={quiet !== null} onChange={(on) => change({ quiet: on ? NIGHT : null })} />
        </Row>
      )}
      {mentions(query, words.perMinute, words.perMinuteAbout) && (
        <Row title={words.perMinute} about={words.perMinuteAbout}>
          <select
            className={settingsStyles.select}
            aria-label={words.perMinute}
            value={perMinute}
            onChange={({ target }) => change({ perMinute: Number(target.value) })}
          >
            {[...new Set([...PACES, perMinute])]
              .sort((a, b) => a - b)
              .map((pace) => (
                <option key={pace} value={pace}>
                  {words.perMinuteOption(pace)}
                </option>
              ))}
          </select>
        </Row>
      )}
    </>
  );
}

function Hours({ quiet, onChange }: { readonly quiet: QuietHours; onChange(quiet: QuietHours): void }) {
  const field = (label: string, minute: number, take: (minute: number) => QuietHours) => (
    <input
      type="time"
      className={styles.time}
      aria-label={label}
      required
      value={clockOf(minute)}
      onChange={({ target }) => {
        const wanted = minuteOf(target.value);
        if (wanted !== null) onChange(take(wanted));
      }}
    />
  );
  return (
    <span className={styles.hours}>
      {field(words.quietFrom, quiet.from, (from) => ({ ...quiet, from }))}
      <span>{words.until}</span>
      {field(words.quietTo, quiet.to, (to) => ({ ...quiet, to }))}
    </span>
  );
}

const two = (value: number): string => String(value).padStart(2, '0');
const clockOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Null while the field is not complete. */
function minuteOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
