import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, frame, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const SCANNER = '203.0.113.9';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];
const capture = (): Uint8Array =>
  pcapOf(PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > 10.0.0.4:${port} S`), frame(`10.0.0.4:${port} > ${SCANNER}:41022 RA`)]));

const SECTIONS = ['Detection', 'Own addresses', 'Lists', 'Places', 'Storage', 'Appearance'] as const;

/** The settings as a person finds them. */
class SettingsPage {
  readonly #launched: LaunchedApp;
  constructor(launched: LaunchedApp) {
    this.#launched = launched;
  }

  get page() {
    return this.#launched.page;
  }

  get view() {
    return this.page.getByTestId('settings');
  }

  async open(section: (typeof SECTIONS)[number]): Promise<void> {
    await this.page.keyboard.press('Control+,');
    await this.view.getByRole('navigation').getByRole('button', { name: section }).click();
    await this.view.getByRole('heading', { name: section, level: 2 }).waitFor();
  }

  button(name: string | RegExp) {
    return this.view.getByRole('button', { name });
  }

  /** What the person chooses in the system's dialog. */
  async willChoose(path: string): Promise<void> {
    await this.#launched.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);
  }

  async undo(): Promise<void> {
    await this.page.getByRole('alert').getByRole('button', { name: 'Undo' }).last().click();
  }
}

describe('the settings', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let settings: SettingsPage;

  const alertsButton = () => launched.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: /^Alerts/ });
  const outdated = () => launched.page.getByTestId('outdated');
  const analyseAgain = () => outdated().getByRole('button', { name: 'Analyse again' }).click();
  const threshold = (label: string) => settings.view.getByLabel(`Port scan: ${label}`);

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    launched = await launchApp({ files: [await folder.write('scan.pcap', capture())], size: { width: 1440, height: 900 } });
    settings = new SettingsPage(launched);
    await new WindowParts(launched.page).shows(2 * PORTS.length);
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('open by a key, and close by another', async () => {
    await alertsButton().focus();
    await launched.page.keyboard.press('Control+,');
    await settings.view.waitFor();
    await expect
      .poll(() => settings.view.getByRole('textbox', { name: 'Search settings' }).evaluate((field) => field === document.activeElement))
      .toBe(true);
    await launched.page.keyboard.press('Escape');
    await settings.view.waitFor({ state: 'detached' });
    await expect.poll(() => alertsButton().evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('are searched by words', async () => {
    await settings.open('Detection');
    const search = settings.view.getByRole('textbox', { name: 'Search settings' });
    await search.fill('mmdb');
    await expect.poll(() => settings.view.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Settings', 'Places']);
    await search.fill('beac');
    await settings.view.getByRole('switch', { name: /^Beaconing/ }).waitFor();
    expect(await settings.view.getByRole('switch').count()).toBe(1);
    await search.fill('no such thing');
    await settings.view.getByText('No setting matches').waitFor();
    await launched.page.keyboard.press('Escape');
    expect(await search.inputValue()).toBe('');
  });

  it('take a threshold, tell that the alerts are older, and analyse again', async () => {
    const { page } = launched;
    await new WindowParts(page).applyFilter(`ip.src == ${SCANNER}`);
    await expect.poll(() => alertsButton().innerText()).toMatch(/1 open/);
    await settings.open('Detection');
    await settings.button(/^Port scan/).click();
    await threshold('Distinct ports of one target').fill('1000');
    await settings.view.getByText('Must be from 5 to 60.').waitFor();
    await threshold('Distinct ports of one target').fill('60');
    await threshold('Distinct ports where most fail or follow each other').fill('60');
    await threshold('Distinct ports where most fail or follow each other').press('Enter');
    // What one rule no longer takes for a scan, the patient one may still.
    await settings.view.getByRole('switch', { name: /^Slow scan/ }).click();
    await settings.view.getByText('3 changes of yours on top of the preset').waitFor();
    await settings.view.getByText('Saved').waitFor();
    await outdated().waitFor();
    expect(await alertsButton().innerText()).toMatch(/1 open/);

    await analyseAgain();
    await outdated().waitFor({ state: 'detached' });
    await expect.poll(() => alertsButton().innerText()).not.toMatch(/open/);
    // Still the same page and the same filter.
    expect(await settings.view.isVisible()).toBe(true);
    expect(await new WindowParts(page).filter.inputValue()).toBe(`ip.src == ${SCANNER}`);
    await new WindowParts(page).shows(PORTS.length);
  });

  it('are reset one by one or all at once, and that can be undone', async () => {
    await settings.button('Reset: Distinct ports of one target').click();
    await expect.poll(() => threshold('Distinct ports of one target').inputValue()).toBe('10');
    await settings.button('Reset all').click();
    await settings.view.getByText('No changes of yours on top of the preset').waitFor();
    await settings.undo();
    await settings.view.getByText('2 changes of yours on top of the preset').waitFor();
    await settings.button('Reset all').click();
    await settings.view.getByText('No changes of yours on top of the preset').waitFor();
    await analyseAgain();
    await expect.poll(() => alertsButton().innerText()).toMatch(/1 open/);
  });

  it('switch a rule off and choose a preset by keys alone', async () => {
    const { page } = launched;
    const rule = settings.view.getByRole('switch', { name: /^Port scan/ });
    await rule.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => rule.getAttribute('aria-checked')).toBe('false');
    await settings.view.getByRole('radio', { name: /^Balanced/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => settings.view.getByRole('radio', { name: /^Everything/ }).isChecked()).toBe(true);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => settings.view.getByRole('radio', { name: /^Balanced/ }).isChecked()).toBe(true);
    await rule.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => rule.getAttribute('aria-checked')).toBe('true');
    await outdated().waitFor({ state: 'detached' });
  });

  it('say which line is no address, and keep those that are', async () => {
    await settings.open('Own addresses');
    const area = settings.view.getByLabel('Addresses and prefixes, one a line');
    await area.fill('198.51.100.7\nmy server\n10.0.0.0/40\n');
    await settings.view.getByText('Line 2: This is not an IPv4 or IPv6 address.').waitFor();
    await settings.view.getByText('Line 3: A prefix ends in a number from 0 to 32 behind the slash.').waitFor();
    expect(await settings.button('Save').isDisabled()).toBe(true);
    await area.fill('198.51.100.7\n2001:db8::/32');
    await settings.button('Save').click();
    await settings.view.getByText('2 addresses and prefixes').waitFor();
    await area.fill('');
    await settings.button('Save').click();
    await settings.view.getByText('None named').waitFor();
  });

  it('import a list, remove it, and bring it back', async () => {
    await settings.open('Lists');
    const path = folder.path('bad.netset');
    await writeFile(path, `# name: Bad hosts\n${SCANNER}\nwhat is this?\n`);
    await settings.willChoose(path);
    await settings.button('Import a list…').click();
    const imported = settings.view.getByRole('listitem').filter({ hasText: 'Bad hosts' });
    await expect.poll(() => imported.innerText()).toMatch(/Yours[\s\S]*Blocklist · 1 entry · 1 line not understood/);
    await outdated().waitFor();
    await imported.getByRole('button', { name: 'Remove Bad hosts' }).click();
    await imported.waitFor({ state: 'detached' });
    await settings.undo();
    await imported.waitFor();
    await imported.getByRole('button', { name: 'Remove Bad hosts' }).click();
    await imported.waitFor({ state: 'detached' });
    await settings.willChoose(await folder.write('binary.txt', new Uint8Array([0, 1, 2])));
    await settings.button('Import a list…').click();
    await launched.page.getByText('binary.txt is not a text file.').waitFor();
  });

  it('name the database of places and refuse what is none', async () => {
    await settings.open('Places');
    await settings.view.getByText('DB-IP City Lite', { exact: true }).waitFor();
    await settings.view.getByText('IP Geolocation by DB-IP').waitFor();
    await settings.willChoose(folder.path('scan.pcap'));
    await settings.button('Choose an .mmdb file…').click();
    await launched.page.getByRole('alert').filter({ hasText: 'Not saved' }).last().waitFor();
    await settings.view.getByText('DB-IP City Lite', { exact: true }).waitFor();
  });

  it('keep days and space, and delete the history only after asking', async () => {
    await settings.open('Storage');
    const flows = settings.view.getByLabel('Flows, days');
    await flows.fill('5');
    await flows.press('Enter');
    await settings.view.getByText('Saved').waitFor();
    const minutes = settings.view.getByLabel('Traffic by the minute, days');
    await minutes.fill('400');
    await minutes.press('Enter');
    await launched.page.getByText('must be kept at least as long').waitFor();
    await expect.poll(() => minutes.inputValue()).toBe('7');
    await settings.button('Delete…').click();
    const dialog = launched.page.getByRole('dialog', { name: 'Delete history?' });
    await dialog.getByLabel('Delete captures that were').selectOption({ label: 'ever opened: everything' });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await launched.page.getByText('1 capture was forgotten').waitFor();
    await settings.view.getByText('0 captures').waitFor();
  });

  it('ask for files by a dialog that takes nothing else', async () => {
    const ask = (request: unknown): Promise<unknown> =>
      launched.page.evaluate(
        (value) => window.portlight.chooseFile(value as { title: string; filters: [] }).catch(() => 'refused'),
        request,
      );
    await settings.willChoose(folder.path('scan.pcap'));
    expect(await ask({ title: 'A list', filters: [] })).toBe(folder.path('scan.pcap'));
    await settings.willChoose('relative/path');
    expect(await ask({ title: 'A list', filters: [] })).toBeNull();
    for (const wrong of [null, {}, { title: 1, filters: [] }, { title: 'A list', filters: [{ name: 'x' }] }])
      expect(await ask(wrong)).toBe('refused');
  });

  it('lead from an alert to the thresholds of its rule', async () => {
    const { page } = launched;
    await alertsButton().click();
    await page.getByRole('grid', { name: 'Alerts' }).getByText(SCANNER, { exact: true }).click();
    await page.getByRole('button', { name: 'Thresholds of this rule…' }).click();
    await threshold('Distinct ports of one target').waitFor();
    expect(await settings.view.getByRole('switch').count()).toBe(1);
  });

  it.each(['Light', 'High contrast', 'Dark'])('have nothing that axe objects to: %s', async (theme) => {
    const { page } = launched;
    await settings.open('Appearance');
    await settings.view.getByLabel('Theme').selectOption({ label: theme });
    for (const section of SECTIONS) {
      await settings.open(section);
      if (section === 'Detection') {
        await settings.button(/^Port scan/).click();
        await threshold('Counted over').fill('1');
      }
      expect([section, await violationsOf(page, 'main')]).toEqual([section, []]);
      if (section === 'Detection') await threshold('Counted over').press('Escape');
    }
  });
});

it('the settings are there without a capture, and what was set is there after a restart', async () => {
  const folder = await CaptureFolder.make();
  const start = () => launchApp({ userData: folder.path('user-data'), size: { width: 1024, height: 700 } });
  try {
    const first = await start();
    await first.page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
    await first.page
      .getByTestId('settings')
      .getByRole('radio', { name: /^Quiet/ })
      .click();
    await first.page.getByTestId('settings').getByText('Saved').waitFor();
    await first.page.getByRole('button', { name: 'Close the settings' }).click();
    await first.page.getByTestId('start-page').waitFor();
    await first.close();

    const second = await start();
    await second.page.keyboard.press('Control+,');
    await expect.poll(() => second.page.getByRole('radio', { name: /^Quiet/ }).isChecked()).toBe(true);
    await second.close();
  } finally {
    await folder.remove();
  }
});
