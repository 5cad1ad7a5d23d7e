import { showPackets } from './picture.mjs';
/** The topology of the part of a capture in which its attacker comes: what was not there before has signs. */
export async function shootTopology(launchApp, shoot, { userData, theme, size, file }) {
  const { page, close } = await launchApp({ userData, size, files: [file] });
  await showPackets(page);
  await page.keyboard.press('8');
  await page.locator('[data-testid="topology-graph"][aria-busy="false"]').waitFor();
  await page.getByRole('slider', { name: /^Time window/ }).press('Home');
  for (let window = 0; window < 3; window++) {
    await page.getByRole('button', { name: 'One window later' }).click();
    await page.waitForTimeout(300);
  }
  await shoot(page, 'topology-window', theme, size);
  await page.getByRole('button', { name: 'Show all times', exact: true }).click();
  // Where the next pictures begin.
  await page.keyboard.press('2');
  await showPackets(page);
  await close();
}
