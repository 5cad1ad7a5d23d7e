import { readFile } from 'node:fs/promises';
import peggy from 'peggy';

/**
 * Vite plugin: `import { parse } from './grammar.peggy'` gives the compiled grammar. Used by every build and by Vitest, so that no
 * generated file is kept in the tree.
 *
 * @returns {import('vite').Plugin}
 */
export function peggyPlugin() {
  return {
    name: 'peggy',
    enforce: 'pre',
    async load(id) {
      const [path] = id.split('?');
      if (path === undefined || !path.endsWith('.peggy')) return null;
      const grammar = await readFile(path, 'utf8');
      const code = peggy.generate(grammar, { output: 'source', format: 'es', grammarSource: path, cache: false });
      return { code, map: null, moduleType: 'js' };
    },
  };
}
