// `npm run bench`: measures and prints one JSON document. `-- --only process,stages,filter,detection,history,capture,ssh,window,views,map,topology`, `--packets N`, `--runs N`.
import { existsSync, mkdirSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { startVirtualDisplay } from './lib/display.mjs';
import { at, ROOT, say, toolNode } from './lib/paths.mjs';
import { capture, exitWith, run, SetupError } from './lib/process.mjs';
import { ensureBuilt } from './lib/stamp.mjs';

const BENCHES = ['process', 'stages', 'filter', 'detection', 'history', 'capture', 'ssh', 'window', 'views', 'map', 'topology'];
/** Those in the real window. */
const IN_WINDOW = ['window', 'views', 'map', 'topology'];
/** Those that use the engine within their own process. */
const USES_PARTS = ['stages', 'filter', 'detection', 'history', 'capture', 'ssh', 'topology'];
/** Those that make captures of their own. */
const OWN_CAPTURES = ['map', 'topology'];
const folder = at('out', 'bench');

async function buildParts() {
  const { build } = await import('vite');
  const { peggyPlugin } = await import('./lib/peggy-plugin.mjs');
  const { NATIVE_PACKAGES } = await import('./lib/native-packages.mjs');
  const program = (entry, name) =>
    build({
      root: ROOT,
      configFile: false,
      logLevel: 'warn',
      plugins: [peggyPlugin()],
      ssr: { noExternal: true, external: NATIVE_PACKAGES },
      build: {
        ssr: entry,
        outDir: folder,
        emptyOutDir: false,
        minify: false,
        target: 'node20.18',
        rollupOptions: { external: NATIVE_PACKAGES, output: { entryFileNames: name, codeSplitting: false } },
      },
    });
  await program(at('tests', 'bench', 'engine-parts.ts'), 'engine-parts.mjs');
  await program(at('src', 'engine', 'store', 'store-worker.ts'), 'store-worker.js');
}

/** A benchmark in a process of its own, so that none warms up or fills the memory of another. */
function runBench(name, options) {
  const output = capture(toolNode(), [at('tests', 'bench', 'run.mjs'), name, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return output === null ? { failed: 'the reason is on standard error' } : JSON.parse(output);
}

async function inDisplay(task) {
  const virtual = process.platform === 'linux' ? await startVirtualDisplay() : null;
  if (virtual) process.env.DISPLAY = virtual.display;
  try {
    return await task();
  } finally {
    virtual?.stop();
  }
}

function options() {
  const { values } = parseArgs({ options: { only: { type: 'string' }, packets: { type: 'string' }, runs: { type: 'string' } } });
  const names = values.only?.split(',') ?? BENCHES;
  const unknown = names.find((name) => !BENCHES.includes(name));
  if (unknown !== undefined) throw new SetupError(`there is no benchmark "${unknown}".`, `There are ${BENCHES.join(', ')}.`);
  return { names, packets: Number(values.packets ?? 1_000_000), runs: Number(values.runs ?? 5) };
}

try {
  const { names, packets, runs } = options();
  await ensureDependencies();
  if (names.includes('process') || names.includes('capture')) await ensureBuilt('cli');
  mkdirSync(folder, { recursive: true });
  const file = at('out', 'bench', `mixed-${packets}.pcap`);
  if (!existsSync(file) && names.some((name) => !OWN_CAPTURES.includes(name))) {
    say(`writing ${packets.toLocaleString('en')} packets`);
    await run(toolNode(), [at('tests', 'bench', 'make-capture.mjs'), String(packets), file]);
  }
  if (names.some((name) => USES_PARTS.includes(name))) await buildParts();
  const results = {};
  for (const name of names) {
    say(`measuring: ${name}`);
    const bench = () => runBench(name, { file, packets, runs, folder });
    const isInWindow = IN_WINDOW.includes(name);
    if (isInWindow) await ensureBuilt('app');
    results[name] = await (isInWindow ? inDisplay(bench) : bench());
  }
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    load: loadavg().map((value) => Number(value.toFixed(2))),
    system: `${process.platform} ${process.arch}`,
    node: capture(toolNode(), ['--version'])?.trim() ?? process.version,
  };
  process.stdout.write(`${JSON.stringify({ date: new Date().toISOString(), machine, packets, runs, ...results }, null, 2)}\n`);
  if (Object.values(results).some((result) => 'failed' in result)) process.exitCode = 1;
} catch (error) {
  exitWith(error);
}
