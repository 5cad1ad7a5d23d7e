// One benchmark in this process: `node tests/bench/run.mjs NAME OPTIONS`. Prints its result as JSON.
import { pathToFileURL } from 'node:url';
import { at } from '../../scripts/lib/paths.mjs';

const [name, options] = process.argv.slice(2);

async function load() {
  const script = at('tests', 'bench', `${name}.bench.mjs`);
  if (name !== 'window') return (await import(pathToFileURL(script).href)).default;
  const { runnerImport } = await import('vite');
  return (await runnerImport(at('tests', 'bench', 'window.bench.ts'), { root: at(), configFile: false, logLevel: 'warn' })).module.default;
}

const measure = await load();
const parts = name === 'stages' || name === 'filter' ? await import(pathToFileURL(at('out', 'bench', 'engine-parts.mjs')).href) : null;
process.stdout.write(JSON.stringify(await measure({ ...JSON.parse(options), parts })));
process.exit(0);
