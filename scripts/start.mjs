// `npm start [-- FILE...]`: opens the window. Sets up and builds what is missing first.
//   --headless-display   draw on a virtual display of its own (Linux without a screen)
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { hasDisplay, startVirtualDisplay } from './lib/display.mjs';
import { electronArguments, electronEnvironment, ensureSandbox } from './lib/launch.mjs';
import { at, say, toolNode } from './lib/paths.mjs';
import { exitWith, run, SetupError } from './lib/process.mjs';
import { ensureBuilt } from './lib/stamp.mjs';

const wantsVirtual = process.argv.includes('--headless-display');
const files = process.argv
  .slice(2)
  .filter((argument) => argument !== '--headless-display')
  .map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file));

async function openWindow() {
  // Loaded late: it uses a dependency.
  const { ensureRuntime } = await import('./lib/runtime.mjs');
  const { ensureBuildTools, ensureLibraries, ensurePrograms } = await import('./lib/system-packages.mjs');
  const { ensureNative } = await import('./lib/native-helper.mjs');
  const runtime = await ensureRuntime();
  await ensureLibraries(runtime.executable);
  ensureSandbox(runtime.executable);
  await ensureBuildTools();
  await ensureNative();
  await ensureBuilt('app');
  const virtual = wantsVirtual && !hasDisplay();
  if (virtual) await ensurePrograms(['Xvfb'], { required: true });
  const display = virtual ? await startVirtualDisplay() : null;
  const env = electronEnvironment(display ? { DISPLAY: display.display } : {});
  const child = spawn(runtime.executable, electronArguments(files), { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const status = await new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => done(signal ? 1 : (code ?? 1)));
  });
  display?.stop();
  return status;
}

async function analyzeInstead() {
  say('there is no display here, so no window can open (--headless-display opens one on a virtual display).');
  if (files.length === 0) throw new SetupError('name a capture file to get its analysis as text:', '  npm start -- FILE');
  let worst = 0;
  for (const file of files)
    worst = Math.max(worst, await run(toolNode(), [at('scripts', 'cli.mjs'), 'analyze', file], { stdio: 'inherit' }));
  return worst;
}

try {
  await ensureDependencies();
  process.exitCode = await (hasDisplay() || wantsVirtual ? openWindow() : analyzeInstead());
} catch (error) {
  exitWith(error);
}
