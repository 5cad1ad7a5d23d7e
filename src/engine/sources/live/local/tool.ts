import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { CaptureTool, CaptureToolKind } from '../../../../shared/model/capture-interfaces';

/** Names another helper than the one that ships. */
const ENVIRONMENT = 'PORTLIGHT_CAPTURE_HELPER';
/** Where capturing programs lie although an ordinary user's PATH does not say so. */
const FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin'];
const FALLBACKS: readonly CaptureToolKind[] = ['dumpcap', 'tcpdump'];

/** The capturing programs that are here, best first. `helper`: where our own one would be. */
export function findCaptureTools(helper: string): readonly CaptureTool[] {
  const tools: CaptureTool[] = [];
  const own = process.env[ENVIRONMENT] || helper;
  // One that is there and may not be run is an answer too: the user lacks its group.
  if (exists(own, constants.F_OK)) tools.push({ kind: 'helper', path: own });
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(isAbsolute), ...FOLDERS];
  for (const kind of FALLBACKS) {
    const folder = folders.find((one) => exists(join(one, kind), constants.X_OK));
    if (folder !== undefined) tools.push({ kind, path: join(folder, kind) });
  }
  return tools;
}

function exists(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
