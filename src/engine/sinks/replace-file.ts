import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/base/result';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than is allowed there',
  EACCES: 'this folder may not be written to',
  EPERM: 'this folder may not be written to',
  EROFS: 'this folder can only be read',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
};

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
    else if (!written.ok) problem = fail(written.problem.code, written.problem.sentence.replaceAll(unfinished, path), written.problem.next);
    else {
      await rename(unfinished, path);
      return ok(written.value);
    }
  } catch (error) {
    problem = signal.aborted ? cancelled : writeFailure(path, error);
  }
  await rm(unfinished, { force: true }).catch(() => undefined);
  return problem;
}

const cancelled = fail('cancelled', 'Saving was cancelled; nothing was written.');

/** Why a file could not be written, and what is there now. */
export function writeFailure(path: string, error: unknown): ReturnType<typeof fail> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return fail(
    'write-failed',
    `${path} could not be written: ${reason}. Nothing of it was kept.`,
    'Choose a folder that you may write to and that has room. A file that had this name before is as it was.',
  );
}
