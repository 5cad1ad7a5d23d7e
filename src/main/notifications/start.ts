import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import type { NotificationSettingsMessage } from '../../shared/contract/engine-process';
import { CHANNELS } from '../../shared/contract/ipc-channels';
import type { AlertLink } from '../../shared/contract/notifications';
import type { Secrets } from '../secrets/secrets';
import { DesktopNotifications } from './desktop';
import { NotificationCenter } from './notification-center';

interface StartParts {
  readonly secrets: Secrets;
  readonly tellEngine: (message: NotificationSettingsMessage) => void;
  /** Brings the window to the front, a new one where it was closed. */
  readonly showWindow: () => BrowserWindow;
}

/** Notifications with the system's notifications and keychain, their files in the user-data folder. */
export function startNotifications({ secrets, tellEngine, showWindow }: StartParts): {
  center: NotificationCenter;
  desktop: DesktopNotifications;
} {
  const inFolder = (name: string): string => join(app.getPath('userData'), name);
  const desktop = new DesktopNotifications(
    (link) => openAlert(showWindow(), link),
    () => showWindow().show(),
  );
  const center: NotificationCenter = new NotificationCenter({
    file: inFolder('notifications.json'),
    secrets,
    desktop,
    tellEngine,
    changed: () => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send(CHANNELS.notifications.state, center.state);
    },
  });
  return { center, desktop };
}

function openAlert(window: BrowserWindow, link: AlertLink | null): void {
  const { webContents } = window;
  const send = (): void => webContents.send(CHANNELS.notifications.openAlert, link);
  if (webContents.isLoading()) {
    webContents.once('did-finish-load', send);
    return;
  }
  window.show();
  send();
}
