/** An expected failure, written for a person. `next` says what to do about it; `code` is stable, for programs and tests. */
export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly next?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: string, sentence: string, next?: string): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: next === undefined ? { code, sentence } : { code, sentence, next },
});

/** Carries a `Problem` through code that can only throw (promises across the wire, streams). */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.sentence);
    this.problem = problem;
  }
}
