import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/base/result';
import type { LeftSpool } from '../../shared/contract/live';
import type { Bytes } from '../../shared/model/units';

const NOTE = 'capture.json';
const SEGMENT = /^\d{6}\.pcapng$/;
const ID = /^[0-9a-f]{16}$/;
/** Spools that are offered; older ones wait until these are gone. */
const MAX_LEFT = 50;

const note = z.object({ name: z.string().max(1000), started: z.number(), process: z.number().int().positive() });

/** The folders in which live captures are spooled, one each: `<16 hexadecimal digits>` with a note of what it is and who writes it. */
export class SpoolFolders {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A new one, for a capture of this name. */
  async make(name: string, started: Date): Promise<Result<string>> {
    const folder = join(this.#folder, randomBytes(8).toString('hex'));
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, NOTE), JSON.stringify({ name, started: started.getTime(), process: process.pid }), { mode: 0o600 });
      return ok(folder);
    } catch (error) {
      return fail(
        'spool-failed',
        `Packets cannot be kept in ${folder}: ${error instanceof Error ? error.message : String(error)}.`,
        'Make room there, or give Portlight another data folder (PORTLIGHT_DATA).',
      );
    }
  }

  /** What a crash left behind: spools whose process is gone. Those without a packet are removed at once. */
  async left(): Promise<readonly LeftSpool[]> {
    const found: LeftSpool[] = [];
    for (const id of await names(this.#folder)) {
      if (!ID.test(id) || found.length === MAX_LEFT) continue;
      const known = await this.#note(id);
      if (known === null || isRunning(known.process)) continue;
      const bytes = await sizeOf(await this.#segments(id));
      if (bytes > 0) found.push({ id, name: known.name, started: known.started, bytes });
      else await this.discard(id);
    }
    return found.sort((a, b) => b.started - a.started);
  }

  /** Joins the files of a left spool to one capture file and removes the spool. */
  async recover(id: string, path: string): Promise<Result<Bytes>> {
    const known = ID.test(id) ? await this.#note(id) : null;
    if (known === null || isRunning(known.process)) return fail('no-such-spool', 'This capture is not there any more.');
    const segments = await this.#segments(id);
    try {
      // Sections of one pcapng file may follow each other: the files only have to be joined.
      await pipeline(bytesOf(segments), createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail('write-failed', `${path} could not be written: ${reason}. The capture is still kept.`, 'Choose another folder.');
    }
    await this.discard(id);
    return ok(await sizeOf([path]));
  }

  async discard(id: string): Promise<void> {
    if (ID.test(id)) await rm(join(this.#folder, id), { recursive: true, force: true, maxRetries: 3 });
  }

  async #note(id: string): Promise<z.infer<typeof note> | null> {
    try {
      return note.parse(JSON.parse(await readFile(join(this.#folder, id, NOTE), 'utf8')));
    } catch {
      return null;
    }
  }

  async #segments(id: string): Promise<string[]> {
    const folder = join(this.#folder, id);
    return (await names(folder))
      .filter((name) => SEGMENT.test(name))
      .sort()
      .map((name) => join(folder, name));
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function sizeOf(paths: readonly string[]): Promise<Bytes> {
  let bytes = 0;
  for (const path of paths) bytes += (await stat(path).catch(() => null))?.size ?? 0;
  return bytes;
}

async function* bytesOf(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) yield* createReadStream(path);
}

/** Ended, and waiting for its parent to ask how: it writes no more. Some containers let such processes wait for long. */
function isDefunct(id: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // The state stands behind the name in parentheses, in which anything may stand (proc(5)).
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return !isDefunct(id);
  } catch (error) {
    // It is there, but not ours to ask.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
