import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

describe('what a person arranges for themselves', () => {
  let folder: CaptureFolder;
  let file: string;
  let launched: LaunchedApp;
  let parts: WindowParts;

  const launch = async (): Promise<void> => {
    launched = await launchApp({ files: [file], userData: folder.path('user'), size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
    await parts.shows(10);
  };
  const headers = (): Promise<string[]> => parts.list.getByRole('columnheader').allTextContents();
  const tones = (): Promise<(string | null)[]> =>
    parts.list.evaluate((grid) =>
      [...grid.querySelectorAll<HTMLElement>('[role="row"][aria-rowindex]:not([hidden])')]
        .filter((row) => row.querySelector('[role="gridcell"]'))
        .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map((row) => row.dataset.tone ?? null),
    );

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    file = await folder.write('knocks.pcap', pcapOf(knocks()));
    await launch();
  });
  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('shows a field in a column', async () => {
    const { page } = launched;
    await parts.field('ip').dblclick();
    await parts.field('ip.ttl').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Apply as column/ }).click();
    await expect.poll(headers).toContain('Time to Live');
    const at = (await headers()).indexOf('Time to Live') + 1;
    await expect.poll(() => parts.cell(1, at).textContent()).toMatch(/^\d+$/);
  });

  it('colours rows by a rule, in its place', async () => {
    const { page } = launched;
    const before = await tones();
    expect(before[3]).toBe('reset');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do?').fill('colouring');
    await page.getByText('Edit the colouring rules').click();
    const form = page.getByTestId('colouring-rules');
    await form.getByRole('button', { name: 'Add rule' }).click();
    await form.getByRole('textbox', { name: 'Name of rule 1', exact: true }).fill('Refused');
    await form.getByRole('textbox', { name: 'Filter of Refused' }).fill('tcp.flags.reset = ');
    await form.getByRole('alert').waitFor();
    expect(await form.getByRole('button', { name: 'Save rules' }).isDisabled()).toBe(true);
    await form.getByRole('textbox', { name: 'Filter of Refused' }).fill('tcp.flags.reset == 1');
    await form.getByRole('combobox', { name: 'Colours of Refused' }).selectOption('own');
    await form.getByLabel('Ground colour of Refused').fill('#ffe0e0');
    expect(await violationsOf(page, '[role="dialog"]')).toEqual([]);
    await form.getByRole('button', { name: 'Save rules' }).click();
    await expect.poll(tones).toEqual(before.map((tone) => (tone === 'reset' ? 'rule-0' : tone === 'tcp' ? '' : tone)));
  });

  it('saves a filter under a name', async () => {
    const { page } = launched;
    await parts.applyFilter('tcp.flags.reset == 1');
    await parts.shows(3);
    await page.keyboard.press('Control+d');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Refused doors');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Saved filters. This one is “Refused doors”' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await parts.shows(10);
  });

  it('is all there after a restart, for this profile and no other', async () => {
    await launched.close();
    await launch();
    const { page } = launched;
    expect(await headers()).toContain('Time to Live');
    await expect.poll(async () => (await tones())[3]).toBe('rule-0');
    await parts.filter.pressSequentially('doors');
    await page.getByRole('option', { name: /saved as Refused doors/ }).click();
    await parts.shows(3);
    await page.getByRole('button', { name: 'Clear the filter' }).click();

    await page.getByRole('button', { name: 'Profile: Default' }).click();
    await page.getByRole('menuitem', { name: 'New profile from this one' }).click();
    const form = page.getByTestId('profiles');
    await form.getByRole('textbox', { name: 'Name of the profile Default 2' }).fill('Lab');
    await form.getByRole('textbox', { name: 'Name of the profile Default 2' }).press('Enter');
    await page.getByRole('button', { name: 'Profile: Lab' }).waitFor();
    const hostile = await folder.write('hostile.json', '{"version":1,"portlightProfile":{"name":"<img src=x>","columns":[]}}');
    await form.getByTestId('profile-file').setInputFiles(hostile);
    await form.getByText(/This file is no profile of Portlight/).waitFor();
    expect(await violationsOf(page, '[role="dialog"]')).toEqual([]);
    await form.getByRole('button', { name: 'Done' }).click();
    await parts.list.getByRole('columnheader', { name: 'Time to Live' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Remove this column' }).click();
    await expect.poll(headers).not.toContain('Time to Live');

    await page.getByRole('button', { name: 'Profile: Lab' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Default' }).click();
    await expect.poll(headers).toContain('Time to Live');
  });
});
