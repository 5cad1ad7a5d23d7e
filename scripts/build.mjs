// Builds what is stale: `node scripts/build.mjs [cli|app]`, both when nothing is named.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { withLock } from './lib/lock.mjs';
import { at, ROOT, say } from './lib/paths.mjs';
import { exitWith } from './lib/process.mjs';
import { BUILDS, isFresh, stampOf } from './lib/stamp.mjs';

const TARGET = 'node20.18';

async function buildCli() {
  const { build } = await import('vite');
  const { peggyPlugin } = await import('./lib/peggy-plugin.mjs');
  const { NATIVE_PACKAGES } = await import('./lib/native-packages.mjs');
  const made = at('out', `.cli-${process.pid}`);
  const program = (entry, name) =>
    build({
      root: ROOT,
      configFile: false,
      logLevel: 'warn',
      plugins: [peggyPlugin()],
      ssr: { noExternal: true, external: NATIVE_PACKAGES },
      build: {
        ssr: entry,
        target: TARGET,
        outDir: made,
        emptyOutDir: false,
        minify: false,
        rollupOptions: {
          external: NATIVE_PACKAGES,
          output: { entryFileNames: name, chunkFileNames: '[name]-[hash].js', codeSplitting: false },
        },
      },
    });
  try {
    await program(at('src', 'cli', 'index.ts'), 'index.js');
    await program(at('src', 'engine', 'store', 'store-worker.ts'), 'store-worker.js');
    publish(made, dirname(BUILDS.cli.entry));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Moves a finished build into place, its entry last, so that a program starting meanwhile reads the old one or the new one. */
function publish(from, to) {
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from).sort((a, b) => Number(a === 'index.js') - Number(b === 'index.js'));
  for (const name of names) renameSync(join(from, name), join(to, name));
}

async function buildApp() {
  const { build } = await import('electron-vite');
  await build({ root: ROOT, logLevel: 'warn' });
}

async function buildKind(kind) {
  await withLock(at('out', `.${kind}.lock`), async () => {
    if (isFresh(kind)) return;
    const { inputs, stamp } = BUILDS[kind];
    // Taken before the build: an edit made while it runs makes the result stale.
    const state = stampOf(inputs);
    const started = performance.now();
    await (kind === 'cli' ? buildCli() : buildApp());
    writeFileSync(stamp, state);
    say(`built the ${kind === 'cli' ? 'command line' : 'application'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  });
}

try {
  await ensureDependencies();
  const asked = process.argv.slice(2);
  for (const kind of asked.length > 0 ? asked : ['cli', 'app']) await buildKind(kind);
} catch (error) {
  exitWith(error);
}
