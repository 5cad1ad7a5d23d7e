import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
  IconPlayerTrackPrevFilled,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { texts } from '../../texts';
import { epochOf, formatClock, formatDate, formatDuration } from '../format/time';
import { followPointer } from '../time-brush/follow-pointer';
import type { BrushRange } from '../time-brush/range';
import styles from './time-slider.module.css';
import { usePlaying } from './usePlaying';
import { moved, usualLength, windowAt, windowLengths } from './window';

export interface TimeSliderProps {
  /** The whole session. */
  readonly extent: BrushRange;
  /** What is shown of it; null: everything. */
  readonly window: BrushRange | null;
  /** The window is shown: while playing the next one may come. */
  readonly ready: boolean;
  onWindow(window: BrushRange | null): void;
  /** That the times are counted from, epoch seconds. */
  readonly startSecond: number;
}

const words = texts.timeSlider;
const SPEEDS = [120, 60, 30, 10] as const;
const ICON = { size: 13, 'aria-hidden': true } as const;
/** Part of a window that an arrow key moves by, without and with Shift. */
const KEY_STEP = 0.25;
const KEY_LEAP = 1;
const DAY = 86_400e9;

/** A window of time that is moved over the session, by hand or by itself. */
export function TimeSlider({ extent, window, ready, startSecond, onWindow }: TimeSliderProps) {
  const track = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [seconds, setSeconds] = useState<number>(60);
  const [draft, setDraft] = useState<BrushRange | null>(null);
  const span = extent.to - extent.from;
  const lengths = windowLengths(span);
  const present = draft ?? window;
  const length = present ? present.to - present.from : (lengths.find((each) => each === chosen) ?? usualLength(span));
  const { playing, toggle, stop } = usePlaying({ extent, window, length, ready, seconds, onWindow });

  /** By hand: what played by itself stops. */
  const put = (next: BrushRange | null): void => {
    stop();
    if (next) onWindow(next);
  };
  const step = (by: number): void =>
    put(window ? moved(extent, window, by * length) : windowAt(extent, by > 0 ? extent.from : extent.to, length));
  const resize = (next: number): void => {
    setChosen(next);
    if (window) put(windowAt(extent, window.from, next));
  };
  const clear = (): void => {
    stop();
    onWindow(null);
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const box = track.current?.getBoundingClientRect();
    if (event.button !== 0 || !box) return;
    const timeAt = (x: number): number => extent.from + (Math.min(Math.max(0, x - box.left), box.width) / box.width) * span;
    const at = timeAt(event.clientX);
    const isHeld = window !== null && at >= window.from && at <= window.to;
    // Where it is taken hold of it stays below the pointer; elsewhere its middle comes there.
    const offset = isHeld ? at - window.from : length / 2;
    const move = (x: number): void => {
      const next = windowAt(extent, timeAt(x) - offset, length);
      setDraft(next);
      onWindow(next);
    };
    stop();
    if (!isHeld) move(event.clientX);
    followPointer(event, move, () => setDraft(null));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const part = event.shiftKey ? KEY_LEAP : KEY_STEP;
    const run = {
      ArrowLeft: () => step(-part),
      ArrowDown: () => step(-part),
      ArrowRight: () => step(part),
      ArrowUp: () => step(part),
      PageUp: () => step(KEY_LEAP),
      PageDown: () => step(-KEY_LEAP),
      Home: () => put(windowAt(extent, extent.from, length)),
      End: () => put(windowAt(extent, extent.to, length)),
      ...(window && { Escape: clear }),
    }[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  const share = (time: number): number => (100 * (Math.min(Math.max(extent.from, time), extent.to) - extent.from)) / Math.max(1, span);
  const said = present
    ? words.span(timeText(present.from, startSecond, length, span), timeText(present.to, startSecond, length, span))
    : words.all;
  const Play = playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  const isOwn = present !== null && !lengths.includes(length);
  const button = (label: string, icon: React.ReactNode, run: () => void) => (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={run}>
      {icon}
    </button>
  );
  return (
    <section className={styles.bar} aria-label={words.region} data-testid="time-slider">
      {button(playing ? words.pause : words.play, <Play {...ICON} />, toggle)}
      {button(words.back, <IconPlayerTrackPrevFilled {...ICON} />, () => step(-1))}
      {button(words.forward, <IconPlayerTrackNextFilled {...ICON} />, () => step(1))}
      <select
        className={styles.choice}
        aria-label={words.length}
        title={words.length}
        value={isOwn ? '' : length}
        onChange={({ currentTarget: { value } }) => resize(Number(value))}
      >
        {isOwn && <option value="">{`${words.ownLength} ${formatDuration(length)}`}</option>}
        {lengths.map((each) => (
          <option key={each} value={each}>
            {words.window(formatDuration(each))}
          </option>
        ))}
      </select>
      <select
        className={styles.choice}
        aria-label={words.speed}
        title={words.speed}
        value={seconds}
        onChange={({ currentTarget: { value } }) => setSeconds(Number(value))}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {words.whole(each)}
          </option>
        ))}
      </select>
      <div ref={track} className={styles.track} onPointerDown={onPointerDown}>
        <div className={styles.rail} />
        <div
          className={styles.thumb}
          data-all={present ? undefined : ''}
          style={{ left: `${present ? share(present.from) : 0}%`, width: `${present ? share(present.to) - share(present.from) : 100}%` }}
          role="slider"
          tabIndex={0}
          aria-label={words.slider}
          aria-orientation="horizontal"
          aria-valuemin={extent.from}
          aria-valuemax={extent.to}
          aria-valuenow={present?.from ?? extent.from}
          aria-valuetext={said}
          onKeyDown={onKeyDown}
        />
      </div>
      <span className={styles.said} data-testid="time-window">
        {said}
      </span>
      <button type="button" className="icon-button" aria-label={words.clear} title={words.clear} disabled={window === null} onClick={clear}>
        <IconX size={13} stroke={1.8} aria-hidden />
      </button>
    </section>
  );
}

/** A local time, exact enough for windows of this length, with its day in sessions longer than one. */
function timeText(time: number, startSecond: number, length: number, span: number): string {
  const epoch = epochOf(startSecond, time);
  const decimals = length >= 10e9 ? 0 : Math.min(9, Math.max(1, Math.ceil(-Math.log10(length / 1e9)) + 1));
  const clock = formatClock(epoch, 'local', decimals);
  return span >= DAY ? `${formatDate(epoch, 'local').slice(5)} ${clock}` : clock;
}
