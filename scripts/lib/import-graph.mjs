import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const SOURCE = /\.(ts|tsx|mts)$/;
/** `import ... from 'x'`, `export ... from 'x'`, `import 'x'` and `import('x')`; each must begin its line or follow what can precede an expression. */
const STATIC_IMPORT = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\s*\(\s*['"]([^'"\n]+)['"]/g;
const WORKER = /new URL\(\s*['"](\.[^'"\n]+)['"]\s*,\s*import\.meta\.url/g;

/** What a source text imports, in no special order. Comments are left out; a string that looks like an import statement of its own line is not. */
export function importsIn(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [STATIC_IMPORT, DYNAMIC_IMPORT, WORKER].flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]));
}

/**
 * Checks every source file below `root` against the rules (see `IMPORT_RULES`).
 *
 * @returns {string[]} a sentence for each import that is not allowed
 */
export function findViolations(root, rules) {
  return sourceFiles(root).flatMap((file) => {
    const path = relative(root, file).split(sep).join('/');
    const rule = ruleFor(path, rules);
    if (rule === undefined) return [`${path}: no rule says what this folder may import`];
    return importsIn(readFileSync(file, 'utf8')).flatMap((specifier) => {
      const reason = specifier.startsWith('.') ? checkFile(root, file, path, specifier, rule) : checkPackage(specifier, rule);
      return reason === null ? [] : [`${path}: ${reason}`];
    });
  });
}

function sourceFiles(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const holds = (folder, path) => path === folder || path.startsWith(`${folder}/`);

const ruleFor = (path, rules) =>
  rules.filter((rule) => holds(rule.folder, path)).toSorted((a, b) => b.folder.length - a.folder.length)[0] ??
  (path.startsWith('types/') ? { folder: 'types', from: [] } : undefined);

function checkFile(root, file, path, specifier, rule) {
  const target = resolve(dirname(file), specifier.split('?')[0]);
  const found = ['', '.ts', '.tsx', '/index.ts', '/index.tsx']
    .map((end) => target + end)
    .find((one) => existsSync(one) && statSync(one).isFile());
  const to = relative(root, found ?? target)
    .split(sep)
    .join('/');
  // Data that ships, outside `src`.
  if (to.startsWith('../')) return null;
  if (rule.apart) {
    const part = (one) => one.slice(rule.folder.length + 1).split('/');
    const [mine, theirs] = [part(path), part(to)];
    if (holds(rule.folder, to) && mine.length > 1 && theirs.length > 1 && mine[0] !== theirs[0])
      return `may not import ${to}: parts of ${rule.folder} stand alone`;
  }
  const home = rule.folder.includes('.') ? dirname(rule.folder) : rule.folder;
  const allowed = holds(home, to) || rule.from.some((folder) => holds(folder, to));
  const forbidden = (rule.notFrom ?? []).some((folder) => holds(folder, to));
  return allowed && !forbidden ? null : `may not import ${to}`;
}

function checkPackage(specifier, rule) {
  const matches = (name) =>
    name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name || specifier.startsWith(`${name}/`);
  const allowed = rule.packages === undefined || rule.packages.some(matches);
  const forbidden = (rule.notPackages ?? []).some(matches);
  return allowed && !forbidden ? null : `may not import the package ${specifier}`;
}
