import { join } from 'node:path';
import { app, type BrowserWindow, session } from 'electron';
import { CloseGuard } from './close-guard';
import { registerScheme, serveContent } from './content';
import { EngineHost } from './engine-host';
import { serveIpc } from './ipc';
import { filesFromArguments, LaunchFiles } from './launch-files';
import { installMenu } from './menu';
import { serveNotifications } from './notifications/notification-ipc';
import { startNotifications } from './notifications/start';
import { ENGINE_ENTRY } from './paths';
import { Profiles } from './profiles';
import { RecentSources } from './recent-sources';
import { SavedServers } from './saved-servers';
import { electronVault } from './secrets/electron-vault';
import { EngineSecrets } from './secrets/engine-secrets';
import { Secrets } from './secrets/secrets';
import { openWindow } from './windows';

interface SecondStart {
  readonly files: readonly string[];
}

const userData = process.env.PORTLIGHT_USER_DATA;
if (userData) app.setPath('userData', userData);

const launchFiles = new LaunchFiles();
let window: BrowserWindow | null = null;
let guard: CloseGuard | null = null;

function showWindow(): BrowserWindow {
  if (window !== null) {
    if (window.isMinimized()) window.restore();
    window.focus();
    return window;
  }
  const opened = openWindow(join(app.getPath('userData'), 'window.json'));
  opened.webContents.on('did-start-loading', () => launchFiles.release());
  opened.on('closed', () => {
    launchFiles.release();
    window = null;
    guard = null;
  });
  window = opened;
  guard = new CloseGuard(opened);
  return opened;
}

function run(): void {
  launchFiles.add(filesFromArguments(process.argv, process.cwd(), process.defaultApp));
  registerScheme();

  const secrets = new Secrets(join(app.getPath('userData'), 'secrets.json'), electronVault);
  const { center, desktop } = startNotifications({ secrets, tellEngine: (message) => engine.tell(message), showWindow });
  const engineSecrets = new EngineSecrets(secrets, (message) => engine.tell(message));
  const engine = new EngineHost(ENGINE_ENTRY, {
    greetings: () => [center.greeting, engineSecrets.greeting],
    hear: (message) => {
      center.take(message);
      engineSecrets.take(message);
    },
    ended: () => desktop.clear(),
  });
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
  // A signal or the end of the desktop's session, of which nobody is asked: what was captured is offered at the next start. On macOS it may be
  // the person's own wish as well.
  if (process.platform !== 'darwin') app.on('before-quit', () => guard?.hold(false));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    center.stop();
    engine.stop();
  });

  void app.whenReady().then(() => {
    engine.start();
    serveContent(session.defaultSession);
    const stored = (name: string): string => join(app.getPath('userData'), name);
    serveIpc({
      engine,
      launchFiles,
      recent: new RecentSources(stored('recent.json')),
      servers: new SavedServers(stored('servers.json')),
      profiles: new Profiles(stored('profiles.json')),
      guard: () => guard,
    });
    serveNotifications(center);
    installMenu(() => window);
    showWindow();
  });
}

const files = filesFromArguments(process.argv, process.cwd(), process.defaultApp);
if (app.requestSingleInstanceLock({ files } satisfies SecondStart)) run();
else app.quit();
