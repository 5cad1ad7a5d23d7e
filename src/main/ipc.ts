import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  ipcMain,
  type SaveDialogOptions,
  shell,
} from 'electron';
import { fail, ok, type Result } from '../shared/base/result';
import type { AppInfo, ChooseFileRequest, FileKind, SavePathRequest, SaveTextRequest } from '../shared/contract/desktop';
import { CHANNELS } from '../shared/contract/ipc-channels';
import type { CloseGuard } from './close-guard';
import { isOwnPage } from './content';
import type { EngineHost } from './engine-host';
import { checked, isChooseFileRequest, isSavePathRequest, isSaveTextRequest, isText } from './ipc-checks';
import type { LaunchFiles } from './launch-files';
import { type Profiles, parseProfile, storedProfiles } from './profiles';
import { type RecentSources, recentSource } from './recent-sources';
import { type SavedServers, serverToSave } from './saved-servers';

const CAPTURE_FILES = [
  { name: 'Capture files', extensions: ['pcap', 'pcapng', 'cap', 'ntar', 'gz', 'zst'] },
  { name: 'All files', extensions: ['*'] },
];

export interface IpcParts {
  readonly engine: EngineHost;
  readonly recent: RecentSources;
  readonly servers: SavedServers;
  readonly profiles: Profiles;
  readonly launchFiles: LaunchFiles;
  readonly guard: () => CloseGuard | null;
}

/** Answers the page's calls. A call from any other frame, or with arguments of another shape, is refused. */
export function serveIpc({ engine, recent, servers, profiles, launchFiles, guard }: IpcParts): void {
  handle(CHANNELS.openFileDialog, async (window) => {
    const choice = await dialog.showOpenDialog(window, { properties: ['openFile', 'multiSelections'], filters: CAPTURE_FILES });
    return choice.filePaths;
  });
  handle(CHANNELS.chooseFile, (window, request) => chooseFile(window, checked(request, isChooseFileRequest)));
  handle(CHANNELS.chooseSavePath, (window, request) => chooseSavePath(window, checked(request, isSavePathRequest)));
  handle(CHANNELS.saveText, (window, request) => saveText(window, checked(request, isSaveTextRequest)));
  handle(CHANNELS.showInFolder, (_window, path) => showInFolder(checked(path, isText)));
  handle(CHANNELS.initialFiles, (window) => launchFiles.take((paths) => window.webContents.send(CHANNELS.openFiles, paths)));
  handle(CHANNELS.recentSources, () => recent.list());
  handle(CHANNELS.addRecentSource, (_window, value) => {
    const source = recentSource.parse(value);
    if (source.kind === 'file') app.addRecentDocument(source.path);
    return recent.add(source);
  });
  handle(CHANNELS.clearRecentSources, () => {
    app.clearRecentDocuments();
    recent.clear();
  });
  handle(CHANNELS.servers.list, () => servers.list());
  handle(CHANNELS.servers.save, (_window, server) => servers.save(serverToSave.parse(server)));
  handle(CHANNELS.servers.remove, (_window, id) => servers.remove(checked(id, isText)));
  handle(CHANNELS.servers.used, (_window, id) => servers.used(checked(id, isText), Date.now()));
  handle(CHANNELS.profiles.load, () => profiles.load(Date.now()));
  handle(CHANNELS.profiles.save, (_window, stored) => profiles.save(storedProfiles.parse(stored)));
  handle(CHANNELS.profiles.parse, (_window, text) => parseProfile(checked(text, isText)));
  handle(CHANNELS.copyText, (_window, text) => clipboard.writeText(checked(text, isText)));
  handle(CHANNELS.about, about);
  handle(CHANNELS.holdWindow, (_window, held) => guard()?.hold(held === true));
  handle(CHANNELS.closeWindow, () => guard()?.close());
  handle(CHANNELS.currentEngineState, () => engine.state);
  handle(CHANNELS.restartEngine, () => engine.restart());
  ipcMain.on(CHANNELS.connectEngine, (event) => {
    if (isTrusted(event)) engine.connect(event.sender);
  });
}

/** Answers this call of the application's own page, and of nothing else. */
export function handle(channel: string, answer: (window: BrowserWindow, argument: unknown) => unknown): void {
  ipcMain.handle(channel, (event, argument: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isTrusted(event) || window === null) throw new Error(`${channel} was refused`);
    return answer(window, argument);
  });
}

function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url);
}

async function chooseFile(window: BrowserWindow, { title, filters, isKey = false }: ChooseFileRequest): Promise<string | null> {
  const choice = await dialog.showOpenDialog(window, {
    title,
    properties: isKey ? ['openFile', 'showHiddenFiles'] : ['openFile'],
    filters: dialogFilters(filters),
    ...(isKey ? { defaultPath: join(homedir(), '.ssh') } : {}),
  });
  return choice.filePaths.find((path) => isAbsolute(path)) ?? null;
}

const dialogFilters = (kinds: readonly FileKind[]) => kinds.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));

async function chooseSavePath(window: BrowserWindow, { suggestedName, filters }: SavePathRequest): Promise<string | null> {
  // Only Linux has to be asked to ask.
  const properties: SaveDialogOptions['properties'] = ['showOverwriteConfirmation'];
  const choice = await dialog.showSaveDialog(window, { defaultPath: suggestedName, filters: dialogFilters(filters), properties });
  if (choice.canceled || !isAbsolute(choice.filePath)) return null;
  chosenPaths.add(choice.filePath);
  for (const oldest of chosenPaths) if (chosenPaths.size > MAX_CHOSEN_PATHS) chosenPaths.delete(oldest);
  return choice.filePath;
}

/** Files that a person named; the page may have no other shown in its folder. */
const chosenPaths = new Set<string>();
const MAX_CHOSEN_PATHS = 100;

function showInFolder(path: string): void {
  if (chosenPaths.has(path)) shell.showItemInFolder(path);
}

async function saveText(window: BrowserWindow, request: SaveTextRequest): Promise<Result<string | null>> {
  const filePath = await chooseSavePath(window, request);
  if (filePath === null) return ok(null);
  try {
    await writeFile(filePath, request.text, request.isBase64 ? 'base64' : 'utf8');
    return ok(filePath);
  } catch (error) {
    return fail(
      'write-failed',
      `${filePath} could not be written: ${error instanceof Error ? error.message : String(error)}.`,
      'Choose another folder.',
    );
  }
}

function about(): AppInfo {
  const { electron, chrome, node } = process.versions;
  return { name: app.getName(), version: app.getVersion(), electron, chrome, node, platform: process.platform };
}
