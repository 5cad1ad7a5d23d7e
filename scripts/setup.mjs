// Brings everything that is missing: `node scripts/setup.mjs` for running, with `--tests` also what the tests use.
import { ensureDependencies } from './lib/dependencies.mjs';
import { exitWith } from './lib/process.mjs';

try {
  await ensureDependencies();
  const { ensureRuntime } = await import('./lib/runtime.mjs');
  const { ensureLibraries, ensurePrograms, testPrograms } = await import('./lib/system-packages.mjs');
  const { executable } = await ensureRuntime();
  await ensureLibraries(executable);
  if (process.argv.includes('--tests')) {
    await ensurePrograms(['Xvfb'], { required: true });
    await ensurePrograms(testPrograms(), { required: false });
  }
} catch (error) {
  exitWith(error);
}
