import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../shared/contract/desktop';
import { CHANNELS } from '../shared/contract/ipc-channels';

/**
 * The application menu. Its commands are carried out by the page. Outside macOS their keys are only shown here, because the page handles
 * them itself and would otherwise run each twice.
 */
export function installMenu(window: () => BrowserWindow | null): void {
  const command = (label: string, accelerator: string | undefined, name: MenuCommand): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => window()?.webContents.send(CHANNELS.menuCommand, name),
  });
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('&Open…', 'CmdOrCtrl+O', 'open-file'),
        command('Start or stop &capture', 'CmdOrCtrl+E', 'capture'),
        command('&Save packets as…', 'CmdOrCtrl+Shift+S', 'save-packets'),
        command('&Export…', 'CmdOrCtrl+Shift+E', 'export'),
        command('&Replay this capture', undefined, 'replay'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { label: '&Quit', accelerator: 'Ctrl+Q', click: () => window()?.close() },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        { type: 'separator' },
        command('&Filter', 'CmdOrCtrl+F', 'find'),
        command('&Command palette', 'CmdOrCtrl+K', 'palette'),
        { type: 'separator' },
        command('&Settings', 'CmdOrCtrl+,', 'settings'),
      ],
    },
    {
      label: '&View',
      submenu: [
        command('&Back', 'Alt+Left', 'back'),
        command('&Forward', 'Alt+Right', 'forward'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const)),
      ],
    },
    { role: 'windowMenu' },
    { label: '&Help', role: 'help', submenu: [command('&Keyboard shortcuts', '?', 'shortcuts')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
