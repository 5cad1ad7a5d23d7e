import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { at, say } from './paths.mjs';

/** Says which lock file the installed packages were last found to match; gone with the folder it lies in. */
const MARK = at('node_modules', '.portlight-lock');

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');

function readMark() {
  try {
    return readFileSync(MARK, 'utf8');
  } catch {
    return '';
  }
}

/** Compares the lock file with npm's own list of what it installed. Optional packages may be for other systems. */
function installedAsLocked() {
  const wanted = readJson(at('package-lock.json'))?.packages ?? {};
  const installed = readJson(at('node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(wanted).every(([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version);
}

/** True when `node_modules` holds what the lock file asks for. Costs a millisecond when nothing changed since it was last asked. */
export function dependenciesReady() {
  const hash = lockHash();
  if (readMark() === hash) return true;
  if (!installedAsLocked()) return false;
  writeFileSync(MARK, hash);
  return true;
}

/** Installs what is missing. Only one process at a time does it; the others wait and find it done. */
export async function ensureDependencies() {
  if (dependenciesReady()) return;
  const { withLock } = await import('./lock.mjs');
  const { npm, run, SetupError } = await import('./process.mjs');
  await withLock(at('out', '.dependencies.lock'), async () => {
    if (dependenciesReady()) return;
    const fresh = !existsSync(at('node_modules', '.package-lock.json'));
    say(fresh ? 'installing dependencies (npm ci)' : 'package-lock.json changed: updating dependencies');
    const [command, args, options] = npm(fresh ? ['ci'] : ['install', '--no-save']);
    // Electron's binary is fetched by a step of its own, which may fail where only the registry is reached.
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
    // Without install scripts: those of ssh2 compile optional parts, which needs a compiler and headers from the network and is not used.
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    let status = await run(command, [...args, '--ignore-scripts', ...quiet], { ...options, env });
    if (status === 0 && !existsSync(at('node_modules', 'node', 'bin'))) {
      const [rebuild, parts, how] = npm(['rebuild', 'node']);
      status = await run(rebuild, [...parts, ...quiet], { ...how, env });
    }
    if (status !== 0 || !dependenciesReady()) {
      throw new SetupError(
        'the dependencies could not be installed.',
        'Look at what npm said above; once it is solved, run the same command again.',
      );
    }
  });
}
