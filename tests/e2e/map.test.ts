import { describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { frame, pcapOf } from './capture-files';
import type { LaunchedApp } from './harness';
import { withCapture } from './with-capture';

const SCANNER = '8.8.8.8';
const VISITOR = '193.0.6.139';
const SERVER = '10.0.0.4';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

/** A scan out of the United States that is refused everywhere, and a visit from the Netherlands. */
const scan = (): Uint8Array =>
  pcapOf([
    ...PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > ${SERVER}:${port} S`), frame(`${SERVER}:${port} > ${SCANNER}:41022 RA`)]),
    frame(`${VISITOR}:50000 > ${SERVER}:443 S`),
    frame(`${SERVER}:443 > ${VISITOR}:50000 SA`),
  ]);

describe('the map', () => {
  const launched = withCapture('scan.pcap', scan, 2 * PORTS.length + 2);

  const world = () => launched.page.getByRole('application', { name: /^World map/ });
  const side = () => launched.page.getByTestId('map-side');
  const list = (name: string) => side().getByRole('list', { name });
  const button = (name: string | RegExp) => launched.page.getByTestId('map').getByRole('button', { name, exact: true });
  /** How many points of the canvas that arcs are drawn on are not empty. */
  const drawn = (): Promise<number> =>
    launched.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="map"] canvas[aria-hidden="true"]');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) count++;
      return count;
    });

  it('shows the world, and beside it countries, ports, alerts and events in words', async () => {
    await launched.page.keyboard.press('7');
    await world().waitFor();
    expect(await list('Countries').getByRole('button').allInnerTexts()).toEqual([
      expect.stringMatching(/^United States[\s\S]*1[\s\S]*12/),
      expect.stringMatching(/^Netherlands[\s\S]*1[\s\S]*1/),
    ]);
    expect(await list('Alert types').innerText()).toContain('Port scan');
    expect(await list('Ports').getByRole('button').count()).toBeGreaterThan(3);
    const events = await list('Latest events').getByRole('button').allInnerTexts();
    expect(events).toHaveLength(PORTS.length + 2);
    expect(events.some((text) => text.includes(VISITOR) && text.includes('TCP 443') && text.includes('Netherlands'))).toBe(true);
    expect(await launched.page.getByTestId('map').innerText()).toContain('13 of 13 flows have a place');
  });

  it('says whose data it is', async () => {
    // The database of places is opened beside the capture.
    const text = (): Promise<string> => launched.page.getByRole('region', { name: 'Legend' }).innerText();
    await expect.poll(text, { timeout: 10_000 }).toContain('DB-IP (CC BY 4.0)');
    expect(await text()).toContain('Natural Earth');
  });

  it('asks where a private server is, by keys alone, remembers it, and draws lines to it', async () => {
    expect(await launched.page.getByTestId('map').innerText()).toContain(`Where is ${SERVER}?`);
    expect(await drawn()).toBe(0);
    await button('Set home…').press('Enter');
    await launched.page.keyboard.press('Enter');
    await expect.poll(drawn).toBeGreaterThan(200);
    expect(await launched.page.getByTestId('map').innerText()).not.toContain(`Where is ${SERVER}?`);
    expect(await launched.page.getByTestId('arc-note').innerText()).toBe('Lines: the newest 14 events');
    expect(await launched.page.evaluate(() => localStorage.getItem('portlight-map-home'))).toMatch(/latitude.*longitude/);
  });

  it('has no accessibility violations', async () => {
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });

  it('shows heat with a scale in the unit that is chosen', async () => {
    await button('Heat').click();
    await launched.page.getByRole('group', { name: 'Heat by' }).getByRole('button', { name: 'Packets' }).click();
    const most = launched.page.getByTestId('heat-most');
    await expect.poll(() => most.textContent()).toBe('24 packets');
    expect(await launched.page.getByRole('region', { name: 'Legend' }).innerText()).toContain('6 packets');
    await launched.page.getByRole('group', { name: 'Heat by' }).getByRole('button', { name: 'Alerts' }).click();
    await expect.poll(() => most.textContent()).toBe('1 alert');
    await button('Countries').click();
    await most.waitFor({ state: 'detached' });
  });

  it('moves the one time range with its slider, and shows all times again', async () => {
    const slider = launched.page.getByRole('slider', { name: /^Time window/ });
    await slider.press('End');
    // The visit came last; the scan is outside of the window, here and on the strip.
    await expect.poll(() => list('Countries').getByRole('button').allInnerTexts()).toEqual([expect.stringMatching(/^Netherlands/)]);
    const start = launched.page.getByRole('slider', { name: 'Start of the time range' });
    expect(await start.getAttribute('aria-valuenow')).toBe(await slider.getAttribute('aria-valuenow'));
    const begin = Number(await slider.getAttribute('aria-valuenow'));
    await launched.page.getByRole('button', { name: 'One window earlier' }).click();
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow'))).toBeLessThan(begin);
    await launched.page.getByRole('button', { name: 'Show all times', exact: true }).click();
    await expect.poll(() => list('Countries').getByRole('button').count()).toBe(2);
    expect(await launched.page.getByTestId('time-window').innerText()).toBe('All times');
  });

  it('shades countries by what is chosen', async () => {
    const shades = launched.page.getByRole('group', { name: 'Countries by' });
    await shades.getByRole('button', { name: 'Alerts' }).click();
    expect(await shades.getByRole('button', { name: 'Alerts' }).getAttribute('aria-pressed')).toBe('true');
    expect(await launched.page.getByRole('region', { name: 'Legend' }).innerText()).toContain('By the worst alert');
  });

  it('moves and zooms by keys', async () => {
    const before = await drawnHash(launched);
    await world().focus();
    await launched.page.keyboard.press('+');
    await expect.poll(() => drawnHash(launched)).not.toBe(before);
    await button('Show the whole world').click();
  });

  it('counts what the filter shows', async () => {
    await launched.parts.applyFilter(`ip.addr == ${VISITOR}`);
    await expect.poll(() => list('Countries').getByRole('button').count()).toBe(1);
    expect(await launched.page.getByTestId('map').innerText()).toContain('Of the filtered packets');
    await expect.poll(() => list('Latest events').getByRole('button').count()).toBe(1);
    await launched.parts.applyFilter('');
    await expect.poll(() => list('Countries').getByRole('button').count()).toBe(2);
  });

  it('leads to the hosts of a country and to the page of an address', async () => {
    await list('Countries')
      .getByRole('button', { name: /^United States/ })
      .click();
    await launched.page.getByRole('menuitem', { name: 'Show the hosts in United States' }).click();
    const hosts = launched.page.getByRole('grid', { name: 'Hosts' }).locator('[role="row"]:not([hidden]):has([role="gridcell"])');
    await expect.poll(() => hosts.count()).toBe(1);
    expect(await hosts.first().innerText()).toContain(SCANNER);
    await launched.page.keyboard.press('7');
    await list('Latest events')
      .getByRole('button', { name: new RegExp(VISITOR) })
      .click();
    await launched.page.getByTestId('host-page').getByRole('heading', { name: VISITOR }).waitFor();
  });

  it('says why there is nothing where all addresses are private', async () => {
    await launched.page.keyboard.press('7');
    await world().waitFor();
    await launched.parts.applyFilter('ip.addr == 127.0.0.1');
    await launched.page.getByRole('heading', { name: 'No packet matches' }).waitFor();
    await launched.parts.applyFilter('');
    await world().waitFor();
  });
});

/** What the arcs' canvas shows, in short. */
const drawnHash = ({ page }: LaunchedApp): Promise<string> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="map"] canvas[aria-hidden="true"]');
    return canvas?.toDataURL() ?? '';
  });
