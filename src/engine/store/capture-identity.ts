import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/base/result';
import type { CaptureIdentity } from './records';

const SAMPLE = 64 * 1024;

/** Of a file as it is now. */
export async function identify(path: string): Promise<Result<CaptureIdentity>> {
  try {
    const stats = await stat(path);
    const { size, mtimeMs } = stats;
    // Opening a pipe would take bytes from whoever reads it, or wait for a writer for ever.
    if (!stats.isFile()) return notIdentified(path, 'it is no regular file');
    const file = await open(path, 'r');
    try {
      const hash = createHash('sha256');
      const sample = Buffer.alloc(SAMPLE);
      for (const position of [0, Math.max(0, size - SAMPLE)]) {
        const { bytesRead } = await file.read(sample, 0, SAMPLE, position);
        hash.update(sample.subarray(0, bytesRead));
      }
      return ok({ size, modified: Math.trunc(mtimeMs), hash: hash.digest('hex') });
    } finally {
      await file.close();
    }
  } catch (error) {
    return notIdentified(path, (error as Error).message);
  }
}

const notIdentified = (path: string, reason: string) =>
  fail(
    'not-identified',
    `${path} could not be read to recognise it later: ${reason}.`,
    'Its alerts are shown; what you note on them is not found again next time.',
  );
