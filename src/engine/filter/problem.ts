import { type Problem, ProblemError } from '../../shared/base/result';
import type { Span } from './ast';

/** What is wrong with a filter, and where: 0-based offsets into its text, `end` exclusive. */
export interface FilterProblem extends Problem, Span {}

export type FilterResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: FilterProblem };

export const filterProblem = (span: Span, sentence: string, next?: string): FilterProblem => ({
  code: 'filter.wrong',
  sentence: `${sentence} (column ${span.start + 1})`,
  ...(next === undefined ? {} : { next }),
  start: span.start,
  end: span.end,
});

/** Leaves the compiler with the first mistake; `compileFilter` turns it into a result. */
export class FilterError extends ProblemError {
  readonly filterProblem: FilterProblem;
  constructor(problem: FilterProblem) {
    super(problem);
    this.filterProblem = problem;
  }
}

export function refuse(span: Span, sentence: string, next?: string): never {
  throw new FilterError(filterProblem(span, sentence, next));
}
