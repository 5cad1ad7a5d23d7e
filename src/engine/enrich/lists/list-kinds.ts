import { linesOf, parseList } from './list-file';
import { ProbePatterns } from './probe-patterns';

/** Lists that have a file name of their own; every other file is a blocklist. */
export const FILE_OF_KIND = {
  'tor-relays': 'tor-relays.txt',
  'tor-exits': 'tor-exits.txt',
  'mining-pools': 'mining-pools.txt',
  'mining-ports': 'mining-ports.txt',
  'probe-paths': 'probe-paths.txt',
} as const;

type NamedKind = keyof typeof FILE_OF_KIND;
const NAMED_KINDS = Object.keys(FILE_OF_KIND) as NamedKind[];

export const kindOfFile = (file: string): NamedKind | 'blocklist' => NAMED_KINDS.find((kind) => FILE_OF_KIND[kind] === file) ?? 'blocklist';

/** Ports, one a line. */
export function readPorts(text: string): { readonly ports: ReadonlySet<number>; readonly refused: number } {
  const ports = new Set<number>();
  let refused = 0;
  for (const line of linesOf(text)) {
    if (/^\d{1,5}$/.test(line) && Number(line) < 65_536) ports.add(Number(line));
    else refused++;
  }
  return { ports, refused };
}

/** What a list of this kind would find in the text: entries, and lines that are none. */
export function countEntries(kind: NamedKind | 'blocklist', text: string): { readonly entries: number; readonly refused: number } {
  if (kind === 'probe-paths') return { entries: new ProbePatterns(text).size, refused: 0 };
  if (kind === 'mining-ports') {
    const { ports, refused } = readPorts(text);
    return { entries: ports.size, refused };
  }
  const { ipv4, ipv6, names, refused } = parseList(text);
  const addresses = ipv4.length / 2 + ipv6.length / 2;
  if (kind === 'mining-pools') return { entries: names.size, refused: refused + addresses };
  if (kind === 'blocklist') return { entries: addresses + names.size, refused };
  return { entries: addresses, refused: refused + names.size };
}
