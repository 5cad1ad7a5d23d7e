import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import styles from './charts.module.css';

export interface BarRow {
  readonly id: string;
  readonly label: string;
  /** Dimmed, after the label. */
  readonly detail?: string;
  /** A CSS colour of the label. */
  readonly color?: string;
  /** One text for each column after the first. */
  readonly values: readonly string[];
  /** Pieces of the bar, each from 0 to 1 of the list's width. */
  readonly parts: readonly { readonly size: number; readonly color: string }[];
  readonly hint?: string;
  /** Sums up others, so there is nothing to do with it. */
  readonly isRest?: boolean;
}

interface BarListProps {
  /** What a screen reader calls the list. */
  readonly label: string;
  /** Titles of all columns. */
  readonly columns: readonly string[];
  /** Colours that stand for a column's part of the bar, beside its title. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly rows: readonly BarRow[];
  /** A row was chosen; its menu belongs there. */
  onMenu(row: BarRow, at: { readonly x: number; readonly y: number }): void;
}

/** Names with their numbers and a bar under each. One stop for the Tab key; arrows go from row to row, Enter opens the row's menu. */
export function BarList({ label, columns, keys = {}, rows, onMenu }: BarListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState(0);
  const last = rows.findLastIndex((row) => !row.isRest);
  const stop = Math.min(focused, last);

  const focus = (index: number): void => {
    const next = Math.min(Math.max(0, index), last);
    setFocused(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const to: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last };
    const next = to[event.key];
    if (next === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    focus(next);
  };
  const open = (event: MouseEvent<HTMLElement>, row: BarRow): void => {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    // Keys arrive as clicks without a place.
    const byPointer = event.clientX > 0 || event.clientY > 0;
    onMenu(row, byPointer ? { x: event.clientX, y: event.clientY } : { x: box.left + 12, y: box.bottom });
  };

  return (
    <div className={styles.bars}>
      <div className={styles.barHeader} aria-hidden>
        {columns.map((column, index) => (
          <span key={column} className={index === 0 ? styles.barName : styles.barValue}>
            {keys[column] && <i className={styles.key} style={{ background: keys[column] }} />}
            {column}
          </span>
        ))}
      </div>
      <ul ref={list} className={styles.barRows} aria-label={label}>
        {rows.map((row, index) => (
          <li key={row.id}>
            {row.isRest ? (
              <div className={styles.barRow}>
                <BarContent row={row} columns={columns} />
              </div>
            ) : (
              <button
                type="button"
                className={styles.barRow}
                aria-haspopup="menu"
                tabIndex={index === stop ? 0 : -1}
                title={row.hint}
                onFocus={() => setFocused(index)}
                onKeyDown={(event) => onKeyDown(event, index)}
                onClick={(event) => open(event, row)}
                onContextMenu={(event) => open(event, row)}
              >
                <BarContent row={row} columns={columns} />
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function BarContent({ row, columns }: { readonly row: BarRow; readonly columns: readonly string[] }) {
  return (
    <>
      <span className={styles.barLine}>
        <span className={styles.barName} style={row.color ? { color: row.color } : undefined} data-rest={row.isRest ? '' : undefined}>
          {row.label}
          {row.detail && <span className={styles.barDetail}> {row.detail}</span>}
        </span>
        {row.values.map((value, index) => (
          <span key={columns[index + 1]} className={styles.barValue}>
            <span className="visually-hidden">{`, ${columns[index + 1] ?? ''} `}</span>
            {value}
          </span>
        ))}
      </span>
      <span className={styles.bar}>
        {row.parts
          .filter(({ size }) => size > 0)
          .map(({ size, color }) => (
            <span key={color} style={{ width: `${100 * size}%`, background: color }} />
          ))}
      </span>
    </>
  );
}
