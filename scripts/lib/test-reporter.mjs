import { writeFileSync } from 'node:fs';

/** Vitest reporter that adds up the run for `scripts/test.mjs`: counts, and each skipped test with its reason. */
export default class SumReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const sum = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that cannot be loaded has no tests to count.
      const before = sum.passed + sum.failed + sum.skipped.length;
      for (const test of module.children.allTests()) count(test, sum);
      if (module.state() === 'failed' && before === sum.passed + sum.failed + sum.skipped.length) sum.failed++;
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

/** A skipped group gives its reason in its name: "compared with tshark (no captures)". */
const skipReason = (test) => (test.options.mode === 'todo' ? 'not written' : 'its condition does not hold on this machine');
