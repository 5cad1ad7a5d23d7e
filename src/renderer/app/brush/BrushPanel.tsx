import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AlertMark } from '../../../shared/contract/alerts';
import type { EngineCalls, Timeline } from '../../../shared/contract/engine';
import { engine } from '../../client/engine';
import { Latest } from '../../client/latest';
import { openAlert, useAlerts } from '../../stores/alerts';
import { applyRange, useFilter } from '../../stores/filter';
import { useLayout } from '../../stores/layout';
import { useMissing } from '../../stores/missing';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { placeMarks } from '../../widgets/alert-marks/place-marks';
import { epochOf, formatClock, formatDate, formatFull } from '../../widgets/format/time';
import { TimeBrush } from '../../widgets/time-brush/TimeBrush';
import { tickTimes } from '../../widgets/time-brush/ticks';
import styles from './brush.module.css';
import { useLastTimes } from './LastTimes';
import { ReplayBar } from './ReplayBar';
import { seek } from './replay';

/** Width of one bucket, px: finer would be noise. */
const BUCKET_PX = 3;
/** While a file loads the strip is asked for no more often than this. */
const REFRESH_MS = 400;
const DAY = 86_400e9;

const isOpen = ({ status }: AlertMark): boolean => status === 'open';

/** The time brush over the whole session. */
export function BrushPanel() {
  const session = useSession(selectSessionId);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const firstTime = useSession((state) => state.tick?.firstTime ?? null);
  const lastTime = useSession((state) => state.tick?.lastTime ?? null);
  const forgets = useSession((state) => (state.tick?.firstPacket ?? 0) > 0);
  const end = useSession((state) => state.tick?.replay?.end ?? null);
  const theme = useLayout((state) => state.theme);
  const range = useFilter((state) => state.range);
  const [width, setWidth] = useState(0);
  const { last, choose } = useLastTimes();
  const timeline = useTimeline(width, last);
  const missing = useMissing();
  const playhead = usePlayhead();
  // What is not kept any more has no part in the picture.
  const begin = forgets && timeline && firstTime !== null ? timeline.from : firstTime;
  const to = lastTime === null ? null : Math.max(lastTime, end ?? lastTime);
  const from = begin === null || to === null || last === null ? begin : Math.max(begin, to - last);
  const words = texts.frame.brush;
  const onRange = useCallback((next: { from: number; to: number } | null) => void applyRange(next), []);

  const ticks = useMemo(() => {
    if (from === null || to === null) return [];
    return labelTicks(from, to, startSecond, width);
  }, [from, to, startSecond, width]);

  const alerts = useAlerts((state) => state.marks);
  const marks = useMemo(() => placeMarks(alerts.filter(isOpen), from ?? 0, to ?? 0, width), [alerts, from, to, width]);

  if (session === null || from === null || to === null) return <section className={styles.panel} aria-label={words.region} />;
  const format = (time: number): string => formatFull(epochOf(startSecond, time));
  return (
    <section className={styles.panel} aria-label={words.region}>
      <div className={styles.strip}>
        <TimeBrush
          label={words.label}
          fromLabel={words.from}
          toLabel={words.to}
          extent={{ from, to }}
          drawn={timeline ? { from: timeline.from, to: timeline.from + timeline.width * timeline.packets.length } : { from, to }}
          outline={timeline?.outline ?? null}
          missing={missing}
          startSecond={startSecond}
          playhead={playhead}
          packets={timeline?.packets ?? []}
          shown={timeline?.shown ?? null}
          range={range}
          theme={theme}
          ticks={ticks}
          marks={marks}
          onMark={openAlert}
          onWidth={setWidth}
          onRange={onRange}
          format={format}
        />
        {choose}
      </div>
      <ReplayBar />
    </section>
  );
}

function labelTicks(from: number, to: number, startSecond: number, width: number) {
  const epoch = (time: number): string => epochOf(startSecond, time);
  const offset = -new Date((startSecond + from / 1e9) * 1000).getTimezoneOffset() * 60;
  const { step, decimals, at } = tickTimes(from, to, startSecond, width, Number.isFinite(offset) ? offset : 0);
  const label = (time: number): string => (step >= DAY ? formatDate(epoch(time), 'local') : formatClock(epoch(time), 'local', decimals));
  const end = (time: number): string => `${formatDate(epoch(time), 'local')} ${formatClock(epoch(time), 'local', decimals)}`;
  if (to <= from) return [{ at: from, label: end(from) }];
  return [{ at: from, label: end(from) }, ...at.map((time) => ({ at: time, label: label(time) })), { at: to, label: end(to) }];
}

/** Where a replay is, and how to go elsewhere; null where none is. */
function usePlayhead() {
  const position = useSession((state) => state.tick?.replay?.position ?? null);
  return useMemo(
    () => (position === null ? null : { at: position, label: texts.replay.seek, hint: texts.replay.seekHint, onSeek: seek }),
    [position],
  );
}

/** Packets over time in as many buckets as there is room for, kept up while the file loads and the filter scans. */
function useTimeline(width: number, last: number | null): Timeline | null {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const filter = useFilter((state) => state.id);
  const [timeline, setTimeline] = useState<{ readonly session: number | null; readonly value: Timeline } | null>(null);
  const latest = useRef<Latest<EngineCalls['timeline']['args']> | null>(null);
  latest.current ??= new Latest(async (wanted) => {
    const session = selectSessionId(useSession.getState());
    try {
      setTimeline({ session, value: await engine.call('timeline', wanted) });
    } catch {
      // The session or the engine is gone; the strip goes with it.
    }
    await new Promise((resolve) => setTimeout(resolve, REFRESH_MS));
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these changes what the strip shows
  useEffect(() => {
    if (session === null || packets === 0 || width === 0) return;
    const buckets = Math.max(16, Math.floor(width / BUCKET_PX));
    latest.current?.ask(last === null ? { buckets } : { buckets, last });
  }, [session, packets, scanned, filter, width, last]);
  return timeline?.session === session ? timeline.value : null;
}
