import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Problem, type Result } from '../../shared/base/result';
import { writeFailure } from './write-failure';

/**
 * Lets `write` make a file under another name in the same folder, and gives it this one when all is written. Where that fails, throws or is
 * cancelled, nothing is left of it and a file of this name is as it was.
 */
export async function replaceFile<T>(
  path: string,
  signal: AbortSignal,
  write: (unfinished: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const unfinished = join(dirname(path), `.portlight-${randomBytes(8).toString('hex')}.part`);
  let problem: ReturnType<typeof fail>;
  try {
    const written = await write(unfinished);
    if (signal.aborted) problem = cancelled;
    else if (!written.ok) {
      const { sentence } = written.problem;
      problem = nothingKept({ ...written.problem, sentence: sentence.replaceAll(unfinished, path) });
    } else {
      await rename(unfinished, path);
      return ok(written.value);
    }
  } catch (error) {
    problem = signal.aborted ? cancelled : nothingKept(writeFailure(path, error).problem);
  }
  await rm(unfinished, { force: true }).catch(() => undefined);
  return problem;
}

const cancelled = fail('cancelled', 'Saving was cancelled; nothing was written.');

/** Says what is there now. */
function nothingKept({ code, sentence, next }: Problem): ReturnType<typeof fail> {
  if (code !== 'write-failed') return fail(code, sentence, next);
  return fail(code, `${sentence} Nothing of it was kept; a file that had this name before is as it was.`, next);
}
