import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, cacheFolder, say, toolNode } from './paths.mjs';

const PACKAGE = at('node_modules', 'electron');
/** A download that brings no byte for this long is given up. */
const STALL_MS = 20_000;
const LONGEST_MS = 15 * 60_000;
/** A closed machine is not asked again for this long. */
const RETRY_MS = 24 * 3600_000;

const version = () => JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version;
const failureMark = () => join(cacheFolder(), `electron-${version()}.unreachable`);

/** The Electron that the `electron` package fetched, or null while it has not. */
export function findOfficial() {
  try {
    if (
      readFileSync(join(PACKAGE, 'dist', 'version'), 'utf8')
        .replace(/^v/, '')
        .trim() !== version()
    )
      return null;
    const executable = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8'));
    return existsSync(executable) ? { executable, version: version(), official: true } : null;
  } catch {
    return null;
  }
}

/** Lets the `electron` package fetch its binary, unless that failed within the last day. */
export async function fetchOfficial() {
  if (failedLately()) return null;
  say(`fetching Electron ${version()} from its publisher`);
  const found = (await install()) ? findOfficial() : null;
  if (found === null) {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(failureMark(), '');
    say('its publisher cannot be reached from here; not asked again for a day');
  } else {
    rmSync(failureMark(), { force: true });
  }
  return found;
}

/** True when the publisher could not be reached within the last day. */
export function failedLately() {
  const stat = statSync(failureMark(), { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < RETRY_MS;
}

/** Resolves to true when the package's own install step succeeded; ends it when nothing arrives any more. */
function install() {
  // The step downloads into the system's temporary folder: one of its own lets us see whether bytes still arrive.
  const temporary = mkdtempSync(join(tmpdir(), 'portlight-electron-'));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  delete env.ELECTRON_SKIP_BINARY_DOWNLOAD;
  return new Promise((resolve) => {
    const child = spawn(toolNode(), [join(PACKAGE, 'install.js')], { stdio: 'ignore', env });
    const started = Date.now();
    let arrived = 0;
    let lastChange = started;
    const timer = setInterval(() => {
      const size = sizeOf(temporary) + sizeOf(join(PACKAGE, 'dist'));
      if (size !== arrived) lastChange = Date.now();
      arrived = size;
      if (Date.now() - lastChange > STALL_MS || Date.now() - started > LONGEST_MS) child.kill('SIGKILL');
    }, 1000);
    const finish = (succeeded) => {
      clearInterval(timer);
      rmSync(temporary, { recursive: true, force: true });
      resolve(succeeded);
    };
    child.once('error', () => finish(false));
    child.once('exit', (code) => finish(code === 0));
  });
}

function sizeOf(folder) {
  let size = 0;
  try {
    for (const name of readdirSync(folder, { recursive: true })) size += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // The step creates and removes folders while we look.
  }
  return size;
}
