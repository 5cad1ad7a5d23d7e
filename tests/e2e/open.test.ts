import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaptureFolder, frame, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, type LaunchOptions, launchApp } from './harness';
import { WindowParts } from './window-parts';

describe('opening a capture', () => {
  let folder: CaptureFolder;
  let capture: string;

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    capture = await folder.write('knocks.pcap', pcapOf(knocks()));
  });

  afterAll(() => folder.remove());

  async function withWindow(options: LaunchOptions, test: (parts: WindowParts, launched: LaunchedApp) => Promise<void>): Promise<void> {
    const launched = await launchApp(options);
    try {
      await test(new WindowParts(launched.page), launched);
    } finally {
      await launched.close();
    }
  }

  const choose = ({ app }: LaunchedApp, path: string): Promise<void> =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);

  it('named on the command line shows its packets', () =>
    withWindow({ files: [capture] }, async (parts) => {
      await parts.shows(10);
      const rows = await parts.rows();
      expect(rows).toHaveLength(10);
      expect(rows[0]).toMatch(/^1 0\.000000 203\.0\.113\.9 10\.0\.0\.4 TCP 54 41022 → 22 \[SYN\]/);
      expect(rows[8]).toMatch(/DNS .*Standard query 0x9c1a A api\.example\.com/);
      expect(await parts.page.getByTestId('source').textContent()).toContain('knocks.pcap');
    }));

  it('chosen in the dialog, from the start page and again with Ctrl O', () =>
    withWindow({}, async (parts, launched) => {
      await choose(launched, capture);
      await parts.page
        .getByTestId('start-page')
        .getByRole('button', { name: /Capture file/ })
        .click();
      await parts.shows(10);
      await choose(launched, await folder.write('one.pcap', pcapOf([frame('10.0.0.1:1000 > 10.0.0.2:2000')])));
      await parts.page.keyboard.press('Control+o');
      await parts.shows(1);
      expect((await parts.rows())[0]).toContain('1000 → 2000 Len=0');
    }));

  it('dropped on the window', () =>
    withWindow({}, async (parts) => {
      const { page } = parts;
      await page.evaluate(() => {
        const input = document.createElement('input');
        input.type = 'file';
        input.id = 'dragged';
        document.body.append(input);
      });
      await page.locator('#dragged').setInputFiles(capture);
      await page.evaluate(() => {
        const input = document.querySelector<HTMLInputElement>('#dragged');
        const transfer = new DataTransfer();
        if (input?.files?.[0]) transfer.items.add(input.files[0]);
        input?.remove();
        const send = (type: string) =>
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        send('dragover');
        send('drop');
      });
      await parts.shows(10);
    }));

  it('is among the recent files of the next start', async () => {
    const userData = folder.path('user-data');
    await withWindow({ userData, files: [capture] }, (parts) => parts.shows(10));
    await withWindow({ userData }, async (parts) => {
      await parts.page.getByRole('button', { name: /knocks\.pcap/ }).click();
      await parts.shows(10);
    });
  });

  it('that is cut off keeps what came before, and says where it ends', async () => {
    const whole = pcapOf(knocks());
    const file = await folder.write('cut.pcap', whole.subarray(0, whole.length - 20));
    await withWindow({ files: [file] }, async (parts) => {
      await parts.shows(9);
      const banner = parts.page.getByTestId('damaged');
      await expect.poll(() => banner.textContent()).toMatch(/damaged.*after packet 9.*9 packets were read/);
      await banner.getByRole('button', { name: 'Details' }).click();
      expect(await parts.page.getByRole('dialog').textContent()).toMatch(/cut off/);
    });
  });

  it.each([
    ['of 0 bytes', 'nothing.pcap', '', 'empty-file', /0 bytes/],
    ['that is no capture', 'notes.pcap', 'Dear diary, today nobody knocked.\n'.repeat(9), 'not-a-capture', /not a packet capture/],
  ])('%s is refused with a reason and a way on', async (_what, name, content, code, reason) => {
    const file = await folder.write(name, content);
    await withWindow({ files: [file] }, async (parts, launched) => {
      const failed = parts.page.getByTestId('open-failed');
      await failed.waitFor();
      expect(await failed.getAttribute('data-code')).toBe(code);
      expect(await failed.textContent()).toMatch(reason);
      await failed.getByRole('button', { name: 'Copy this message' }).click();
      await expect.poll(() => launched.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(reason);
      await choose(launched, capture);
      await failed.getByRole('button', { name: 'Open another file' }).click();
      await parts.shows(10);
    });
  });

  it('that is gone is refused by name', () =>
    withWindow({ files: [folder.path('gone.pcap')] }, async (parts) => {
      const failed = parts.page.getByTestId('open-failed');
      await expect.poll(() => failed.textContent()).toMatch(/gone\.pcap could not be opened/);
    }));

  it('without packets says so', async () => {
    const file = await folder.write('header-only.pcap', pcapOf([]));
    await withWindow({ files: [file] }, async (parts) => {
      await expect.poll(() => parts.page.getByTestId('no-packets').textContent()).toMatch(/valid capture file that holds no packets/);
    });
  });

  it('is offered again when the engine ended', () =>
    withWindow({ files: [capture] }, async (parts, { app }) => {
      await parts.shows(10);
      await app.evaluate(({ app: main }) => {
        const engine = main.getAppMetrics().find((process) => process.name === 'Portlight engine');
        if (engine) process.kill(engine.pid, 'SIGKILL');
      });
      const banner = parts.page.getByTestId('engine-ended');
      await banner.waitFor({ timeout: 15_000 });
      expect(await banner.textContent()).toContain('knocks.pcap has to be read again');
      await banner.getByRole('button', { name: 'Reopen' }).click();
      await parts.shows(10);
    }));
});
