import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { GridColumn, GridSort } from './column';
import styles from './data-grid.module.css';
import { GridHeader } from './GridHeader';
import { GridBody } from './grid-body';
import type { RowSign } from './row-pool';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What becomes of the rows that are chosen: the row alone; all up to it; it is added or taken out; they stay and only the cursor moves. */
export type Choose = 'only' | 'upTo' | 'toggle' | 'keep';

export interface DataGridHandle {
  /** Brings the row into view, `margin` rows from the edge where there is room. */
  scrollTo(position: number, margin?: number): void;
  focus(): void;
}

export interface DataGridProps<Row> {
  readonly ref?: Ref<DataGridHandle>;
  /** What a screen reader calls the grid. */
  readonly label: string;
  /** In order, visible ones only. Keep the same array while nothing changed. */
  readonly columns: readonly GridColumn<Row>[];
  readonly count: number;
  readonly rowHeight: number;
  /** Rows that went from the beginning of `list` so far: what is in view stays in view when more go. */
  readonly origin?: number;
  readonly list?: number | string;
  /** The last row stays in view. */
  readonly follow?: boolean;
  /** A person scrolled by wheel or bar; `toEnd` where the last row came into view by it. */
  onScrolled?(toEnd: boolean): void;
  /** The End key. */
  onEnd?(): void;
  /** Undefined while the row is not here; the same object for the same row. */
  rowAt(position: number): Row | undefined;
  /** Changes whenever `rowAt` may answer otherwise. */
  readonly version: number;
  /** Value of the row element's `data-tone`. */
  tone?(row: Row): string;
  sign?(row: Row): RowSign | null;
  isSelected(row: Row): boolean;
  /** Several rows can be selected: `onCursor` is told how. */
  readonly choosesMany?: boolean;
  /** Position of the row that keys start from; -1 where there is none. */
  readonly cursor: number;
  onCursor(position: number, choose: Choose): void;
  onVisible(first: number, count: number): void;
  onOpen?(position: number): void;
  /** `column` is null where no cell was meant. */
  onMenu?(position: number, column: string | null, at: Point): void;
  readonly sort?: GridSort;
  onSort?(column: string): void;
  onResize?(column: string, width: number): void;
  onFit?(column: string): void;
  onReorder?(ids: readonly string[]): void;
  onHeaderMenu?(column: string, at: Point): void;
}

/** Rows without end behind a fixed number of elements, with ARIA's grid keys. Cells are chosen with the left and right arrows. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, count, cursor, rowHeight } = props;
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const header = useRef<HTMLDivElement>(null);
  const body = useRef<GridBody<Row> | null>(null);
  const [activeCell, setActiveCell] = useState(-1);

  useLayoutEffect(() => {
    if (!root.current || !scroller.current || !spacer.current || !layer.current || !header.current) return;
    const made = new GridBody<Row>(
      { root: root.current, scroller: scroller.current, spacer: spacer.current, layer: layer.current, header: header.current },
      id,
    );
    body.current = made;
    return () => {
      made.dispose();
      body.current = null;
    };
  }, [id]);
  // Every render: `version` and the functions have no other way in, and the body draws once a frame at most.
  useLayoutEffect(() => {
    body.current?.setContent(props);
    body.current?.setCursor(cursor, activeCell);
  });
  useEffect(() => {
    setActiveCell((cell) => Math.min(cell, columns.length - 1));
  }, [columns.length]);
  useImperativeHandle(props.ref, () => ({
    scrollTo: (position, margin) => body.current?.scrollTo(position, margin),
    focus: () => root.current?.focus(),
  }));

  const { choosesMany = false } = props;
  /** Shift chooses all up to the row; Ctrl lets a key move and a click add. */
  const chooseBy = ({ shiftKey, ctrlKey, metaKey }: KeyboardEvent | MouseEvent, withCtrl: Choose): Choose =>
    !choosesMany ? 'only' : shiftKey ? 'upTo' : ctrlKey || metaKey ? withCtrl : 'only';

  const openMenu = (position: number, cell: number, at: Point | null): void => {
    const box = body.current?.pool.cellElement(position, cell)?.getBoundingClientRect();
    const point = at ?? (box ? { x: box.left + 8, y: box.bottom } : null);
    if (point) props.onMenu?.(position, columns[cell]?.id ?? null, point);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== root.current || event.altKey) return;
    const page = (body.current?.rowsInView ?? 1) - 1;
    const from = cursor < 0 ? (body.current?.firstInView ?? 0) : cursor;
    const choose = chooseBy(event, 'keep');
    const move = (position: number): void => {
      if (count === 0) return;
      const next = Math.min(Math.max(0, position), count - 1);
      body.current?.scrollTo(next);
      props.onCursor(next, choose);
    };
    const jumps: Record<string, () => void> = {
      ArrowDown: () => move(cursor < 0 ? from : cursor + 1),
      ArrowUp: () => move(cursor < 0 ? from : cursor - 1),
      PageDown: () => move(from + page),
      PageUp: () => move(from - page),
      Home: () => move(0),
      End: () => {
        move(count - 1);
        props.onEnd?.();
      },
      ArrowRight: () => setActiveCell((cell) => Math.min(cell + 1, columns.length - 1)),
      ArrowLeft: () => setActiveCell((cell) => Math.max(cell - 1, -1)),
      Enter: () => cursor >= 0 && props.onOpen?.(cursor),
      ContextMenu: () => cursor >= 0 && openMenu(cursor, activeCell, null),
    };
    const toggles = choosesMany && event.key === ' ' && event.ctrlKey && cursor >= 0;
    const isFree = event.ctrlKey && event.key.startsWith('Arrow') && !(choosesMany && /Up|Down/.test(event.key));
    const run =
      event.key === 'F10' && event.shiftKey
        ? jumps.ContextMenu
        : toggles
          ? () => props.onCursor(cursor, 'toggle')
          : isFree
            ? undefined
            : jumps[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  };

  const onMouseDown = (event: MouseEvent): void => {
    const hit = body.current?.pool.find(event.target);
    if (!hit || event.button === 1) return;
    setActiveCell(hit.cell);
    const row = props.rowAt(hit.position);
    // The menu is about all that is chosen where it is opened on one of it.
    if (event.button === 2 && choosesMany && row && props.isSelected(row)) props.onCursor(hit.position, 'keep');
    else props.onCursor(hit.position, chooseBy(event, 'toggle'));
  };

  const onContextMenu = (event: MouseEvent): void => {
    const hit = body.current?.pool.find(event.target);
    if (!hit) return;
    event.preventDefault();
    // The keyboard's menu key arrives here as well, without a place.
    openMenu(hit.position, hit.cell, { x: event.clientX, y: event.clientY });
  };

  const onMouseOver = (event: MouseEvent): void => {
    const hit = body.current?.pool.find(event.target);
    const row = hit && props.rowAt(hit.position);
    const cell = hit && body.current?.pool.cellElement(hit.position, hit.cell);
    const column = hit && columns[hit.cell];
    if (!row || !cell || !column) return;
    cell.title = column.hint?.(row) ?? (cell.scrollWidth > cell.clientWidth ? column.text(row) : '');
  };

  return (
    <div
      ref={root}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable={choosesMany || undefined}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      onKeyDown={onKeyDown}
    >
      <div className={styles.headerClip} role="rowgroup">
        <GridHeader
          ref={header}
          columns={columns}
          sort={props.sort}
          widths={() => body.current?.widths ?? []}
          onPreview={(preview) => body.current?.previewWidths(preview)}
          onSort={props.onSort}
          onResize={props.onResize}
          onFit={props.onFit}
          onReorder={props.onReorder}
          onMenu={props.onHeaderMenu}
        />
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        role="rowgroup"
        tabIndex={-1}
        onMouseDown={onMouseDown}
        onContextMenu={onContextMenu}
        onMouseOver={onMouseOver}
        onFocus={() => root.current?.focus()}
        onDoubleClick={(event) => {
          const hit = body.current?.pool.find(event.target);
          if (hit) props.onOpen?.(hit.position);
        }}
      >
        <div ref={layer} className={styles.layer} />
        <div ref={spacer} className={styles.spacer} style={{ minHeight: rowHeight }} />
      </div>
    </div>
  );
}
