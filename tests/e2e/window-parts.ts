import type { Locator, Page } from 'playwright-core';

/** The parts of the window that tests look at and touch, by what a person would call them. */
export class WindowParts {
  readonly page: Page;
  readonly list: Locator;
  readonly selectedRow: Locator;
  readonly filter: Locator;
  readonly tree: Locator;
  readonly bytes: Locator;
  readonly inspector: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('grid', { name: 'Packets' });
    this.selectedRow = this.list.locator('[role="row"][aria-selected="true"]:not([hidden])');
    this.filter = page.getByRole('combobox', { name: 'Display filter' });
    this.tree = page.getByRole('tree', { name: 'Fields of the packet' });
    this.bytes = page.getByTestId('packet-bytes');
    this.inspector = page.getByTestId('inspector');
    this.status = page.getByTestId('status');
  }

  /** Rows on screen from top to bottom, cells joined by spaces. */
  async rows(): Promise<string[]> {
    return this.list.evaluate((grid) =>
      [...grid.querySelectorAll<HTMLElement>('[role="row"][aria-rowindex]:not([hidden])')]
        .filter((row) => row.querySelector('[role="gridcell"]'))
        .sort((a, b) => Number(a.ariaRowIndex ?? a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map((row) => [...row.children].map((cell) => cell.textContent).join(' ')),
    );
  }

  cell(row: number, column: number): Locator {
    return this.list.locator(`[role="row"][aria-rowindex="${row + 1}"]:not([hidden]) [aria-colindex="${column}"]`);
  }

  field(name: string): Locator {
    return this.tree.locator(`[data-name="${name}"]`);
  }

  /** Hex of the bytes that are marked. */
  async markedBytes(): Promise<string> {
    const marked = await this.bytes.locator('[data-offset][data-selected]').allTextContents();
    // Each byte is there twice, in hex and as a letter.
    return marked.filter((text) => /^[0-9a-f]{2}$/.test(text)).join(' ');
  }

  async applyFilter(text: string): Promise<void> {
    await this.filter.fill(text);
    await this.filter.press('Enter');
  }

  async shows(packets: number): Promise<void> {
    await this.status.filter({ hasText: new RegExp(`(?<![\\d,])${packets.toLocaleString('en-US')} shown`) }).waitFor();
  }
}
