import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findViolations, type ImportRule, importsIn } from '../../../scripts/lib/import-graph.mjs';
import { IMPORT_RULES } from '../../../scripts/lib/import-rules.mjs';

const made: string[] = [];

afterEach(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true }))));

/** Writes the files into a folder of their own and gives what is wrong with them. */
async function violationsOf(files: Readonly<Record<string, string>>, rules: readonly ImportRule[] = IMPORT_RULES): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'portlight-imports-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return findViolations(root, rules);
}

describe('importsIn', () => {
  it('finds every form of import', () => {
    const text = [
      `import a from 'one';`,
      `import type { B } from "two";`,
      `import {\n  c,\n  d,\n} from './three';`,
      `export * from './four';`,
      `export { e } from './five';`,
      `import './six';`,
      `const f = await import('./seven');`,
      `new Worker(new URL('./eight.ts', import.meta.url));`,
    ].join('\n');
    expect(importsIn(text).toSorted()).toEqual(['./eight.ts', './five', './four', './seven', './six', './three', 'one', 'two']);
  });

  it('finds none in comments and exports of values', () => {
    expect(importsIn(`// import a from 'one';\n/* import b from 'two'; */\nexport const from = 'three';\n`)).toEqual([]);
  });
});

describe('the import rules', () => {
  it('allow the arrow and nothing against it', async () => {
    const wrong = await violationsOf({
      'shared/base/a.ts': `import { b } from '../model/b';`,
      'shared/model/b.ts': `import { a } from '../base/a';`,
      'engine/decode/c.ts': `import { d } from '../columns/d';\nimport '../../shared/model/b';`,
      'engine/columns/d.ts': `import { app } from 'electron';`,
      'engine/api/e.ts': `import { d } from '../columns/d';\nimport { utilityProcess } from 'electron';`,
      'main/f.ts': `import { c } from '../engine/decode/c';`,
    });
    expect(wrong.toSorted()).toEqual([
      'engine/api/e.ts: may not import the package electron',
      'engine/columns/d.ts: may not import the package electron',
      'engine/decode/c.ts: may not import engine/columns/d.ts',
      'main/f.ts: may not import engine/decode/c.ts',
      'shared/base/a.ts: may not import shared/model/b.ts',
    ]);
  });

  it('keep views apart from each other and widgets from stores', async () => {
    const wrong = await violationsOf({
      'renderer/views/packets/list.tsx': `import { bar } from '../flows/bar';\nimport { own } from './own';`,
      'renderer/views/packets/own.tsx': `import { table } from '../../widgets/table';`,
      'renderer/views/flows/bar.tsx': '',
      'renderer/widgets/table.tsx': `import { store } from '../stores/store';`,
      'renderer/stores/store.ts': '',
    });
    expect(wrong.toSorted()).toEqual([
      'renderer/views/packets/list.tsx: may not import renderer/views/flows/bar.tsx: parts of renderer/views stand alone',
      'renderer/widgets/table.tsx: may not import renderer/stores/store.ts',
    ]);
  });

  it('name a folder that has no rule', async () => {
    expect(await violationsOf({ 'elsewhere/a.ts': '' })).toEqual(['elsewhere/a.ts: no rule says what this folder may import']);
  });
});
