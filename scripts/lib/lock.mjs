import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A holder that still lives after this long hangs, or its number was given to another process. */
const LONGEST_HOLD_MS = 30 * 60_000;

/** Runs `work` while no other process holds the lock file at `path`; waits for its turn. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${process.pid}`;
  while (!take(path, mine)) await sleep(100);
  try {
    return await work();
  } finally {
    if (holder(path) === mine) rmSync(path, { force: true });
  }
}

function take(path, mine) {
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(path)) rmSync(path, { force: true });
    return false;
  }
}

function holder(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isAbandoned(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const pid = Number(holder(path));
    // An empty file is one whose holder is between creating and writing it.
    if (!pid) return age > 5000;
    if (age > LONGEST_HOLD_MS) return true;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
