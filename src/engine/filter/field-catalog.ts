import type { FieldDefinition, FieldType } from '../decode/tree/field';

/** What decoding can produce: the second tier's fields, and names that stand for several of them ('ip.addr'). */
export interface FilterFields {
  readonly definitions: ReadonlyMap<string, FieldDefinition>;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Protocols that a tree may hold, by filter name. */
  readonly protocols: ReadonlySet<string>;
}

/** `address`: any kind of address. `duration`: seconds that do not count from an epoch. */
export type FilterType = FieldType | 'address' | 'duration';

/** A name as filters know it. `names` are the tree's: more than one where the name is an alias. */
export interface KnownField {
  readonly name: string;
  readonly names: readonly string[];
  readonly type: FilterType;
  readonly title: string;
  /** Words for numbers, so that `dns.flags.rcode == "No such name"` can be written. */
  readonly words: Readonly<Record<number, string>> | null;
}

const MAX_SUGGESTIONS = 3;

/** Names near to a mistyped one, best first. */
export function nearestNames(wrong: string, names: Iterable<string>): string[] {
  const wanted = wrong.toLowerCase();
  const found: { name: string; distance: number }[] = [];
  const worst = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > worst && !name.startsWith(wanted)) continue;
    const distance = name.startsWith(`${wanted}.`) ? worst : editDistance(wanted, name, worst);
    if (distance <= worst) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return found.slice(0, MAX_SUGGESTIONS).map(({ name }) => name);
}

/** Optimal string alignment distance (a swap of neighbours counts one); any number over `bound` where it is over `bound`. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > bound) return bound + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? bound + 1;
}
