import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { StreamFormat, StreamPiece } from '../../../shared/contract/stream';
import { revealPacket, useSelection } from '../../stores/selection';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { characterLength, characterText, hexByte, type Line, type Piece, piecesOf, type Run } from './lines';
import styles from './stream.module.css';

const words = texts.stream;
const LINE_PX = 20;
/** A character of the monospaced font, 0.6 em at 12 px, and what stands beside the text. */
const CHARACTER_PX = 7.2;
const MARGIN_PX = 44;
const LEAST_COLUMNS = 20;

export interface LinesHandle {
  reveal(line: number): void;
}

interface LinesProps {
  readonly ref: Ref<LinesHandle>;
  readonly lines: readonly Line[];
  readonly bytes: Uint8Array;
  readonly format: StreamFormat;
  readonly marks: Uint8Array | null;
  /** Characters that a line has room for. */
  onColumns(columns: number): void;
}

/** The lines on screen. A click on one selects the packet that its first byte came in. */
export function Lines({ ref, lines, bytes, format, marks, onColumns }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 8,
  });
  const selected = useSelection((state) => state.packet);
  useImperativeHandle(ref, () => ({ reveal: (line) => virtual.scrollToIndex(line, { align: line === 0 ? 'start' : 'center' }) }), [
    virtual,
  ]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => onColumns(Math.max(LEAST_COLUMNS, Math.floor((element.clientWidth - MARGIN_PX) / CHARACTER_PX)));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // Whoever opened it reads on with the keys.
    element.focus();
    return () => observer.disconnect();
  }, [onColumns]);
  const onClick = ({ target }: MouseEvent): void => {
    const packet = target instanceof Element ? target.closest<HTMLElement>('[data-packet]')?.dataset.packet : undefined;
    // Whoever marks text does not choose a packet.
    if (packet !== undefined && window.getSelection()?.isCollapsed !== false) revealPacket(Number(packet));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the packet's button above each run does the same
    <div
      ref={scroller}
      className={`${styles.lines} selectable`}
      role="region"
      aria-label={words.content}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with the keys
      tabIndex={0}
      onClick={onClick}
    >
      {lines.length === 0 && <p className={styles.nothing}>{words.nothingHere}</p>}
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          const { sender } = line.kind === 'gap' ? line.piece : line.run;
          const packet = line.kind === 'gap' ? line.piece.packet : line.kind === 'head' ? line.run.packet : packetAt(line.run, line.start);
          return (
            <div
              key={index}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
              data-side={sender}
              data-kind={line.kind}
              data-packet={packet}
              data-selected={packet === selected ? '' : undefined}
            >
              {line.kind === 'head' && <Head run={line.run} />}
              {line.kind === 'gap' && <span className={styles.gap}>{gapText(line.piece)}</span>}
              {line.kind === 'bytes' && <Bytes line={line} bytes={bytes} format={format} marks={marks} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Head({ run: { sender, packet, lastPacket, start, end } }: { readonly run: Run }) {
  const count = formatCount(end - start);
  return (
    <>
      <span className={styles.side}>
        {words.arrows[sender]} {words.sides[sender]}
      </span>
      <button type="button" className={styles.packet} title={words.packetHint} onClick={() => revealPacket(packet)}>
        {packet === lastPacket
          ? words.packet(formatCount(packet + 1))
          : words.packets(formatCount(packet + 1), formatCount(lastPacket + 1))}
      </button>
      <span className={styles.amount}>{words.bytes(count)}</span>
    </>
  );
}

/** The packet that brought this byte. */
function packetAt({ packets, packet }: Run, at: number): number {
  let low = 0;
  let high = packets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((packets[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return packets[low - 1]?.packet ?? packet;
}

function gapText({ kind, length, loose }: StreamPiece): string {
  const count = formatCount(length);
  if (kind === 'cut') return words.cut(count);
  if (kind === 'gone') return words.gone(count);
  return loose ? words.lostLoose(count) : words.lost(count);
}

interface BytesProps {
  readonly line: Extract<Line, { kind: 'bytes' }>;
  readonly bytes: Uint8Array;
  readonly format: StreamFormat;
  readonly marks: Uint8Array | null;
}

function Bytes({ line: { run, start, end }, bytes, format, marks }: BytesProps) {
  const letters = (at: number) => {
    const length = format === 'text' ? characterLength(bytes, at, run.end) : 1;
    return { text: format === 'text' ? characterText(bytes, at, length) : letter(bytes[at] ?? 0), length };
  };
  if (format === 'text') return <Marked pieces={piecesOf(letters, start, end, marks)} />;
  const gap = format === 'hex' ? ' ' : '';
  const digits = (at: number) => ({ text: `${hexByte(bytes[at] ?? 0)}${gap}`, length: 1 });
  const hex = <Marked pieces={piecesOf(digits, start, end, marks)} />;
  if (format === 'raw') return hex;
  return (
    <>
      <span className={styles.offset}>{(run.position + start - run.start).toString(16).padStart(8, '0')}</span>
      <span className={styles.hex}>{hex}</span>
      <span>
        <Marked pieces={piecesOf(letters, start, end, marks)} />
      </span>
    </>
  );
}

const letter = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');

function Marked({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ text, mark }, index) =>
    mark === 0 ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
      <mark key={index} className={styles.match} data-current={mark === 2 ? '' : undefined}>
        {text}
      </mark>
    ),
  );
}
