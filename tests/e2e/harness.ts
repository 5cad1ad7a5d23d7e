import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { electronArguments, electronEnvironment } from '../../scripts/lib/launch.mjs';
import { ensureRuntime } from '../../scripts/lib/runtime.mjs';

export interface LaunchOptions {
  /** Absolute paths, given on the command line. */
  readonly files?: readonly string[];
  /** Kept after the test; without it each launch has an empty folder of its own. */
  readonly userData?: string;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the page, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Ends the application and removes the folder that was made for it. */
  close(): Promise<void>;
}

/** Starts the built application as `npm start` does and waits for its page. */
export async function launchApp({ files = [], userData, environment = {}, size }: LaunchOptions = {}): Promise<LaunchedApp> {
  const { executable } = await ensureRuntime();
  const ownFolder = userData === undefined ? await mkdtemp(join(tmpdir(), 'portlight-e2e-')) : null;
  const folder = userData ?? ownFolder ?? '';
  const env = electronEnvironment({ PORTLIGHT_USER_DATA: folder, PORTLIGHT_DATA: join(folder, 'history'), ...environment });
  const app = await electron.launch({ executablePath: executable, args: [...electronArguments(files)], env });
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  if (size) await resizePage(app, page, size);
  return {
    app,
    page,
    close: async () => {
      await app.close();
      if (ownFolder) await rm(ownFolder, { recursive: true, force: true });
    },
  };
}

async function resizePage(app: ElectronApplication, page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate((shown, { width, height }) => shown.setContentSize(width, height), size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
}
