import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { Problem } from '../../shared/base/result';
import type { SpoolSizeState } from '../../shared/contract/settings';
import { DEFAULT_SPOOL_LIMIT, SPOOL_LIMIT_BYTES } from '../../shared/model/spool-size';
import type { Bytes } from '../../shared/model/units';
import { dataFolder } from '../store/data-folder';
import { parseJson } from './detection';

export const spoolLimitSchema = z.number().int().min(SPOOL_LIMIT_BYTES.min).max(SPOOL_LIMIT_BYTES.max);
const stored = z.strictObject({ limit: spoolLimitSchema });

/** How much of each live session may be on disk. */
export class SpoolSize {
  /** Of a session that begins now. */
  limit: Bytes = DEFAULT_SPOOL_LIMIT;
  #problem: Problem | null = null;
  readonly #keep: (value: unknown) => Promise<void>;

  constructor(keep: (value: unknown) => Promise<void>) {
    this.#keep = keep;
  }

  /** `text`: what was kept; null: nothing. */
  load(text: string | null): void {
    if (text === null) return;
    const parsed = stored.safeParse(parseJson(text));
    if (parsed.success) this.limit = parsed.data.limit;
    else
      this.#problem = {
        code: 'settings-damaged',
        sentence: 'The stored size of live captures on disk is damaged: the default is used.',
        next: 'Set again what you had changed.',
      };
  }

  async set(limit: Bytes): Promise<SpoolSizeState> {
    await this.#keep({ limit });
    this.limit = limit;
    this.#problem = null;
    return this.state();
  }

  async state(): Promise<SpoolSizeState> {
    return { limit: this.limit, free: await freeSpace(dataFolder()), problem: this.#problem };
  }
}

async function freeSpace(folder: string): Promise<Bytes | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
