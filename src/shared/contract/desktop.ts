import type { Result } from '../base/result';
import type { NotificationBridge } from './notifications';
import type { ProfileBridge } from './profiles';
import type { ServerBridge } from './servers';
import type { RecentSource } from './sources';

/** What `window.portlight` offers the page: the few things that only the desktop can do. All data of captures goes over the engine port. */
export interface DesktopBridge {
  /** Asks for capture files; empty when the person cancels. */
  openFileDialog(): Promise<readonly string[]>;
  /** Asks for one file of any kind; null when the person cancels. */
  chooseFile(request: ChooseFileRequest): Promise<string | null>;
  /** Asks where a file is to be written; null when the person cancels. Nothing is written. */
  chooseSavePath(request: SavePathRequest): Promise<string | null>;
  /** Shows the file in the system's file manager; only one that was named in a dialog of this window. */
  showInFolder(path: string): Promise<void>;
  /** Files given on the command line or by the system before the page asked. Each is handed out once. */
  initialFiles(): Promise<readonly string[]>;
  /** Files given to the running application (a second start, the system's "open with"). Returns how to stop listening. */
  onOpenFiles(listener: (paths: readonly string[]) => void): () => void;
  /** The path of a dropped or chosen file; empty when it has none on disk. */
  pathForFile(file: File): string;

  /** Newest first, at most `MAX_RECENT_SOURCES`. A file or an interface may be gone by now. */
  recentSources(): Promise<readonly RecentSource[]>;
  addRecentSource(source: RecentSource): Promise<readonly RecentSource[]>;
  clearRecentSources(): Promise<void>;

  copyText(text: string): Promise<void>;
  /** Asks where, and writes. The value is the path, or null when the person cancelled. */
  saveText(request: SaveTextRequest): Promise<Result<string | null>>;
  about(): Promise<AppInfo>;

  /** The listener is called at once with the present state, then on every change. Returns how to stop listening. */
  onEngineState(listener: (state: EngineState) => void): () => void;
  /** Starts an engine that gave up (`failed`) again. */
  restartEngine(): Promise<void>;
  /** While it is held, closing the window closes nothing: the listener of `onCloseAsked` is called, and `closeWindow` closes it. */
  holdWindow(held: boolean): Promise<void>;
  onCloseAsked(listener: () => void): () => void;
  closeWindow(): Promise<void>;
  /** Entries of the application menu that the page carries out. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;

  readonly notifications: NotificationBridge;
  readonly servers: ServerBridge;
  readonly profiles: ProfileBridge;
}

export interface ChooseFileRequest {
  /** Of the dialog. */
  readonly title: string;
  readonly filters: readonly FileKind[];
  /** It begins among the person's SSH keys, which are in a folder that is hidden otherwise. */
  readonly isKey?: boolean;
}

export interface SavePathRequest {
  /** File name without a folder. */
  readonly suggestedName: string;
  readonly filters: readonly FileKind[];
}

export interface SaveTextRequest extends SavePathRequest {
  readonly text: string;
  /** The text is base64, and its bytes are written. */
  readonly isBase64?: boolean;
}

/** A line of a file dialog's type list: `{ name: 'CSV', extensions: ['csv'] }`. */
export interface FileKind {
  readonly name: string;
  readonly extensions: readonly string[];
}

export interface AppInfo {
  readonly name: string;
  readonly version: string;
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
  readonly platform: string;
}

export type EngineState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready' }
  /** It ended unexpectedly; the next start is tried after `delayMs`. What it had read is gone. */
  | { readonly phase: 'restarting'; readonly attempt: number; readonly delayMs: number; readonly exitCode: number }
  /** It ended too often in a row; nothing more is tried until `restartEngine`. */
  | { readonly phase: 'failed'; readonly exitCode: number };

export type MenuCommand =
  | 'open-file'
  | 'capture'
  | 'save-packets'
  | 'export'
  | 'replay'
  | 'find'
  | 'back'
  | 'forward'
  | 'palette'
  | 'settings'
  | 'shortcuts';

/**
 * The preload script hands the page its engine port as a window message `{ type: ENGINE_PORT_MESSAGE }` with the port in `ports[0]`, never
 * before `DOMContentLoaded`: a listener added while the page's script first runs misses none. A new port comes whenever the engine restarted.
 */
export const ENGINE_PORT_MESSAGE = 'portlight:engine-port';

declare global {
  interface Window {
    readonly portlight: DesktopBridge;
  }
}
