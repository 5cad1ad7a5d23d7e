import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/base/result';
import type { CaptureIdentity } from './records';

const SAMPLE = 64 * 1024;

/** Of a file as it is now. */
export async function identify(path: string): Promise<Result<CaptureIdentity>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
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
    return fail(
      'not-identified',
      `${path} could not be read to recognise it later: ${(error as Error).message}.`,
      'Its alerts are shown; what you note on them is not found again next time.',
    );
  }
}
