import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isThere = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

function namespaceProblem(): string | null {
  const name = `plrig-${process.pid}-probe`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.status !== 0) return `no network namespace can be made: ${made.stderr.trim()}`;
  const bridge = spawnSync('ip', ['-n', name, 'link', 'add', 'lan', 'type', 'bridge'], { encoding: 'utf8' });
  spawnSync('ip', ['netns', 'del', name]);
  return bridge.status === 0 ? null : `no bridge can be made: ${bridge.stderr.trim()}`;
}

const network = ((): string | null => {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const missing = ['ip', 'tcpdump', 'sysctl'].filter((program) => !isThere(program));
  return missing.length > 0 ? `${missing.join(', ')} not installed` : namespaceProblem();
})();

/** Why something that runs these programs between namespaces cannot run here; null: it can. */
export function whyNot(...programs: readonly string[]): string | null {
  if (network !== null) return network;
  const missing = programs.filter((program) => !isThere(program));
  return missing.length > 0 ? `${missing.join(', ')} not installed` : null;
}

/** For a test's name: says why it is skipped, in the form that the sum of all tests prints. */
export const named = (name: string, reason: string | null): string => (reason === null ? name : `${name} (skipped: ${reason})`);
