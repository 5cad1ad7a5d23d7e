// Screenshots of a followed stream: a web request as text with matches of a search, and its hex dump.
import { showPackets } from './picture.mjs';

/** The capture has an HTTP stream. */
export async function shootStream(launchApp, shoot, { userData, theme, size, file }) {
  const { page, close } = await launchApp({ userData, size, files: [file] });
  await showPackets(page);
  await page.keyboard.press('2');
  const filter = page.getByRole('combobox', { name: 'Display filter' });
  await filter.fill('http.request');
  await filter.press('Enter');
  await page.waitForTimeout(1000);
  await page.getByRole('grid').click({ position: { x: 200, y: 35 } });
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+Alt+Shift+T');
  const stream = page.getByTestId('stream');
  await stream.waitFor();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('http');
  await stream.getByText(/^\d+ of \d+$/).waitFor();
  await shoot(page, 'follow-text', theme, size);
  await stream.getByText('Hex', { exact: true }).first().click();
  await shoot(page, 'follow-hex', theme, size);
  await close();
}
