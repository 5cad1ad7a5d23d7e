// `npm run -s cli -- COMMAND ...`: the command line from a checkout, set up and built when needed. Results alone go to standard output.
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { dependenciesReady, ensureDependencies } from './lib/dependencies.mjs';
import { at } from './lib/paths.mjs';
import { BUILDS, ensureBuilt } from './lib/stamp.mjs';

try {
  if (!dependenciesReady()) await ensureDependencies();
  await ensureBuilt('cli');
  if (['live', 'interfaces'].includes(process.argv[2])) {
    const { ensureNative } = await import('./lib/native-helper.mjs');
    await ensureNative();
  }
} catch (error) {
  const { exitWith } = await import('./lib/process.mjs');
  exitWith(error);
}

// npm runs scripts in the checkout; file names are relative to where the person typed the command.
if (process.env.npm_lifecycle_event === 'cli' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
module.enableCompileCache?.(at('out', '.compile-cache'));
await import(pathToFileURL(BUILDS.cli.entry).href);
