import type { Result } from '../../../../src/shared/base/result';

/** The value, or the problem as an error. */
export async function unwrap<T>(answer: Result<T> | Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.sentence}`);
  return result.value;
}
