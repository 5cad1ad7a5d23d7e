import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, type Ref, useRef, useState } from 'react';
import { type GridColumn, type GridSort, reordered } from './column';
import type { Point } from './DataGrid';
import styles from './data-grid.module.css';

type Shape = Pick<GridColumn<never>, 'id' | 'title' | 'width' | 'minWidth' | 'grows' | 'align'>;

interface GridHeaderProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly columns: readonly Shape[];
  readonly sort: GridSort | undefined;
  /** Present widths, px. */
  widths(): readonly number[];
  onPreview(columns: readonly Shape[]): void;
  readonly onSort: ((column: string) => void) | undefined;
  readonly onResize: ((column: string, width: number) => void) | undefined;
  readonly onFit: ((column: string) => void) | undefined;
  readonly onReorder: ((ids: readonly string[]) => void) | undefined;
  readonly onMenu: ((column: string, at: Point) => void) | undefined;
}

const KEY_STEP_PX = 12;
/** A press that moves less is a click. */
const DRAG_THRESHOLD_PX = 5;

/**
 * Column headers: a click sorts, dragging moves, the right edge resizes, a double click fits, the menu is at the arrow or the right button.
 * By keyboard: arrows choose, Enter sorts (or opens the menu where nothing sorts), Shift with arrows resizes, Ctrl with arrows moves,
 * Shift with F10 opens the menu.
 */
export function GridHeader(props: GridHeaderProps) {
  const { columns, sort } = props;
  const [focused, setFocused] = useState(0);
  const [drag, setDrag] = useState<{ id: string; before: string | null } | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const ids = columns.map(({ id }) => id);

  const widthOf = (index: number): number => props.widths()[index] ?? columns[index]?.width ?? 0;
  const openMenu = (index: number): void => {
    const box = row.current?.children[index]?.getBoundingClientRect();
    const id = ids[index];
    if (box && id) props.onMenu?.(id, { x: box.left, y: box.bottom });
  };
  const activate = (index: number): void => {
    const id = ids[index];
    if (id && props.onSort) props.onSort(id);
    else openMenu(index);
  };
  const focus = (index: number): void => {
    const next = Math.min(Math.max(0, index), ids.length - 1);
    setFocused(next);
    (row.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const id = ids[index];
    if (!id) return;
    if (step !== 0 && event.shiftKey) props.onResize?.(id, Math.max(columns[index]?.minWidth ?? 0, widthOf(index) + step * KEY_STEP_PX));
    else if (step !== 0 && event.ctrlKey) {
      props.onReorder?.(reordered(ids, id, ids[step > 0 ? index + 2 : index - 1] ?? (step > 0 ? null : id)));
      focus(index + step);
    } else if (step !== 0) focus(index + step);
    else if (event.key === 'Enter' || event.key === ' ') activate(index);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || (event.key === 'ArrowDown' && event.altKey))
      openMenu(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const startResize = (event: PointerEvent<HTMLElement>, index: number): void => {
    event.preventDefault();
    event.stopPropagation();
    const from = event.clientX;
    const start = widthOf(index);
    const column = columns[index];
    if (!column) return;
    let width = start;
    follow(event.currentTarget, event.pointerId, {
      move: (x) => {
        width = Math.max(column.minWidth, Math.round(start + x - from));
        props.onPreview(columns.map((each, at) => (at === index ? { ...each, width, grows: false } : each)));
      },
      end: () => width !== start && props.onResize?.(column.id, width),
    });
  };

  const startDrag = (event: PointerEvent<HTMLElement>, index: number): void => {
    const id = ids[index];
    if (event.button !== 0 || !id) return;
    const from = event.clientX;
    let before: string | null = id;
    let moved = false;
    setFocused(index);
    follow(event.currentTarget, event.pointerId, {
      move: (x) => {
        moved ||= Math.abs(x - from) > DRAG_THRESHOLD_PX;
        if (!moved || !props.onReorder) return;
        const boxes = [...(row.current?.children ?? [])].map((child) => child.getBoundingClientRect());
        const at = boxes.findIndex((box) => x < box.left + box.width / 2);
        before = at < 0 ? null : (ids[at] ?? null);
        setDrag({ id, before });
      },
      end: () => {
        setDrag(null);
        if (!moved) props.onSort?.(id);
        else if (before !== id) props.onReorder?.(reordered(ids, id, before));
      },
    });
  };

  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its column headers take the focus
    <div
      ref={(element) => {
        row.current = element;
        if (typeof props.ref === 'function') props.ref(element);
        else if (props.ref) props.ref.current = element;
      }}
      className={styles.header}
      role="row"
      aria-rowindex={1}
    >
      {columns.map(({ id, title, align }, index) => (
        <div
          key={id}
          className={styles.columnHeader}
          style={{ width: `var(--width-${index})` }}
          role="columnheader"
          aria-colindex={index + 1}
          aria-sort={sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined}
          tabIndex={index === focused ? 0 : -1}
          data-align={align}
          data-column={id}
          data-dragged={drag?.id === id ? '' : undefined}
          data-drop={
            drag && drag.id !== id
              ? drag.before === id
                ? 'before'
                : drag.before === null && index === ids.length - 1
                  ? 'after'
                  : undefined
              : undefined
          }
          onKeyDown={(event) => onKeyDown(event, index)}
          onPointerDown={(event) => startDrag(event, index)}
          onDoubleClick={() => props.onFit?.(id)}
          onContextMenu={(event) => {
            event.preventDefault();
            props.onMenu?.(id, { x: event.clientX, y: event.clientY });
          }}
        >
          <span className={styles.headerText}>{title}</span>
          {sort?.column === id && (sort.descending ? <IconChevronDown size={13} aria-hidden /> : <IconChevronUp size={13} aria-hidden />)}
          {props.onMenu && (
            <button
              type="button"
              className={styles.menuButton}
              tabIndex={-1}
              aria-hidden
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => openMenu(index)}
            >
              <IconChevronDown size={14} aria-hidden />
            </button>
          )}
          {props.onResize && (
            <span
              className={styles.resizer}
              aria-hidden
              onPointerDown={(event) => startResize(event, index)}
              onDoubleClick={(event) => {
                event.stopPropagation();
                props.onFit?.(id);
              }}
            />
          )}
        </div>
      ))}
    </div>
  );
}

/** Follows one pointer until it is let go, wherever it goes. */
function follow(element: HTMLElement, pointerId: number, on: { move(x: number): void; end(): void }): void {
  const ended = new AbortController();
  const { signal } = ended;
  element.setPointerCapture(pointerId);
  element.addEventListener('pointermove', (event) => on.move(event.clientX), { signal });
  const finish = (): void => {
    ended.abort();
    on.end();
  };
  element.addEventListener('pointerup', finish, { signal });
  element.addEventListener('pointercancel', finish, { signal });
}
