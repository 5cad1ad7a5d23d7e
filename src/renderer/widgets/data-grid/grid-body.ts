import { columnWidths, type GridColumn } from './column';
import { type RowLook, RowPool } from './row-pool';
import { clampTop, maxTop, type ScrollExtent, scrollOf, spacerHeight, topOf, topToShow } from './scroll-map';

export interface GridContent<Row> extends RowLook<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly count: number;
  readonly rowHeight: number;
  /** Rows that went from the beginning of this list so far: what is in view stays in view when more go. */
  readonly origin?: number;
  /** Which list it is: `origin` counts within one. */
  readonly list?: number | string;
  /** The last row stays in view. */
  readonly follow?: boolean;
  /** Undefined while the row is not here. */
  rowAt(position: number): Row | undefined;
  /** Rows first..first+count are on screen now. Called whenever that changes. */
  onVisible(first: number, count: number): void;
  /** A person scrolled; `toEnd` where the last row came into view by it. */
  onScrolled?(toEnd: boolean): void;
}

export interface GridElements {
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
  readonly spacer: HTMLElement;
  readonly layer: HTMLElement;
  readonly header: HTMLElement;
}

/** When none of the rows in view has come yet, what was drawn stays for so long before they are drawn empty. */
const STALE_MS = 120;
const LINE_PX = 40;

/** Scrolling and drawing of a grid's rows, apart from React: a turn of the wheel touches only the row elements. */
export class GridBody<Row> {
  readonly #elements: GridElements;
  readonly #pool: RowPool<Row>;
  readonly #resize: ResizeObserver;
  #content: GridContent<Row> | null = null;
  #view = 0;
  #width = 0;
  /** px from the first row to the top of the view; the scrollbar follows it, not the other way round. */
  #top = 0;
  #expectedScroll = 0;
  #frame = 0;
  #drawnAt = 0;
  #visible = '';
  #cursor = -1;
  #activeCell = -1;
  #widths: readonly number[] = [];
  #follows = false;

  constructor(elements: GridElements, id: string) {
    this.#elements = elements;
    this.#pool = new RowPool(elements.layer, id);
    this.#resize = new ResizeObserver(() => this.#measure());
    this.#resize.observe(elements.scroller);
    elements.scroller.addEventListener('wheel', this.#onWheel, { passive: false });
    elements.scroller.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#resize.disconnect();
    this.#elements.scroller.removeEventListener('wheel', this.#onWheel);
    this.#elements.scroller.removeEventListener('scroll', this.#onScroll);
  }

  get pool(): RowPool<Row> {
    return this.#pool;
  }

  get widths(): readonly number[] {
    return this.#widths;
  }

  get firstInView(): number {
    return Math.ceil(this.#top / (this.#content?.rowHeight ?? 1));
  }

  get rowsInView(): number {
    return Math.max(1, Math.floor(this.#view / (this.#content?.rowHeight ?? 1)));
  }

  setContent(content: GridContent<Row>): void {
    const before = this.#content;
    this.#content = content;
    this.#follows = content.follow ?? false;
    if (before && before.list === content.list) this.#top -= ((content.origin ?? 0) - (before.origin ?? 0)) * content.rowHeight;
    if (before?.columns !== content.columns) this.#layOutColumns();
    if (before?.columns !== content.columns || before.tone !== content.tone) this.#pool.forget();
    this.schedule();
  }

  setCursor(position: number, activeCell: number): void {
    this.#cursor = position;
    this.#activeCell = activeCell;
    this.schedule();
  }

  /** Widths while a column is being dragged; kept by whoever owns the columns when it ends. */
  previewWidths(columns: readonly Pick<GridColumn<Row>, 'width' | 'minWidth' | 'grows'>[]): void {
    this.#setWidths(columnWidths(columns, this.#width));
  }

  scrollTo(position: number, margin = 0): void {
    if (!this.#content) return;
    this.#follows = false;
    this.#top = topToShow(this.#extent(), this.#top, position, margin);
    this.schedule();
  }

  schedule(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  #extent(): ScrollExtent {
    return { count: this.#content?.count ?? 0, rowHeight: this.#content?.rowHeight ?? 1, view: this.#view };
  }

  #measure(): void {
    this.#view = this.#elements.scroller.clientHeight;
    this.#width = this.#elements.scroller.clientWidth;
    // The layer covers exactly the view, so that half a row at the bottom never adds to what can be scrolled.
    this.#elements.layer.style.height = `${this.#view}px`;
    this.#elements.spacer.style.marginTop = `${-this.#view}px`;
    this.#layOutColumns();
    // At once, or the new room stays empty for a frame.
    cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  #layOutColumns(): void {
    if (this.#content) this.#setWidths(columnWidths(this.#content.columns, this.#width));
  }

  #setWidths(widths: readonly number[]): void {
    this.#widths = widths;
    const { style } = this.#elements.root;
    for (const [index, width] of widths.entries()) style.setProperty(`--width-${index}`, `${width}px`);
    const total = widths.reduce((sum, width) => sum + width, 0);
    style.setProperty('--row-width', `${Math.max(total, this.#width)}px`);
  }

  readonly #onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey) return; // zoom
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? this.#view : 1;
    event.preventDefault();
    const sideways = event.shiftKey && event.deltaX === 0;
    this.#elements.scroller.scrollLeft += (sideways ? event.deltaY : event.deltaX) * unit;
    if (sideways) return;
    this.#top = clampTop(this.#extent(), this.#top + event.deltaY * unit);
    this.#scrolled();
  };

  readonly #onScroll = (): void => {
    const { scrollTop, scrollLeft } = this.#elements.scroller;
    this.#elements.header.style.transform = `translateX(${-scrollLeft}px)`;
    // A grid that became taller scrolls by itself, before it is told of its size.
    if (this.#elements.scroller.clientHeight !== this.#view) {
      this.#measure();
      return;
    }
    // Our own writes come back as events too; only a person's hand on the scrollbar moves the rows.
    if (Math.abs(scrollTop - this.#expectedScroll) < 1) return;
    this.#expectedScroll = scrollTop;
    this.#top = topOf(this.#extent(), scrollTop);
    this.#scrolled();
  };

  #scrolled(): void {
    const toEnd = this.#top >= maxTop(this.#extent()) - 1;
    this.#follows &&= toEnd;
    this.#content?.onScrolled?.(toEnd);
    this.schedule();
  }

  readonly #draw = (): void => {
    this.#frame = 0;
    const content = this.#content;
    if (!content || this.#view === 0) return;
    const { scroller, spacer, root } = this.#elements;
    const extent = this.#extent();
    const { rowHeight } = content;
    this.#top = this.#follows ? maxTop(extent) : clampTop(extent, this.#top);
    const height = `${spacerHeight(extent)}px`;
    if (spacer.style.height !== height) spacer.style.height = height;
    const scroll = scrollOf(extent, this.#top);
    if (Math.abs(scroll - this.#expectedScroll) >= 0.5 || maxTop(extent) === 0) {
      scroller.scrollTop = scroll;
      this.#expectedScroll = scroller.scrollTop;
    }
    const first = Math.floor(this.#top / rowHeight);
    const count = Math.min(content.count - first, Math.ceil((this.#top + this.#view) / rowHeight) - first);
    this.#tell(first, count);
    if (this.#mayStayStale(first, count)) {
      this.schedule();
      return;
    }
    this.#pool.prepare(Math.ceil(this.#view / rowHeight) + 2, content.columns);
    for (let position = first; position < first + count; position++) {
      const cursor = position === this.#cursor ? { cell: this.#activeCell } : null;
      this.#pool.draw(position, content.rowAt(position), Math.round(position * rowHeight - this.#top), content, cursor);
    }
    this.#pool.hideOthers(first, count);
    const inView = this.#cursor >= first && this.#cursor < first + count;
    if (inView) root.setAttribute('aria-activedescendant', this.#pool.elementId(this.#cursor, this.#activeCell));
    else root.removeAttribute('aria-activedescendant');
  };

  #tell(first: number, count: number): void {
    const visible = `${first}+${count}/${this.#content?.count} ${this.#content?.origin ?? 0}`;
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#content?.onVisible(first, count);
  }

  #mayStayStale(first: number, count: number): boolean {
    for (let position = first; position < first + count; position++) {
      if (this.#content?.rowAt(position) !== undefined) {
        this.#drawnAt = performance.now();
        return false;
      }
    }
    return count > 0 && performance.now() - this.#drawnAt < STALE_MS;
  }
}
