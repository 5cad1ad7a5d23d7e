import type { GridColumn } from './column';
import styles from './data-grid.module.css';

/** A sign at the beginning of a row: `name` is the value of the row element's `data-sign`, `label` what a screen reader says. */
export interface RowSign {
  readonly name: string;
  readonly label: string;
}

export interface RowLook<Row> {
  readonly columns: readonly GridColumn<Row>[];
  tone?(row: Row): string;
  /** The same object for the same sign. */
  sign?(row: Row): RowSign | null;
  isSelected(row: Row): boolean;
}

interface Slot<Row> {
  readonly element: HTMLDivElement;
  readonly cells: HTMLDivElement[];
  position: number;
  row: Row | undefined;
  y: number;
  tone: string;
  sign: RowSign | null;
  selected: boolean;
  /** Keys start from it, though it is not selected. */
  isCursor: boolean;
  activeCell: number;
}

const className = (name: string): string => styles[name] ?? '';

/** The few row elements of a grid, used again and again: a row that comes into view takes the place of one that left it. */
export class RowPool<Row> {
  readonly #layer: HTMLElement;
  readonly #id: string;
  #slots: Slot<Row>[] = [];
  #columns: readonly GridColumn<Row>[] = [];

  constructor(layer: HTMLElement, id: string) {
    this.#layer = layer;
    this.#id = id;
  }

  /** Makes room for so many rows of these columns. */
  prepare(rows: number, columns: readonly GridColumn<Row>[]): void {
    if (rows === this.#slots.length && columns === this.#columns) return;
    this.#columns = columns;
    this.#layer.textContent = '';
    this.#slots = Array.from({ length: rows }, (_, index) => this.#makeSlot(index));
    this.#layer.append(...this.#slots.map((slot) => slot.element));
  }

  /** Everything is drawn anew at the next `draw`, even rows that are the same objects. */
  forget(): void {
    for (const slot of this.#slots) slot.row = undefined;
  }

  /** `cursor`: keys start from this row, and from this cell of it (-1: from none). */
  draw(position: number, row: Row | undefined, y: number, look: RowLook<Row>, cursor: { readonly cell: number } | null): void {
    const slot = this.#slots[position % this.#slots.length];
    if (!slot) return;
    if (slot.y !== y) {
      slot.y = y;
      slot.element.style.transform = `translateY(${y}px)`;
    }
    if (slot.position !== position) {
      slot.position = position;
      slot.element.setAttribute('aria-rowindex', String(position + 2));
    }
    if (slot.row !== row || row === undefined) this.#fill(slot, row, look);
    const selected = row !== undefined && look.isSelected(row);
    if (slot.selected !== selected) {
      slot.selected = selected;
      slot.element.setAttribute('aria-selected', String(selected));
    }
    const isCursor = cursor !== null && !selected && row !== undefined;
    if (slot.isCursor !== isCursor) {
      slot.isCursor = isCursor;
      slot.element.toggleAttribute('data-cursor', isCursor);
    }
    const active = row === undefined || cursor === null ? -1 : cursor.cell;
    if (slot.activeCell !== active) {
      slot.cells[slot.activeCell]?.removeAttribute('data-active');
      slot.cells[active]?.setAttribute('data-active', '');
      slot.activeCell = active;
    }
  }

  /** Hides the slots that hold no row of first..first+count. */
  hideOthers(first: number, count: number): void {
    for (const slot of this.#slots) {
      const hidden = slot.position < first || slot.position >= first + count;
      if (slot.element.hidden !== hidden) slot.element.hidden = hidden;
    }
  }

  elementId(position: number, cell: number): string {
    const slot = position % this.#slots.length;
    return cell >= 0 ? `${this.#id}-${slot}-${cell}` : `${this.#id}-${slot}`;
  }

  /** Which row and cell an element belongs to. */
  find(target: EventTarget | null): { position: number; cell: number } | null {
    if (!(target instanceof Element)) return null;
    const slot = this.#slots.find(({ element }) => element.contains(target));
    if (!slot || slot.element.hidden) return null;
    return { position: slot.position, cell: slot.cells.findIndex((cell) => cell.contains(target)) };
  }

  cellElement(position: number, cell: number): HTMLElement | undefined {
    const slot = this.#slots[position % this.#slots.length];
    return slot?.position === position ? (slot.cells[cell] ?? slot.element) : undefined;
  }

  #makeSlot(index: number): Slot<Row> {
    const element = document.createElement('div');
    element.className = className('row');
    element.id = `${this.#id}-${index}`;
    element.setAttribute('role', 'row');
    element.hidden = true;
    const cells = this.#columns.map((column, at) => {
      const cell = document.createElement('div');
      cell.className = className('cell');
      cell.id = `${this.#id}-${index}-${at}`;
      cell.setAttribute('role', 'gridcell');
      cell.setAttribute('aria-colindex', String(at + 1));
      cell.style.width = `var(--width-${at})`;
      if (column.align) cell.dataset.align = column.align;
      return cell;
    });
    element.append(...cells);
    return {
      element,
      cells,
      position: -1,
      row: undefined,
      y: Number.NaN,
      tone: '',
      sign: null,
      selected: false,
      isCursor: false,
      activeCell: -1,
    };
  }

  #fill(slot: Slot<Row>, row: Row | undefined, look: RowLook<Row>): void {
    slot.row = row;
    const tone = row === undefined ? 'pending' : (look.tone?.(row) ?? '');
    if (slot.tone !== tone) {
      slot.tone = tone;
      slot.element.dataset.tone = tone;
    }
    const sign = row === undefined ? null : (look.sign?.(row) ?? null);
    if (slot.sign !== sign) {
      slot.sign = sign;
      if (sign === null) {
        delete slot.element.dataset.sign;
        slot.element.removeAttribute('aria-description');
      } else {
        slot.element.dataset.sign = sign.name;
        slot.element.setAttribute('aria-description', sign.label);
      }
    }
    for (const [index, cell] of slot.cells.entries()) {
      const column = look.columns[index];
      // Always text, never markup: it comes from packets.
      const text = row === undefined || !column ? '' : column.text(row);
      if (cell.firstChild === null) cell.append(text);
      else if (cell.firstChild.nodeValue !== text) cell.firstChild.nodeValue = text;
      cell.style.color = (row !== undefined && column?.color?.(row)) || '';
    }
  }
}
