import { beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { frame, knocks, pcapOf } from './capture-files';
import { withCapture } from './with-capture';

describe('back and forward', () => {
  const launched = withCapture(
    'knocks.pcap',
    () => pcapOf([...knocks(), frame('10.0.0.7:40000 > 10.0.0.4:9000', new Uint8Array(900))]),
    11,
  );

  beforeAll(async () => {
    await launched.page.getByRole('button', { name: 'Packets', exact: true }).click();
    await launched.parts.selectedRow.waitFor();
  });

  const grid = (name: string) => launched.page.getByRole('grid', { name });
  const step = (name: 'Back' | 'Forward') => launched.page.getByRole('button', { name, exact: true });

  it('bring view, filter and selection back, by keys and by buttons', async () => {
    const { keyboard } = launched.page;
    await launched.parts.applyFilter('tcp.port == 80');
    await launched.parts.shows(2);
    await launched.parts.cell(2, 3).click();
    await expect.poll(() => launched.parts.selectedRow.textContent()).toMatch(/80 → 41022/);
    await keyboard.press('3');
    await grid('Flows').waitFor();
    await launched.parts.applyFilter('udp');
    await launched.parts.shows(2);

    await keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => launched.parts.filter.inputValue()).toBe('tcp.port == 80');
    await grid('Flows').waitFor();
    await keyboard.press('Alt+ArrowLeft');
    await grid('Packets').waitFor();
    await expect.poll(() => launched.parts.selectedRow.textContent()).toMatch(/80 → 41022/);

    await expect.poll(() => step('Forward').getAttribute('title')).toBe('Forward to Flows, tcp.port == 80 (Alt →)');
    await step('Forward').click();
    await grid('Flows').waitFor();
    await keyboard.press('Alt+ArrowRight');
    await expect.poll(() => launched.parts.filter.inputValue()).toBe('udp');
    await expect.poll(() => step('Forward').getAttribute('aria-disabled')).toBe('true');
  });

  it('are the buttons at the side of the mouse, too, and a run of arrow keys is one step', async () => {
    const { page } = launched;
    const { keyboard } = page;
    await launched.parts.applyFilter('');
    await launched.parts.shows(11);
    await page.getByRole('button', { name: 'Packets', exact: true }).click();
    await launched.parts.cell(1, 1).click();
    for (let row = 0; row < 4; row++) await keyboard.press('ArrowDown');
    await expect.poll(() => launched.parts.selectedRow.getAttribute('aria-rowindex')).toBe('6');
    const cdp = await page.context().newCDPSession(page);
    const mouse = async (button: 'back' | 'forward'): Promise<void> => {
      for (const type of ['mousePressed', 'mouseReleased'] as const)
        await cdp.send('Input.dispatchMouseEvent', { type, button, x: 600, y: 400, clickCount: 1 });
    };
    await mouse('back');
    await expect.poll(() => launched.parts.selectedRow.getAttribute('aria-rowindex')).toBe('2');
    await mouse('forward');
    await expect.poll(() => launched.parts.selectedRow.getAttribute('aria-rowindex')).toBe('6');
    await cdp.detach();
  });

  it('leaves first what stands over the view', async () => {
    const { page } = launched;
    await page.keyboard.press('Control+,');
    const settings = page.getByTestId('settings');
    await settings.waitFor();
    await step('Back').click();
    await settings.waitFor({ state: 'detached' });
    expect(await launched.parts.selectedRow.getAttribute('aria-rowindex')).toBe('6');
  });

  it('a value has its menu by keys: filter to this', async () => {
    const { page } = launched;
    await page.getByRole('button', { name: 'Flows', exact: true }).click();
    const cell = grid('Flows').locator('[role="row"][aria-rowindex="4"]:not([hidden]) [aria-colindex="1"]');
    await cell.click();
    const state = launched.parts.inspector.getByRole('button', { name: /^REJ/ });
    await state.focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: /Filter to this/ }).click();
    await expect.poll(() => launched.parts.filter.inputValue()).toBe('flow.state == "REJ"');
    await launched.parts.shows(6);
    await page.keyboard.press('Alt+ArrowLeft');
    await launched.parts.shows(11);

    await page.getByRole('button', { name: 'Packets', exact: true }).click();
    await launched.parts.cell(1, 1).click();
    await launched.parts.bytes.getByRole('group').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: /Filter to this eth\./ }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('have nothing that axe objects to', async () => {
    expect(await violationsOf(launched.page, 'header')).toEqual([]);
  });
});
