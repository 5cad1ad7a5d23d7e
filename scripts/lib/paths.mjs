import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The checkout. */
export const ROOT = join(import.meta.dirname, '..', '..');

export const at = (...parts) => join(ROOT, ...parts);

/** What is worth keeping between checkouts (the Electron runtime) lives here, by each system's custom. */
export function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'portlight');
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'portlight', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'portlight');
  return join(homedir(), '.cache', 'portlight');
}

/** The Node that came with the dependencies; before they are installed, the one that runs this. */
export function toolNode() {
  const own = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/** Set-up talks on standard error only: standard output belongs to results. */
export function say(sentence) {
  process.stderr.write(`portlight: ${sentence}\n`);
}
