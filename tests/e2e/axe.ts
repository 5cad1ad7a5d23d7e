import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

interface Axe {
  run(include: string, options: RunOptions): Promise<AxeResults>;
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A grid is one stop for the Tab key and scrolls by its own keys; this rule knows only of scrollers that are stops themselves. */
const RULES = { 'scrollable-region-focusable': { enabled: false } };

/** What fades in has its colours at the end only. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

/** What axe-core finds wrong in the part of the page that the selector names: rule, element and why. */
export async function violationsOf(page: Page, selector: string): Promise<string[]> {
  await page.evaluate(source);
  await settled(page);
  const results = await page.evaluate(([include, rules]) => (globalThis as unknown as { axe: Axe }).axe.run(include, { rules }), [
    selector,
    RULES,
  ] as const);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
