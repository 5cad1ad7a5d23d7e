import { writeFileSync } from 'node:fs';

/** Vitest reporter that adds up the run for `scripts/test.mjs`: counts, each skipped test with its reason, and the files in which one failed. */
export default class SumReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const sum = { passed: 0, failed: unhandledErrors.length, skipped: [], files: [] };
    for (const module of modules) {
      const before = { passed: sum.passed, failed: sum.failed };
      for (const test of module.children.allTests()) count(test, sum);
      // A file that cannot be loaded and a group that cannot be set up have an error of their own, beside those of their tests.
      for (const group of [module, ...module.children.allSuites()]) sum.failed += Math.min(1, group.errors().length);
      if (sum.failed > before.failed)
        sum.files.push({ file: module.moduleId, passed: sum.passed - before.passed, failed: sum.failed - before.failed });
    }
    writeFileSync(process.env.PORTLIGHT_TEST_SUM, JSON.stringify(sum));
  }
}

function count(test, sum) {
  const { state, note } = test.result();
  if (state === 'passed') sum.passed++;
  else if (state === 'skipped') sum.skipped.push({ name: test.fullName, reason: note ?? skipReason(test) });
  else sum.failed++;
}

/** Tests say in parentheses in their names when they are skipped: "compared with tshark (skipped without captures)". */
function skipReason(test) {
  for (let group = test.parent; group.type === 'suite'; group = group.parent)
    if (group.errors().length > 0) return 'its group could not be set up';
  return /\(([^()]*\bskipped\b[^()]*)\)/.exec(test.fullName)?.[1] ?? 'its condition does not hold on this machine';
}
