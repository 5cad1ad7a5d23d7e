/** Ports behind which are logins, shares, databases and control interfaces: whoever tries them from outside wants in. At most 32. */
const SENSITIVE_PORTS: readonly number[] = [
  21, 22, 23, 110, 135, 139, 143, 389, 445, 502, 512, 873, 1433, 1521, 2049, 2375, 3306, 3389, 5432, 5555, 5900, 5985, 6379, 6443, 9200,
  10250, 11211, 27017,
];

const bits: ReadonlyMap<number, number> = new Map(SENSITIVE_PORTS.map((port, index) => [port, index]));

/** A bit for each sensitive port; 0 for any other. */
export function sensitiveBit(port: number): number {
  const index = bits.get(port);
  return index === undefined ? 0 : 1 << index;
}

/** Ports of a bit set, in rising order. */
export const sensitivePorts = (set: number): number[] => SENSITIVE_PORTS.filter((_, index) => (set & (1 << index)) !== 0);
