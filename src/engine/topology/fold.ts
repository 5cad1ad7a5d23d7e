/** What may become a node: a host, or a group of hosts. */
export interface Unit {
  readonly id: string;
  readonly bytes: number;
  /** Above 0: it is worth seeing however little it said; the greatest first. */
  readonly rank: number;
  /** Index of the open group that it is a member of; -1: none. */
  readonly parent: number;
  /** It is an open group itself: a node only where its members find no room. */
  readonly isOpen: boolean;
}

/** The unit that stands for a unit: itself, or its open group, or `REST`. */
export const REST = -1;

/**
 * Which units become nodes, at most `limit` with the rest. Up to half of the room is for those with a rank, the remainder for those with the most
 * bytes; equals by id, so the same units give the same nodes. `order`: the indices of the units, by rank and by bytes.
 */
export function foldUnits(
  units: readonly Unit[],
  order: { readonly byRank: Iterable<number>; readonly byBytes: Iterable<number> },
  limit: number,
): Int32Array {
  const standsFor = Int32Array.from(units, ({ parent }) => (parent >= 0 ? parent : REST));
  const open = units.reduce((count, { isOpen }) => count + (isOpen ? 1 : 0), 0);
  const wanted = units.length - open;
  // The rest is a node too.
  let room = wanted <= limit ? wanted : Math.max(0, limit - open - 1);
  const keep = (index: number): void => {
    if (room === 0 || standsFor[index] === index || units[index]?.isOpen) return;
    standsFor[index] = index;
    room--;
  };
  let ranked = Math.floor(room / 2);
  for (const index of order.byRank) {
    if (ranked-- <= 0 || (units[index]?.rank ?? 0) === 0) break;
    keep(index);
  }
  for (const index of order.byBytes) {
    if (room === 0) break;
    keep(index);
  }
  for (const [index, { isOpen }] of units.entries()) if (isOpen) standsFor[index] = index;
  return standsFor;
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const byRank = (a: Unit, b: Unit): number => b.rank - a.rank || byBytes(a, b);
export const byBytes = (a: Unit, b: Unit): number => b.bytes - a.bytes || text(a.id, b.id);
