import { describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { frame, pcapOf } from './capture-files';
import { withCapture } from './with-capture';

const SCANNER = '203.0.113.9';
const SERVER = '10.0.0.4';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

/** A scan that is refused everywhere, and one packet of somebody else. */
const capture = (): Uint8Array =>
  pcapOf([
    ...PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > ${SERVER}:${port} S`), frame(`${SERVER}:${port} > ${SCANNER}:41022 RA`)]),
    frame(`10.0.0.7:40000 > ${SERVER}:9000`, new Uint8Array(90)),
  ]);
const PACKETS = 2 * PORTS.length + 1;

describe('the hosts view', () => {
  const launched = withCapture('scan.pcap', capture, PACKETS);

  const grid = () => launched.page.getByRole('grid', { name: 'Hosts' });
  const hostPage = () => launched.page.getByTestId('host-page');
  const rows = (): Promise<string[]> => grid().locator('[role="row"]:not([hidden]):has([role="gridcell"])').allInnerTexts();
  const button = (name: string) => hostPage().getByRole('button', { name, exact: true });
  const view = (name: RegExp) => launched.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name });
  const clipboard = (): Promise<string> => launched.app.evaluate(({ clipboard }) => clipboard.readText());

  it('lists all addresses, the greatest risk first, by keys alone', async () => {
    await launched.page.keyboard.press('5');
    await expect.poll(rows).toHaveLength(3);
    expect((await rows())[0]).toContain(SCANNER);
    await grid().focus();
    await launched.page.keyboard.press('Home');
    await hostPage().getByRole('heading', { name: SCANNER }).waitFor();
  });

  it('tells of the attacker: risk with reasons, alerts, ports', async () => {
    expect(Number(await launched.page.getByTestId('host-risk').innerText())).toBeGreaterThanOrEqual(50);
    await hostPage()
      .getByRole('button', { name: /^Show 4 more/ })
      .click();
    const text = await hostPage().innerText();
    for (const part of ['Its worst alert is of high severity.', '12 of its 12 attempts were refused', '8080/tcp', 'never completed']) {
      expect(text).toContain(part);
    }
    await hostPage()
      .getByRole('button', { name: /Port scan/ })
      .waitFor();
  });

  it('has nothing that axe objects to', async () => {
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });

  it('copies lines that block it and the line that undoes that, after warnings', async () => {
    const { page } = launched;
    await button('Copy a block rule…').click();
    const dialog = page.getByRole('dialog', { name: `Block ${SCANNER}` });
    const warnings = dialog.getByRole('region', { name: 'Before you block it' });
    await expect.poll(() => warnings.innerText()).toMatch(/never completed a handshake/);
    expect(await violationsOf(page, '.mantine-Modal-body')).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy the rule' }).click();
    await expect.poll(clipboard).toContain(`add element inet portlight blocked_ipv4 { ${SCANNER} }`);
    await dialog.getByRole('button', { name: 'ufw' }).click();
    await dialog.getByRole('button', { name: 'Copy the rule' }).click();
    await expect.poll(clipboard).toBe(`sudo ufw prepend deny from ${SCANNER}`);
    await dialog.getByRole('button', { name: 'Copy the undo line' }).click();
    await expect.poll(clipboard).toBe(`sudo ufw delete deny from ${SCANNER}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('is searched, and says so where nothing matches', async () => {
    const { page } = launched;
    const search = page.getByRole('searchbox');
    await search.fill('10.0.0.');
    await expect.poll(rows).toHaveLength(2);
    await search.fill('nobody');
    await page.getByRole('button', { name: 'Show all hosts' }).click();
    await expect.poll(rows).toHaveLength(3);
  });

  it('leads to its alerts, packets and peers, and an alert leads back', async () => {
    const { page } = launched;
    await hostPage().getByRole('button', { name: SERVER, exact: true }).click();
    await hostPage().getByRole('heading', { name: SERVER }).waitFor();
    await hostPage()
      .getByRole('button', { name: /Port scan/ })
      .click();
    await page
      .getByTestId('alert-detail')
      .getByRole('button', { name: new RegExp(`Open host page of ${SCANNER}`) })
      .click();
    await hostPage().getByRole('heading', { name: SCANNER }).waitFor();
    await button('Show its alerts').click();
    await expect.poll(() => page.getByLabel('Search alerts').inputValue()).toBe(SCANNER);
    await view(/^Hosts/).click();
    await button('Show its packets').click();
    await launched.parts.shows(2 * PORTS.length);
    expect(await launched.parts.filter.inputValue()).toBe(`ip.addr == ${SCANNER}`);
  });

  it('opens from a packet, and shows the hosts of the filtered packets or all', async () => {
    const { page } = launched;
    await launched.parts.cell(1, 3).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open host page' }).click();
    await hostPage().waitFor();
    await expect.poll(rows).toHaveLength(2);
    await page.getByLabel('Hosts', { exact: true }).and(page.locator('select')).selectOption({ label: 'Of the whole capture' });
    await expect.poll(rows).toHaveLength(3);
  });

  it('fits a small window', async () => {
    await launched.page.setViewportSize({ width: 1024, height: 700 });
    await hostPage().waitFor();
    expect(await launched.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024);
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });
});
