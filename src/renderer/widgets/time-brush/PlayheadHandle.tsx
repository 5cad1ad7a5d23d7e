import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { followPointer } from './follow-pointer';
import { type BrushRange, KEY_LEAP, KEY_STEP } from './range';
import styles from './time-brush.module.css';

/** Where something is being played. */
export interface Playhead {
  readonly at: number;
  readonly label: string;
  readonly hint: string;
  onSeek(time: number): void;
}

interface PlayheadProps extends Playhead {
  readonly extent: BrushRange;
  format(time: number): string;
}

/** The line where a replay is; dragging it goes elsewhere. */
export function PlayheadHandle({ at, label, extent, format, onSeek }: PlayheadProps) {
  const [draft, setDraft] = useState<number | null>(null);
  const span = Math.max(1, extent.to - extent.from);
  const clamp = (time: number): number => Math.min(Math.max(extent.from, time), extent.to);
  const value = clamp(draft ?? at);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const strip = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!strip) return;
    let next: number | null = null;
    followPointer(
      event,
      (x) => {
        next = clamp(extent.from + ((x - strip.left) / strip.width) * span);
        setDraft(next);
      },
      (kept) => {
        setDraft(null);
        if (kept && next !== null) onSeek(next);
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = span * (event.shiftKey ? KEY_LEAP : KEY_STEP);
    const next = { ArrowLeft: value - step, ArrowRight: value + step, Home: extent.from, End: extent.to }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onSeek(clamp(next));
  };
  return (
    <div
      className={styles.playhead}
      style={{ left: `${((value - extent.from) / span) * 100}%` }}
      data-testid="playhead"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={extent.from}
      aria-valuemax={extent.to}
      aria-valuenow={value}
      aria-valuetext={format(value)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
