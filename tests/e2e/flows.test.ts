import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, frame, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

/** Columns by their place. */
const [PROTOCOL, DESTINATION_PORT, STATE] = [1, 5, 8];

describe('the flows view', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let parts: WindowParts;
  let flows: FlowParts;

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    const capture = pcapOf([...knocks(), frame('10.0.0.7:40000 > 10.0.0.4:9000', new Uint8Array(900))]);
    launched = await launchApp({ files: [await folder.write('knocks.pcap', capture)], size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
    flows = new FlowParts(launched);
    await parts.shows(11);
    await launched.page.keyboard.press('3');
    await flows.cell(5, PROTOCOL).waitFor();
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('lists the flows in the order in which they began, with what became of each', async () => {
    expect(await flows.column(DESTINATION_PORT)).toEqual(['22', '23', '80', '3306', '53', '9000']);
    expect(await flows.column(STATE)).toEqual(['S1', 'REJ', 'REJ', 'REJ', 'S0', 'S0']);
    await flows.cell(2, STATE).hover();
    await expect.poll(() => flows.cell(2, STATE).getAttribute('title')).toMatch(/rejected/);
  });

  it('sorts by a click on a header, and the other way round by the next', async () => {
    const header = flows.header('Bytes →');
    await header.click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(async () => (await flows.column(DESTINATION_PORT))[0]).toBe('9000');
    await header.click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(async () => (await flows.column(DESTINATION_PORT)).at(-1)).toBe('9000');
    await flows.header('Start').click();
    await expect.poll(() => flows.column(DESTINATION_PORT)).toEqual(['22', '23', '80', '3306', '53', '9000']);
  });

  it('shows the selected flow in the inspector and its packets in the packet list', async () => {
    await flows.cell(2, PROTOCOL).click();
    await expect.poll(() => parts.inspector.textContent()).toMatch(/203\.0\.113\.9.*10\.0\.0\.4.*REJ/s);
    await parts.inspector.getByRole('button', { name: 'Show its packets' }).click();
    await parts.shows(2);
    expect(await parts.filter.inputValue()).toMatch(/^flow == \d+$/);
    await expect
      .poll(() => parts.rows())
      .toEqual([expect.stringMatching(/41022 → 80 \[SYN\]/), expect.stringMatching(/80 → 41022 \[RST, ACK\]/)]);
    await parts.applyFilter('');
    await parts.shows(11);
  });

  it('holds only flows of shown packets', async () => {
    await launched.page.keyboard.press('Escape');
    await flows.open();
    await parts.applyFilter('udp');
    await expect.poll(() => flows.column(DESTINATION_PORT)).toEqual(['53', '9000']);
    await parts.applyFilter('tcp.port == 1');
    await launched.page.getByText('No packet matches').waitFor();
    await launched.page.getByRole('main').getByRole('button', { name: 'Clear filter' }).click();
    await expect.poll(() => flows.column(PROTOCOL)).toHaveLength(6);
  });

  it('is worked by keys alone: order, menu, packets', async () => {
    const { keyboard } = launched.page;
    await flows.open();
    await flows.grid.focus();
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await expect.poll(() => parts.inspector.textContent()).toMatch(/port 23/);
    // The fifth cell is the destination port.
    for (let cell = 0; cell < DESTINATION_PORT; cell++) await keyboard.press('ArrowRight');
    await keyboard.press('Shift+F10');
    await launched.page.getByRole('menuitem', { name: /Filter to this tcp\.port == 23/ }).waitFor();
    await keyboard.press('Escape');
    await flows.grid.focus();
    await keyboard.press('Enter');
    await parts.shows(2);
    await parts.list.waitFor();
    await parts.applyFilter('');
    await parts.shows(11);
    await flows.open();

    const header = flows.header('Protocol');
    await header.focus();
    await keyboard.press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    await keyboard.press('Enter');
    await expect.poll(() => flows.column(PROTOCOL)).toEqual(['UDP', 'UDP', 'TCP', 'TCP', 'TCP', 'TCP']);
  });

  it('keeps order and widths for the next start', async () => {
    const header = flows.header('Host');
    await header.focus();
    await launched.page.keyboard.press('Control+ArrowLeft');
    await launched.page.reload();
    await flows.grid.waitFor();
    const titles = await flows.grid.getByRole('columnheader').allTextContents();
    expect(titles.slice(4, 8)).toEqual(['Port', 'Host', 'Service', 'State']);
    expect(await flows.header('Protocol').getAttribute('aria-sort')).toBe('descending');
  });

  it('has nothing that axe objects to', async () => {
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });
});

/** The flow list as a person sees it. */
class FlowParts {
  readonly #launched: LaunchedApp;
  readonly grid;

  constructor(launched: LaunchedApp) {
    this.#launched = launched;
    this.grid = launched.page.getByRole('grid', { name: 'Flows' });
  }

  async open(): Promise<void> {
    await this.#launched.page.getByRole('button', { name: 'Flows' }).click();
    await this.grid.waitFor();
  }

  header(title: string) {
    return this.grid.getByRole('columnheader', { name: title, exact: true });
  }

  /** `row` from 0. */
  cell(row: number, column: number) {
    return this.grid.locator(`[role="row"][aria-rowindex="${row + 2}"]:not([hidden]) [aria-colindex="${column}"]`);
  }

  /** Texts of one column from the first row on. */
  async column(column: number): Promise<string[]> {
    return this.grid.evaluate(
      (grid, column) =>
        [...grid.querySelectorAll<HTMLElement>('[role="row"]:not([hidden])')]
          .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
          .flatMap((row) => row.querySelector(`[role="gridcell"][aria-colindex="${column}"]`)?.textContent ?? []),
      column,
    );
  }
}
