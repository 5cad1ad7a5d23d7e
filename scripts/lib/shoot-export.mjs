import { settle } from './picture.mjs';

/** The export of chosen packets as a table. */
export async function shootExport(launchApp, shoot, { userData, theme, size, file }) {
  const { page, close } = await launchApp({ userData, size, files: [file] });
  await settle(page);
  const filter = page.getByRole('combobox', { name: 'Display filter' });
  await filter.fill('dns');
  await filter.press('Enter');
  await settle(page);
  await page.getByRole('grid', { name: 'Packets' }).focus();
  await page.keyboard.press('Home');
  for (let rows = 0; rows < 7; rows++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'CSV' }).check();
  await settle(page);
  await shoot(page, 'export', theme, size);
  await close();
}
