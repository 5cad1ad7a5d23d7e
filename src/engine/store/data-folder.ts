import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const here = (): Surroundings => ({ platform: process.platform, home: homedir(), variables: process.env });

/**
 * Where history and settings live, by each system's custom: the XDG Base Directory specification, Apple's File System Programming Guide,
 * Windows' roaming application data. PORTLIGHT_DATA overrides.
 */
export function dataFolder({ platform, home, variables }: Surroundings = here()): string {
  const { PORTLIGHT_DATA, XDG_DATA_HOME, APPDATA } = variables;
  if (PORTLIGHT_DATA) return PORTLIGHT_DATA;
  if (platform === 'win32') return join(APPDATA || join(home, 'AppData', 'Roaming'), 'Portlight');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Portlight');
  // The specification says that a relative path is to be ignored.
  return join(XDG_DATA_HOME?.startsWith('/') ? XDG_DATA_HOME : join(home, '.local', 'share'), 'portlight');
}

/** The database that is used where none is named. */
export const databaseFile = (folder: string = dataFolder()): string => join(folder, 'portlight.sqlite');
