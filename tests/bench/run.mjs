// One benchmark in this process: `node tests/bench/run.mjs NAME OPTIONS`. Prints its result as JSON.
import { pathToFileURL } from 'node:url';
import { at } from '../../scripts/lib/paths.mjs';

const [name, options] = process.argv.slice(2);

async function load() {
  const script = at('tests', 'bench', `${name}.bench.mjs`);
  if (!['window', 'views', 'map', 'topology'].includes(name)) return (await import(pathToFileURL(script).href)).default;
  // They share the tests' TypeScript, so they are loaded as those are.
  const { createServer } = await import('vite');
  const server = await createServer({
    root: at(),
    configFile: false,
    logLevel: 'warn',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  return (await server.environments.ssr.runner.import(at('tests', 'bench', `${name}.bench.ts`))).default;
}

const measure = await load();
const parts = ['stages', 'filter', 'detection', 'history', 'capture', 'ssh', 'topology'].includes(name)
  ? await import(pathToFileURL(at('out', 'bench', 'engine-parts.mjs')).href)
  : null;
process.stdout.write(JSON.stringify(await measure({ ...JSON.parse(options), parts })));
process.exit(0);
