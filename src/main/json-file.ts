import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What a small JSON file holds, or undefined when it is missing or damaged. The caller checks its shape: a person can edit it. */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step, so that a crash leaves the old one or the new one. Failure is not an error: these files are conveniences. */
export function writeJsonFile(path: string, value: unknown): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(value));
    renameSync(temporary, path);
  } catch (error) {
    console.error(`portlight: ${path} could not be written: ${String(error)}`);
    rmSync(temporary, { force: true });
  }
}
