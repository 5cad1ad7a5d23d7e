import { BrowserWindow, screen } from 'electron';
import { PAGE_URL } from './content';
import { writeJsonFile } from './json-file';
import { PRELOAD_ENTRY } from './paths';
import { readWindowState, SMALLEST_WINDOW, type WindowState } from './window-state';

/** The dark theme's ground, shown for the moment before the page paints. */
const BACKGROUND = '#0b0f16';
const SAVE_DELAY_MS = 500;

/** Opens the application's window where it was last, and shows it once the page has painted. `store` is where its place is kept. */
export function openWindow(store: string): BrowserWindow {
  const { maximized, ...bounds } = readWindowState(
    store,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    show: false,
    backgroundColor: BACKGROUND,
    autoHideMenuBar: true,
    title: 'Portlight',
    webPreferences: {
      preload: PRELOAD_ENTRY,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepState(window, store);
  lockDown(window);
  void window.loadURL(PAGE_URL);
  return window;
}

/** The window stays on its one page, whatever a capture makes that page contain. */
function lockDown(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
}

function keepState(window: BrowserWindow, store: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed()) writeJsonFile(store, { ...window.getNormalBounds(), maximized: window.isMaximized() } satisfies WindowState);
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}
