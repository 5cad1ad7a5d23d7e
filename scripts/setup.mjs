// Brings everything that is missing: `node scripts/setup.mjs` for running, with `--tests` also what the tests use.
import { ensureDependencies } from './lib/dependencies.mjs';
import { exitWith } from './lib/process.mjs';

try {
  await ensureDependencies();
  const { ensureRuntime } = await import('./lib/runtime.mjs');
  const { ensureBuildTools, ensureLibraries, ensurePrograms, testPrograms } = await import('./lib/system-packages.mjs');
  const { executable } = await ensureRuntime();
  await ensureLibraries(executable);
  const { ensureNative } = await import('./lib/native-helper.mjs');
  if (process.argv.includes('--tests')) {
    await ensurePrograms(['Xvfb'], { required: true });
    await ensurePrograms(testPrograms(), { required: false });
    await ensureBuildTools();
  }
  await ensureNative();
} catch (error) {
  exitWith(error);
}
