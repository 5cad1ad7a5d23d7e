// Checks the types of all three programs: Node code, the page, and what stands between them.
import { at, toolNode } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const configs = ['tsconfig.json', 'tsconfig.web.json', 'tsconfig.bridge.json'];
const statuses = await Promise.all(
  configs.map((config) => run(toolNode(), [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', config], { stdio: 'inherit' })),
);
process.exitCode = Math.max(...statuses);
