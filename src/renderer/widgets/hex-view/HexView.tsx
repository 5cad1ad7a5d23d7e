import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './hex-view.module.css';

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

interface HexViewProps {
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly selected: ByteRange | null;
  readonly hovered: ByteRange | null;
  /** What was looked for: marked beside the selection, and scrolled to. */
  readonly found?: ByteRange | null;
  onSelect(offset: number): void;
  onHover(offset: number | null): void;
  onMenu(offset: number, at: { readonly x: number; readonly y: number }): void;
  /** What a screen reader says of a byte. */
  describe(offset: number): string;
}

const LINE_PX = 20;
/** A character of JetBrains Mono, 0.6 em at 11.5 px. */
const CHARACTER_PX = 11.5 * 0.6;
/** Characters of a line of 16 bytes beside its offset: gaps, bytes, the wider gap in their middle, letters. */
const WIDE_CHARACTERS = 2 + 48 + 1 + 1 + 16;
const PADDING_PX = 20;

const within = (range: ByteRange | null, offset: number): boolean =>
  range !== null && offset >= range.start && offset < range.start + range.length;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const letter = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');

/** Bytes as hex and letters, 16 (8 where there is little room) a line. Only the lines on screen exist. */
export function HexView({ label, bytes, selected, hovered, found = null, onSelect, onHover, onMenu, describe }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [perLine, setPerLine] = useState(16);
  /** Where the keys are; within the selection if there is one. */
  const [caret, setCaret] = useState(0);
  const lines = Math.ceil(bytes.length / perLine);
  const virtual = useVirtualizer({ count: lines, getScrollElement: () => scroller.current, estimateSize: () => LINE_PX, overscan: 6 });
  const digits = bytes.length > 0xffff ? 6 : 4;
  const shown = found ?? selected;
  const start = shown?.start ?? -1;
  const length = shown?.length ?? 0;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wide = (digits + WIDE_CHARACTERS) * CHARACTER_PX + PADDING_PX;
    const observer = new ResizeObserver(() => setPerLine(element.clientWidth >= wide ? 16 : 8));
    observer.observe(element);
    return () => observer.disconnect();
  }, [digits]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the selection, and once it is laid out otherwise
  useEffect(() => {
    if (start < 0 || length === 0) return;
    setCaret((at) => (at >= start && at < start + length ? at : start));
    virtual.scrollToIndex(Math.floor((start + length - 1) / perLine), { align: 'auto' });
    virtual.scrollToIndex(Math.floor(start / perLine), { align: 'auto' });
  }, [start, length, perLine, bytes]);

  const moveTo = (offset: number): void => {
    if (bytes.length === 0) return;
    const next = Math.min(Math.max(0, offset), bytes.length - 1);
    setCaret(next);
    virtual.scrollToIndex(Math.floor(next / perLine), { align: 'auto' });
    onSelect(next);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = scroller.current?.querySelector(`[data-offset="${caret}"]`)?.getBoundingClientRect();
      if (!box) return;
      event.preventDefault();
      onMenu(caret, { x: box.left, y: box.bottom });
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / LINE_PX) - 1) * perLine;
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -perLine,
      ArrowDown: perLine,
      PageUp: -page,
      PageDown: page,
    };
    const step = steps[event.key];
    if (event.ctrlKey || event.altKey || (step === undefined && event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    moveTo(event.key === 'Home' ? 0 : event.key === 'End' ? bytes.length - 1 : caret + (step ?? 0));
  };

  const offsetAt = (event: MouseEvent): number | null => {
    const offset = event.target instanceof HTMLElement ? event.target.dataset.offset : undefined;
    return offset === undefined ? null : Number(offset);
  };

  return (
    <div
      ref={scroller}
      className={styles.hex}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the bytes
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const offset = offsetAt(event);
        if (offset !== null) moveTo(offset);
      }}
      onContextMenu={(event) => {
        const offset = offsetAt(event);
        if (offset === null) return;
        event.preventDefault();
        moveTo(offset);
        onMenu(offset, { x: event.clientX, y: event.clientY });
      }}
      onMouseMove={(event) => onHover(offsetAt(event))}
      onMouseLeave={() => onHover(null)}
    >
      <span className="visually-hidden" role="status">
        {caret < bytes.length ? describe(caret) : ''}
      </span>
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} aria-hidden>
        {virtual.getVirtualItems().map(({ index, start: top }) => (
          <Line
            key={index}
            top={top}
            offset={index * perLine}
            perLine={perLine}
            digits={digits}
            bytes={bytes}
            selected={selected}
            hovered={hovered}
            found={found}
            caret={caret}
          />
        ))}
      </div>
    </div>
  );
}

interface LineProps {
  readonly top: number;
  readonly offset: number;
  readonly perLine: number;
  readonly digits: number;
  readonly bytes: Uint8Array;
  readonly selected: ByteRange | null;
  readonly hovered: ByteRange | null;
  readonly found: ByteRange | null;
  readonly caret: number;
}

function Line({ top, offset, perLine, digits, bytes, selected, hovered, found, caret }: LineProps) {
  const count = Math.min(perLine, bytes.length - offset);
  const offsets = Array.from({ length: count }, (_, index) => offset + index);
  const mark = (at: number) => ({
    'data-offset': at,
    'data-selected': within(selected, at) ? '' : undefined,
    'data-found': within(found, at) ? '' : undefined,
    'data-hovered': within(hovered, at) ? '' : undefined,
    'data-caret': at === caret ? '' : undefined,
  });
  return (
    <div className={styles.line} style={{ transform: `translateY(${top}px)` }}>
      <span className={styles.offset}>{hex(offset, digits)}</span>
      <span className={styles.bytes} style={{ width: `${perLine * 3 + (perLine === 16 ? 1 : 0)}ch` }}>
        {offsets.map((at) => (
          <span key={at} className={at % 16 === 8 && perLine === 16 ? styles.middle : styles.byte} {...mark(at)}>
            {hex(bytes[at] ?? 0, 2)}
          </span>
        ))}
      </span>
      <span className={styles.letters}>
        {offsets.map((at) => (
          <span key={at} {...mark(at)}>
            {letter(bytes[at] ?? 0)}
          </span>
        ))}
      </span>
    </div>
  );
}
