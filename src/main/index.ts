import { join } from 'node:path';
import { app, type BrowserWindow, session } from 'electron';
import { registerScheme, serveContent } from './content';
import { EngineHost } from './engine-host';
import { serveIpc } from './ipc';
import { filesFromArguments, LaunchFiles } from './launch-files';
import { installMenu } from './menu';
import { ENGINE_ENTRY } from './paths';
import { RecentFiles } from './recent-files';
import { openWindow } from './windows';

interface SecondStart {
  readonly files: readonly string[];
}

const userData = process.env.PORTLIGHT_USER_DATA;
if (userData) app.setPath('userData', userData);

const launchFiles = new LaunchFiles();
let window: BrowserWindow | null = null;

function showWindow(): void {
  if (window === null) {
    window = openWindow(join(app.getPath('userData'), 'window.json'));
    window.webContents.on('did-start-loading', () => launchFiles.release());
    window.on('closed', () => {
      launchFiles.release();
      window = null;
    });
  } else {
    if (window.isMinimized()) window.restore();
    window.focus();
  }
}

function run(): void {
  launchFiles.add(filesFromArguments(process.argv, process.cwd(), process.defaultApp));
  registerScheme();

  const engine = new EngineHost(ENGINE_ENTRY);
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    launchFiles.add((data as SecondStart).files);
    showWindow();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    launchFiles.add([path]);
    if (app.isReady()) showWindow();
  });
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => engine.stop());

  void app.whenReady().then(() => {
    engine.start();
    serveContent(session.defaultSession);
    serveIpc({ engine, launchFiles, recent: new RecentFiles(join(app.getPath('userData'), 'recent.json')) });
    installMenu(() => window);
    showWindow();
  });
}

const files = filesFromArguments(process.argv, process.cwd(), process.defaultApp);
if (app.requestSingleInstanceLock({ files } satisfies SecondStart)) run();
else app.quit();
