import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './paths.mjs';

const SHARED = [
  'src/shared',
  'src/engine',
  'src/types',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/lib/peggy-plugin.mjs',
  'scripts/lib/native-packages.mjs',
];

/** What each build is made from, and the file that says from which state of it the present build was made. */
export const BUILDS = {
  cli: { inputs: [...SHARED, 'src/cli'], entry: at('out', 'cli', 'index.js'), stamp: at('out', 'cli.stamp') },
  app: {
    inputs: [...SHARED, 'src/main', 'src/preload', 'src/renderer', 'package.json', 'electron.vite.config.ts'],
    entry: at('out', 'main', 'index.js'),
    stamp: at('out', 'app.stamp'),
  },
};

/** Names, sizes and modification times of all inputs, hashed: a few milliseconds for hundreds of files. */
export function stampOf(inputs) {
  const hash = createHash('sha1');
  for (const input of inputs) addTo(hash, at(input));
  return hash.digest('hex');
}

function addTo(hash, path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
  } else {
    hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}

/** True when the build of this kind was made from the sources as they are now. */
export function isFresh(kind) {
  const { inputs, entry, stamp } = BUILDS[kind];
  try {
    return readFileSync(stamp, 'utf8') === stampOf(inputs) && statSync(entry).isFile();
  } catch {
    return false;
  }
}

/** Builds what is stale, in a process of its own so that the bundler's memory and time are not the caller's. */
export async function ensureBuilt(kind) {
  if (isFresh(kind)) return;
  const { run, SetupError } = await import('./process.mjs');
  const { toolNode } = await import('./paths.mjs');
  const status = await run(toolNode(), [at('scripts', 'build.mjs'), kind]);
  if (status !== 0)
    throw new SetupError(`the ${kind === 'cli' ? 'command line' : 'application'} could not be built.`, 'The error is above.');
}
