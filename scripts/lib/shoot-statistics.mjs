/** Every table of the statistics in the large window, the first two in all. `shot` takes a picture of that name. */
export async function shootStatistics(page, shot, isLarge) {
  const tabs = await page.getByRole('tablist', { name: 'Statistics' }).getByRole('tab').all();
  for (const tab of isLarge ? tabs : tabs.slice(0, 2)) {
    const name = (await tab.innerText()).trim().toLowerCase().replace(' ', '-');
    await tab.click();
    if (name === 'conversations') await page.getByRole('combobox', { name: 'What talks' }).selectOption('tcp');
    if (name === 'tcp-health') await page.getByRole('combobox', { name: 'TCP health of' }).selectOption('hosts');
    await shot(`statistics-${name}`);
  }
}
