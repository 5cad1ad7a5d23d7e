import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AlertSign } from '../alert-marks/place-marks';
import { type MissingTime, MissingTimes } from '../missing-times/MissingTimes';
import { SeverityMark } from '../severity/SeverityMark';
import { followPointer } from './follow-pointer';
import { type Playhead, PlayheadHandle } from './PlayheadHandle';
import { paintBrush } from './paint';
import { type BrushRange, KEY_LEAP, KEY_STEP } from './range';
import styles from './time-brush.module.css';

interface TimeBrushProps {
  readonly label: string;
  readonly fromLabel: string;
  readonly toLabel: string;
  /** The whole width. */
  readonly extent: BrushRange;
  /** What `packets`, `shown` and `outline` are equal parts of; the axis may be ahead of them. */
  readonly drawn: BrushRange;
  readonly packets: readonly number[];
  readonly shown: readonly number[] | null;
  /** What is known to come: drawn behind the packets. */
  readonly outline?: readonly number[] | null;
  readonly range: BrushRange | null;
  /** Changes when the colours do. */
  readonly theme: string;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Signs along the upper edge. */
  readonly marks?: readonly AlertSign[];
  onMark?(id: number): void;
  /** Times in which packets are missing. */
  readonly missing?: readonly MissingTime[];
  readonly startSecond: number;
  readonly playhead?: Playhead | null;
  /** Says how many buckets suit the width. */
  onWidth(px: number): void;
  onRange(range: BrushRange | null): void;
  format(time: number): string;
}

const MIN_DRAG_PX = 4;
const EDGE_PX = 6;

type Part = 'from' | 'to' | 'new' | 'move';

/** The whole session in one strip: drag to choose a range, drag its edges or its middle to change it, double-click or Escape to drop it. */
export function TimeBrush(props: TimeBrushProps) {
  const { extent, drawn, range, packets, shown, outline = null, theme, playhead = null, onWidth, onRange } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [draft, setDraft] = useState<BrushRange | null>(null);
  const present = draft ?? range;
  const span = Math.max(1, extent.to - extent.from);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (size.width > 0) onWidth(size.width);
  }, [size.width, onWidth]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `theme` changes what the variables below hold
  useLayoutEffect(() => {
    if (!canvas.current || size.width === 0) return;
    const style = getComputedStyle(canvas.current);
    const color = (name: string): string => style.getPropertyValue(name);
    const colors = {
      area: color('--brush-area'),
      line: color('--brush-line'),
      shown: color('--brush-shown'),
      outline: color('--brush-outline'),
    };
    paintBrush(canvas.current, size.width, size.height, { packets, shown, outline }, colors);
  }, [packets, shown, outline, size, theme]);

  const shareOf = (time: number): number => ((time - extent.from) / span) * 100;
  const clamp = (time: number): number => Math.min(Math.max(extent.from, time), extent.to);
  const xOf = (time: number): number => shareOf(clamp(time));
  const ordered = (a: number, b: number): BrushRange => (a <= b ? { from: a, to: b } : { from: b, to: a });

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const element: HTMLDivElement = event.currentTarget;
    const { left, width } = element.getBoundingClientRect();
    const timeAt = (x: number): number => clamp(extent.from + ((x - left) / width) * span);
    const start = event.clientX;
    const began = timeAt(start);
    const part = partAt(start - left, width);
    if (playhead && event.altKey) {
      playhead.onSeek(began);
      return;
    }
    let next: BrushRange | null = null;
    followPointer(
      event,
      (clientX) => {
        if (next === null && Math.abs(clientX - start) < MIN_DRAG_PX) return;
        const time = timeAt(clientX);
        if (part === 'from' && range) next = ordered(time, range.to);
        else if (part === 'to' && range) next = ordered(range.from, time);
        else if (part === 'move' && range) {
          const shift = Math.min(Math.max(time - began, extent.from - range.from), extent.to - range.to);
          next = { from: range.from + shift, to: range.to + shift };
        } else next = ordered(began, time);
        setDraft(next);
      },
      (kept) => {
        setDraft(null);
        if (kept && next) onRange(next);
      },
    );
  };

  function partAt(x: number, width: number): Part {
    if (!range) return 'new';
    const from = (xOf(range.from) / 100) * width;
    const to = (xOf(range.to) / 100) * width;
    if (Math.abs(x - to) <= EDGE_PX) return 'to';
    if (Math.abs(x - from) <= EDGE_PX) return 'from';
    return x > from && x < to ? 'move' : 'new';
  }

  const onKeyDown = (event: KeyboardEvent, edge: 'from' | 'to'): void => {
    if (event.key === 'Escape' && range) {
      event.stopPropagation();
      onRange(null);
      return;
    }
    const step = span * (event.shiftKey ? KEY_LEAP : KEY_STEP);
    const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -span * KEY_LEAP, PageUp: span * KEY_LEAP }[
      event.key
    ];
    const { from, to } = range ?? extent;
    const now = edge === 'from' ? from : to;
    const next = event.key === 'Home' ? extent.from : event.key === 'End' ? extent.to : by === undefined ? null : clamp(now + by);
    if (next === null) return;
    event.preventDefault();
    onRange(edge === 'from' ? { from: Math.min(next, to), to } : { from, to: Math.max(next, from) });
  };

  const handle = (edge: 'from' | 'to', label: string) => {
    const value = (present ?? extent)[edge];
    return (
      <div
        className={styles.handle}
        data-set={present ? '' : undefined}
        style={{ left: `${xOf(value)}%` }}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={extent.from}
        aria-valuemax={extent.to}
        aria-valuenow={value}
        aria-valuetext={props.format(value)}
        onKeyDown={(event) => onKeyDown(event, edge)}
      />
    );
  };

  return (
    <div className={styles.brush} role="group" aria-label={props.label}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the two handles do the same */}
      <div
        ref={box}
        className={styles.strip}
        data-testid="time-brush"
        onPointerDown={onPointerDown}
        onDoubleClick={() => onRange(null)}
        onPointerMove={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          const part = partAt(event.clientX - left, width);
          event.currentTarget.style.cursor = part === 'new' ? 'crosshair' : part === 'move' ? 'grab' : 'ew-resize';
        }}
      >
        <div className={styles.picture} aria-hidden>
          <canvas
            ref={canvas}
            className={styles.canvas}
            style={{ left: `${shareOf(drawn.from)}%`, width: `${shareOf(drawn.to) - shareOf(drawn.from)}%` }}
          />
        </div>
        {props.missing && <MissingTimes times={props.missing} from={extent.from} to={extent.to} startSecond={props.startSecond} />}
        {present && (
          <>
            <div className={styles.outside} style={{ left: 0, width: `${xOf(present.from)}%` }} />
            <div className={styles.outside} style={{ left: `${xOf(present.to)}%`, right: 0 }} />
            <div className={styles.inside} style={{ left: `${xOf(present.from)}%`, width: `${xOf(present.to) - xOf(present.from)}%` }} />
          </>
        )}
        {props.marks?.map(({ id, at, severity, title }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: by keyboard the list of alerts does the same
          <span
            key={id}
            className={styles.mark}
            data-testid="brush-mark"
            style={{ left: `${xOf(at)}%` }}
            title={title}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => props.onMark?.(id)}
          >
            <SeverityMark severity={severity} size={9} />
          </span>
        ))}
        {handle('from', props.fromLabel)}
        {handle('to', props.toLabel)}
        {playhead && <PlayheadHandle {...playhead} extent={extent} format={props.format} />}
      </div>
      <div
        className={styles.axis}
        data-seeks={playhead ? '' : undefined}
        data-testid="brush-axis"
        title={playhead?.hint}
        aria-hidden
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          playhead?.onSeek(clamp(extent.from + ((event.clientX - left) / width) * span));
        }}
      >
        {props.ticks.map(({ at, label }) => (
          <span
            key={at}
            className={styles.tick}
            style={{ left: `${xOf(at)}%` }}
            data-edge={at === extent.from ? 'start' : at === extent.to ? 'end' : undefined}
          >
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
