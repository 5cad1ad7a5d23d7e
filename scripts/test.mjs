// `npm test`: sets up what is missing, then runs every stage and adds them up. `--only STAGE[,STAGE]` runs some of them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { startVirtualDisplay } from './lib/display.mjs';
import { at, toolNode } from './lib/paths.mjs';
import { exitWith, run } from './lib/process.mjs';

const STAGES = {
  types: () => check([at('scripts', 'typecheck.mjs')]),
  lint: () => check([at('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']),
  imports: () => check([at('scripts', 'check-imports.mjs')]),
  build: () => check([at('scripts', 'build.mjs')]),
  unit: () => vitest('unit', ['--maxWorkers', String(availableParallelism())]),
  // Many wait for servers and real tools most of the time.
  integration: () => twice('integration', ['--maxWorkers', '4']),
  e2e: inDisplay(() => twice('e2e')),
};

/** So many files may fail for want of time; more are a defect. */
const MOST_FILES_AGAIN = 5;

const environment = { ...process.env };

/** A check counts as one test. */
async function check(args) {
  const status = await run(toolNode(), args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  return status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

async function vitest(project, more = []) {
  const folder = mkdtempSync(join(tmpdir(), 'portlight-test-'));
  const file = join(folder, 'sum.json');
  try {
    const reporter = at('scripts', 'lib', 'test-reporter.mjs');
    const args = [
      at('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      project,
      '--passWithNoTests',
      ...more,
      '--reporter',
      'default',
      '--reporter',
      reporter,
    ];
    const status = await run(toolNode(), args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...environment, PORTLIGHT_TEST_SUM: file },
    });
    const sum = JSON.parse(readFileSync(file, 'utf8'));
    if (status !== 0 && sum.failed === 0) sum.failed = 1;
    return sum;
  } catch (error) {
    process.stdout.write(`${project}: the run ended without a result: ${error.message}\n`);
    return { passed: 0, failed: 1, skipped: [], files: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Real tools, servers and windows on a busy machine fail now and then: a file in which a test failed is run once more, alone and from its
 * start, and is named. What is broken fails twice.
 */
async function twice(project, more = []) {
  const first = await vitest(project, more);
  const { files } = first;
  if (files.length === 0 || files.length > MOST_FILES_AGAIN) return first;
  const names = files.map(({ file }) => relative(at(), file));
  process.stdout.write(`\n== ${project}, once more: ${names.join(', ')}\n`);
  const second = await vitest(project, [...more, ...names]);
  // Nothing was found under these names: what failed has failed.
  if (second.passed + second.failed + second.skipped.length === 0) return first;
  const failedOnce = files.reduce((sum, { failed }) => sum + failed, 0);
  const passedOnce = files.reduce((sum, { passed }) => sum + passed, 0);
  return {
    passed: first.passed - passedOnce + second.passed,
    failed: first.failed - failedOnce + second.failed,
    skipped: [...first.skipped, ...second.skipped].filter((one, i, all) => all.findIndex(({ name }) => name === one.name) === i),
    again: names,
  };
}

/** On Linux windows are drawn on a display of the tests' own, seen or unseen elsewhere. */
function inDisplay(stage) {
  return async () => {
    const virtual = process.platform === 'linux' ? await startVirtualDisplay() : null;
    if (virtual) {
      environment.DISPLAY = virtual.display;
      delete environment.WAYLAND_DISPLAY;
    }
    try {
      return await stage();
    } finally {
      virtual?.stop();
    }
  };
}

async function prepare() {
  await ensureDependencies();
  const status = await run(toolNode(), [at('scripts', 'setup.mjs'), '--tests']);
  if (status !== 0) process.exit(status);
  environment.PATH = [at('node_modules', '.bin'), process.env.PATH].join(delimiter);
}

function selectedStages() {
  const index = process.argv.indexOf('--only');
  const names = index < 0 ? Object.keys(STAGES) : (process.argv[index + 1] ?? '').split(',');
  const unknown = names.find((name) => !(name in STAGES));
  if (unknown !== undefined) throw new Error(`there is no stage "${unknown}"; there are ${Object.keys(STAGES).join(', ')}`);
  const needsBuild = names.includes('integration') || names.includes('e2e');
  return needsBuild && !names.includes('build') ? ['build', ...names] : names;
}

try {
  const names = selectedStages();
  await prepare();
  const total = { passed: 0, failed: 0, skipped: [], again: [] };
  for (const name of names) {
    const started = performance.now();
    process.stdout.write(`\n== ${name}\n`);
    const sum = await STAGES[name]();
    total.passed += sum.passed;
    total.failed += sum.failed;
    total.skipped.push(...sum.skipped);
    total.again.push(...(sum.again ?? []));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`-- ${name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped.length} skipped in ${seconds} s\n`);
  }
  process.stdout.write('\n');
  for (const name of total.again) process.stdout.write(`tried again: ${name}\n`);
  for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name}: ${reason}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
} catch (error) {
  exitWith(error);
}
