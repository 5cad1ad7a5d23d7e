import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import SSHConfig, { LineType } from 'ssh-config';
import { readHostSettings } from './config-file';

const MAX_FILE_BYTES = 1 << 20;
const MAX_HOSTS = 200;

export interface ConfiguredHost {
  readonly alias: string;
  readonly host: string | null;
  readonly user: string | null;
  readonly port: number | null;
}

/** The servers that `~/.ssh/config` itself names one by one, in its order; patterns are none. An absent or damaged file names none. */
export async function configuredHosts(path = join(homedir(), '.ssh', 'config')): Promise<readonly ConfiguredHost[]> {
  const hosts: ConfiguredHost[] = [];
  for (const alias of (await aliases(path)).slice(0, MAX_HOSTS)) {
    const { values } = await readHostSettings(path, alias);
    const one = (keyword: string): string | null => values.get(keyword)?.[0] ?? null;
    hosts.push({ alias, host: one('hostname'), user: one('user'), port: Number(one('port')) || null });
  }
  return hosts;
}

async function aliases(path: string): Promise<string[]> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) return [];
    const found = new Set<string>();
    for (const line of SSHConfig.parse(await readFile(path, 'utf8'))) {
      if (line.type !== LineType.DIRECTIVE || line.param.toLowerCase() !== 'host') continue;
      const words = typeof line.value === 'string' ? line.value.split(/\s+/) : line.value.map(({ val }) => val);
      for (const word of words) if (/^[^\s*?!-][^\s*?!]*$/.test(word)) found.add(word);
    }
    return [...found];
  } catch {
    return [];
  }
}
