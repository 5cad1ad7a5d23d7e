import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AlertMark } from '../../../shared/contract/alerts';
import { ALERT_TYPES, type AlertType, SEVERITIES } from '../../../shared/model/alerts';
import { selectAlert, useAlerts } from '../../stores/alerts';
import { useMissing } from '../../stores/missing';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { epochOf, formatFull } from '../../widgets/format/time';
import { MissingTimes } from '../../widgets/missing-times/MissingTimes';
import { SeverityMark, severityColor } from '../../widgets/severity/SeverityMark';
import { timeTicks } from '../../widgets/time-brush/time-ticks';
import styles from './lanes.module.css';

const words = texts.alerts;

interface Lane {
  readonly type: AlertType;
  /** The worst last, so that they lie on top. */
  readonly marks: readonly AlertMark[];
}

function lanesOf(marks: readonly AlertMark[]): Lane[] {
  const rank = ({ severity }: AlertMark): number => SEVERITIES.indexOf(severity);
  return ALERT_TYPES.map((type) => ({ type, marks: marks.filter((mark) => mark.type === type).sort((a, b) => rank(a) - rank(b)) })).filter(
    (lane) => lane.marks.length > 0,
  );
}

/** One lane a type over the whole session: a sign where an alert began, a bar as long as it lasted. By keyboard the list does the same. */
export function Lanes() {
  const { marks, omitted, selected } = useAlerts();
  const from = useSession((state) => state.tick?.firstTime ?? 0);
  const to = useSession((state) => state.tick?.lastTime ?? 0);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const missing = useMissing();
  const axis = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const lanes = useMemo(() => lanesOf(marks), [marks]);
  const isEmpty = lanes.length === 0;
  const span = Math.max(1, to - from);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the axis is there when there are lanes
  useLayoutEffect(() => {
    const element = axis.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isEmpty]);
  const ticks = useMemo(() => timeTicks(from, to, startSecond, width), [from, to, startSecond, width]);

  if (isEmpty) return null;
  const percent = (time: number): number => (100 * Math.min(span, Math.max(0, time - from))) / span;
  const hint = ({ severity, type, time }: AlertMark): string =>
    words.lanes.mark(words.severities[severity], words.types[type], formatFull(epochOf(startSecond, time)));
  return (
    <section className={styles.timeline} aria-label={words.lanes.title}>
      <div className={styles.lanes}>
        {lanes.map(({ type, marks: of }) => (
          <div key={type} className={styles.lane} role="img" aria-label={words.lanes.lane(words.types[type], formatCount(of.length))}>
            <div className={styles.laneName}>
              <span className={styles.laneTitle}>{words.types[type]}</span>
              <span className={styles.laneCount}>{formatCount(of.length)}</span>
            </div>
            <div className={styles.laneStrip}>
              {ticks.map(({ at }) => (
                <span key={at} className={styles.laneRule} style={{ left: `${percent(at)}%` }} />
              ))}
              <MissingTimes plain times={missing} from={from} to={to} startSecond={startSecond} />
              {of.map((mark) => (
                // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: by keyboard the list does the same
                <span
                  key={mark.id}
                  className={styles.laneMark}
                  data-testid="lane-mark"
                  data-selected={mark.id === selected ? '' : undefined}
                  data-closed={mark.status === 'open' ? undefined : ''}
                  style={{
                    left: `${percent(mark.time)}%`,
                    width: `${percent(mark.lastTime) - percent(mark.time)}%`,
                    color: severityColor(mark.severity),
                  }}
                  title={hint(mark)}
                  onClick={() => selectAlert(mark.id)}
                >
                  <span className={styles.laneBar} />
                  <SeverityMark severity={mark.severity} size={11} />
                </span>
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className={styles.laneAxis} aria-hidden>
        <span className={styles.laneNote}>{omitted > 0 ? words.lanes.omitted(formatCount(omitted)) : ''}</span>
        <div ref={axis} className={styles.laneTicks}>
          {ticks.map(({ at, label }) => (
            <span key={at} style={{ left: `${percent(at)}%` }}>
              {label}
            </span>
          ))}
        </div>
      </div>
    </section>
  );
}
