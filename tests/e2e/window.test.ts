import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';

describe('the window', () => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp();
  });

  afterAll(() => launched.close());

  it('opens, shows the page and is titled', async () => {
    expect(launched.app.windows()).toHaveLength(1);
    expect(await launched.page.title()).toContain('Portlight');
    const window = await launched.app.browserWindow(launched.page);
    await expect.poll(() => window.evaluate((shown) => shown.isVisible())).toBe(true);
  });

  it('keeps the page in a sandbox without Node', async () => {
    const window = await launched.app.browserWindow(launched.page);
    const preferences = await window.evaluate((shown) => {
      const contents = shown.webContents as typeof shown.webContents & { getLastWebPreferences(): Electron.WebPreferences };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    expect(preferences.webviewTag ?? false).toBe(false);
    const globals = await launched.page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis));
    expect(globals).toEqual([]);
  });

  it('lets the page load nothing from outside', async () => {
    const blocked = await launched.page.evaluate(async () => {
      const violations: string[] = [];
      const allReported = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (violations.push(event.effectiveDirective) === 3) resolve();
        });
      });
      const fetched = await fetch('https://example.com/').then(
        () => 'loaded',
        () => 'refused',
      );
      const image = await new Promise<string>((resolve) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = 'https://example.com/pixel.png';
      });
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.head.append(script);
      await allReported;
      return { fetched, image, injected: 'injected' in globalThis, violations };
    });
    expect(blocked).toMatchObject({ fetched: 'refused', image: 'refused', injected: false });
    expect(blocked.violations.toSorted()).toEqual(['connect-src', 'img-src', 'script-src-elem']);
  });

  it('refuses new windows, navigation and permissions', async () => {
    const { page, app } = launched;
    const before = page.url();
    await page.evaluate(() => {
      window.open('https://example.com/');
      location.href = 'https://example.com/';
    });
    const permission = await page.evaluate(() => Notification.requestPermission());
    expect(permission).toBe('denied');
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toBe(before);
  });

  it('serves nothing outside the folder of the page', async () => {
    const statuses = await launched.page.evaluate(async () => {
      const paths = ['/%2e%2e/main/index.js', '/..%2fmain%2findex.js', '/%2e%2e%2f%2e%2e%2fpackage.json', '/nothing.js'];
      return Promise.all(paths.map(async (path) => (await fetch(path)).status));
    });
    expect(statuses).toEqual([404, 404, 404, 404]);
  });
});

describe('what is kept between starts', () => {
  let userData: string;

  beforeAll(async () => {
    userData = await mkdtemp(join(tmpdir(), 'portlight-kept-'));
  });

  afterAll(() => rm(userData, { recursive: true, force: true }));

  it('restores place and size of the window, the view, its panes and the recent sources', async () => {
    const file = join(userData, 'some.pcap');
    await writeFile(file, pcapOf(knocks()));
    const boundsOf = async ({ app, page }: LaunchedApp) => (await app.browserWindow(page)).evaluate((shown) => shown.getNormalBounds());
    const inspectorWidth = async ({ page }: LaunchedApp) => Math.round((await page.getByTestId('inspector').boundingBox())?.width ?? 0);
    const first = await launchApp({ userData, files: [file], size: { width: 1211, height: 666 } });
    await first.page.getByTestId('inspector').waitFor();
    await first.page.keyboard.press('3');
    await first.page.getByRole('grid', { name: 'Flows' }).waitFor();
    await first.page.getByRole('separator', { name: 'Inspector' }).focus();
    const before = await inspectorWidth(first);
    await first.page.keyboard.press('ArrowLeft');
    await expect.poll(() => inspectorWidth(first)).toBeGreaterThan(before);
    const width = await inspectorWidth(first);
    await (await first.app.browserWindow(first.page)).evaluate((shown) => shown.setPosition(40, 30));
    const bounds = await boundsOf(first);
    await first.close();

    const second = await launchApp({ userData, files: [file] });
    try {
      expect(await boundsOf(second)).toEqual(bounds);
      expect(await second.page.evaluate(() => ({ width: innerWidth, height: innerHeight }))).toEqual({ width: 1211, height: 666 });
      await second.page.getByRole('grid', { name: 'Flows' }).waitFor();
      await expect.poll(() => inspectorWidth(second)).toBe(width);
      expect(await second.page.evaluate(() => window.portlight.recentSources())).toMatchObject([{ kind: 'file', path: file }]);
    } finally {
      await second.close();
    }
  });
});

describe('files', () => {
  it('given to a second start reach the window that is open', async () => {
    const userData = await mkdtemp(join(tmpdir(), 'portlight-second-'));
    const launched = await launchApp({ userData });
    try {
      const opened = launched.page.evaluate(() => new Promise<readonly string[]>((resolve) => window.portlight.onOpenFiles(resolve)));
      await expect(launchApp({ userData, files: [join(userData, 'late.pcap')] })).rejects.toThrow();
      expect(await opened).toEqual([join(userData, 'late.pcap')]);
    } finally {
      await launched.close();
      await rm(userData, { recursive: true, force: true });
    }
  });
});
