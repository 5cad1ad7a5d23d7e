import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from './harness';

/** Only the person's choice in the system's dialog is replaced. */
describe('what the page asks of the desktop', () => {
  let launched: LaunchedApp;
  let folder: string;

  beforeAll(async () => {
    launched = await launchApp();
    folder = await launched.app.evaluate(({ app }) => app.getPath('userData'));
  });

  afterAll(() => launched.close());

  const saveAs = (filePath: string): Promise<void> =>
    launched.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: path === '', filePath: path });
    }, filePath);

  const save = (suggestedName: string): Promise<unknown> =>
    launched.page.evaluate(
      (name) =>
        window.portlight
          .saveText({ suggestedName: name, filters: [{ name: 'CSV', extensions: ['csv'] }], text: 'a,b\n' })
          .catch(() => 'refused'),
      suggestedName,
    );

  it('opens the chosen files', async () => {
    const chosen = [join(tmpdir(), 'one.pcap'), join(tmpdir(), 'two.pcapng')];
    await launched.app.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    }, chosen);
    expect(await launched.page.evaluate(() => window.portlight.openFileDialog())).toEqual(chosen);
  });

  it('writes text where the person chose', async () => {
    const path = join(folder, 'packets.csv');
    await saveAs(path);
    expect(await save('packets.csv')).toEqual({ ok: true, value: path });
    expect(await readFile(path, 'utf8')).toBe('a,b\n');
  });

  it('writes nothing when the person cancels, and says why when the place cannot be written', async () => {
    await saveAs('');
    expect(await save('packets.csv')).toEqual({ ok: true, value: null });
    await saveAs(join(folder, 'missing', 'packets.csv'));
    expect(await save('packets.csv')).toMatchObject({ ok: false, problem: { code: 'write-failed' } });
  });

  it('refuses arguments of another shape', async () => {
    expect(await save('../outside.csv')).toBe('refused');
    const added = await launched.page.evaluate(() =>
      window.portlight.addRecentSource({ kind: 'file', path: 'relative.pcap' }).catch(() => 'refused'),
    );
    expect(added).toBe('refused');
  });

  it('copies text', async () => {
    await launched.page.evaluate(() => window.portlight.copyText('10.0.0.1'));
    expect(await launched.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('10.0.0.1');
  });
});
