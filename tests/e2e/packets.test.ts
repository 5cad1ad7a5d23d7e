import { describe, expect, it } from 'vitest';
import { frame, knocks, pcapOf } from './capture-files';
import { withCapture } from './with-capture';

const [SOURCE, TIME] = [3, 2];

describe('the packets view', () => {
  const launched = withCapture('knocks.pcap', () => pcapOf(knocks()), 10);

  it('shows what the filter lets through, and everything again', async () => {
    await launched.parts.applyFilter('tcp.flags.reset == 1');
    await launched.parts.shows(3);
    await expect.poll(() => launched.parts.rows()).toHaveLength(3);
    expect(await launched.parts.rows()).toEqual([
      expect.stringMatching(/^4 .*23 → 41022 \[RST, ACK\]/),
      expect.stringMatching(/^6 .*80 → 41022/),
      expect.stringMatching(/^8 /),
    ]);
    await launched.parts.page.getByRole('button', { name: 'Clear the filter' }).click();
    await launched.parts.shows(10);
  });

  it('marks where a wrong filter is wrong and changes nothing', async () => {
    await launched.parts.applyFilter('ip.src == 10.0.0.4 && tcp.nonsense == 1');
    await expect.poll(() => launched.parts.page.getByRole('alert').textContent()).toMatch(/tcp\.nonsense/);
    expect(
      await launched.parts.page
        .getByTestId('filter-bar')
        .locator('span', { hasText: /^tcp\.nonsense$/ })
        .count(),
    ).toBe(1);
    await launched.parts.shows(10);
    await launched.parts.filter.press('Escape');
    expect(await launched.parts.filter.inputValue()).toBe('');
  });

  it('completes field names', async () => {
    await launched.parts.filter.fill('');
    await launched.parts.filter.pressSequentially('tcp.flags.re');
    await launched.parts.page.getByRole('option', { name: /tcp\.flags\.reset/ }).waitFor();
    await launched.parts.filter.press('ArrowDown');
    const chosen = await launched.parts.page.locator('[role="option"][aria-selected="true"] .mono').textContent();
    await launched.parts.filter.press('Enter');
    expect(await launched.parts.filter.inputValue()).toBe(chosen);
    await launched.parts.filter.press('Escape');
    await launched.parts.filter.press('Escape');
  });

  it('says that nothing matches, with the way back', async () => {
    await launched.parts.applyFilter('arp');
    await launched.parts.shows(0);
    await launched.parts.page.getByRole('button', { name: 'Clear filter' }).click();
    await launched.parts.shows(10);
  });

  it('filters to a cell from its menu', async () => {
    await launched.parts.cell(2, SOURCE).click({ button: 'right' });
    await launched.parts.page.getByRole('menuitem', { name: /Filter to this ip\.src/ }).click();
    await launched.parts.shows(6);
    expect(await launched.parts.filter.inputValue()).toBe('ip.src == 10.0.0.4');
    await launched.parts.cell(1, SOURCE).click({ button: 'right' });
    await launched.parts.page.getByRole('menuitem', { name: 'Exclude this' }).click();
    await launched.parts.shows(0);
    await launched.parts.page.getByRole('button', { name: 'Clear filter' }).click();
    await launched.parts.shows(10);
  });

  it('shows the fields of the selected packet, and in the bytes those of the selected field', async () => {
    await launched.parts.cell(7, SOURCE).click();
    await expect.poll(() => launched.parts.inspector.textContent()).toContain('Packet 7');
    expect(await launched.parts.inspector.textContent()).toContain('203.0.113.9');
    await launched.parts.field('tcp.dstport').click();
    await expect.poll(() => launched.parts.markedBytes()).toBe('0c ea');
    await launched.parts.field('ip').dblclick();
    await launched.parts.field('ip.src').click();
    await expect.poll(() => launched.parts.markedBytes()).toBe('cb 00 71 09');
  });

  it('selects the innermost field of a byte', async () => {
    await launched.parts.bytes.locator('[data-offset="35"]').first().click();
    await expect.poll(() => launched.parts.tree.locator('[aria-selected="true"]').getAttribute('data-name')).toBe('tcp.srcport');
    expect(await launched.parts.markedBytes()).toBe('a0 3e');
  });

  it('keeps the field selected from packet to packet', async () => {
    await launched.parts.field('tcp.dstport').click();
    await launched.parts.cell(3, SOURCE).click();
    await expect.poll(() => launched.parts.inspector.textContent()).toContain('Packet 3');
    await expect.poll(() => launched.parts.markedBytes()).toBe('00 17');
  });

  it('filters to a field from the tree', async () => {
    await launched.parts.field('tcp.dstport').click({ button: 'right' });
    await launched.parts.page.getByRole('menuitem', { name: /Filter to this tcp\.dstport == 23/ }).click();
    await launched.parts.shows(1);
    await launched.parts.page.getByRole('button', { name: 'Clear the filter' }).click();
    await launched.parts.shows(10);
  });

  it('switches the time column, moves and hides columns, and remembers it', async () => {
    const header = (name: string) => launched.parts.list.getByRole('columnheader', { name });
    await header('Time').click({ button: 'right' });
    await launched.parts.page.getByRole('menuitemcheckbox', { name: 'Seconds since the packet before' }).click();
    await expect.poll(() => launched.parts.cell(5, TIME).textContent()).toBe('0.010000');
    await header('Length').click({ button: 'right' });
    await launched.parts.page.getByRole('menuitem', { name: 'Hide this column' }).click();
    await header('Protocol').focus();
    await launched.parts.page.keyboard.press('Control+ArrowLeft');
    const titles = () => launched.parts.list.getByRole('columnheader').allTextContents();
    const expected = ['No.', 'Time', 'Source', 'Protocol', 'Destination', 'Info'];
    await expect.poll(titles).toEqual(expected);
    await launched.parts.page.reload();
    await launched.page.waitForLoadState('domcontentloaded');
    await launched.parts.shows(10);
    await expect.poll(titles).toEqual(expected);
    await header('Info').click({ button: 'right' });
    await launched.parts.page.getByRole('menuitem', { name: 'Reset columns' }).click();
    await expect.poll(titles).toHaveLength(7);
  });

  it('shows a part of the time', async () => {
    const box = await launched.parts.page.getByTestId('time-brush').boundingBox();
    if (!box) throw new Error('the time brush is not on screen');
    const drag = async (from: number, to: number) => {
      await launched.parts.page.mouse.move(box.x + box.width * from, box.y + 20);
      await launched.parts.page.mouse.down();
      await launched.parts.page.mouse.move(box.x + box.width * to, box.y + 20, { steps: 4 });
      await launched.parts.page.mouse.up();
    };
    // Packets lie at ninths of the width.
    await drag(0.3, 0.7);
    await launched.parts.shows(4);
    await launched.parts.page.getByTestId('time-brush').dblclick();
    await launched.parts.shows(10);
  });

  it('never takes what a packet says for markup', async () => {
    const evil = '<img src=x onerror="window.hacked=1">';
    const request = new TextEncoder().encode(`GET /${evil} HTTP/1.1\r\nHost: ${evil}\r\n\r\n`);
    const file = await launched.folder.write('evil.pcap', pcapOf([frame('203.0.113.9:41022 > 10.0.0.4:80 PA', request)]));
    await launched.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, file);
    await launched.parts.page.keyboard.press('Control+o');
    await launched.parts.shows(1);
    await expect.poll(async () => (await launched.parts.rows())[0]).toContain('<img');
    await expect.poll(() => launched.parts.tree.textContent()).toContain('onerror');
    expect(await launched.parts.page.evaluate(() => document.querySelector('img') === null && !('hacked' in window))).toBe(true);
  });
});
