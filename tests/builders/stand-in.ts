import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureTool, CaptureToolKind } from '../../src/shared/model/capture-interfaces';

/** Programs that take the place of a capturing one: shell scripts in a folder of their own. */
export class StandIns {
  readonly folder = mkdtempSync(join(tmpdir(), 'portlight-live-'));
  #made = 0;

  file(name: string, bytes: Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  tool(script: string, kind: CaptureToolKind = 'helper'): CaptureTool {
    const path = join(this.folder, `${kind}-${++this.#made}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return { kind, path };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** For a script: the helper's line of standard error. */
export const says = (message: object): string => `printf '%s\\n' '${JSON.stringify(message)}' >&2`;
