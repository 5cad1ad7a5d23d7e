import { readFile } from 'node:fs/promises';
import type { InterfaceCounters } from '../../shared/contract/live';

/** Linux: a line for each interface (proc(5)). */
const FILE = '/proc/net/dev';
/** More interfaces are left out, as in their list. */
const MAX_INTERFACES = 1024;
/** Fields behind the name: 8 of what was received, 8 of what was sent; the first of each are bytes and packets. */
const SENT = 8;

/** What each interface of this machine carried so far; null where the system does not tell cheaply. */
export async function interfaceCounters(): Promise<readonly InterfaceCounters[] | null> {
  if (process.platform !== 'linux') return null;
  try {
    return parseCounters(await readFile(FILE, 'utf8'));
  } catch {
    return null;
  }
}

/** Lines such as '  eth0: 1200 10 0 0 0 0 0 0 3400 20 0 0 0 0 0 0' behind two of headings; others are passed over. */
export function parseCounters(text: string): InterfaceCounters[] {
  const counters: InterfaceCounters[] = [];
  for (const line of text.split('\n')) {
    const [, name, rest] = /^\s*(\S+):\s*(\d[\d\s]*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) continue;
    const fields = rest.trim().split(/\s+/).map(Number);
    const sum = (at: number): number => (fields[at] ?? 0) + (fields[at + SENT] ?? 0);
    if (counters.length < MAX_INTERFACES) counters.push({ name, bytes: sum(0), packets: sum(1) });
  }
  return counters;
}
