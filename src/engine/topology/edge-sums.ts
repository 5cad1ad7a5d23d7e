import type { TrafficSums } from '../../shared/contract/topology';
import { PROTOCOL_FAMILIES, type ProtocolFamily } from '../../shared/model/protocol-families';

/** Flows between two nodes; `low` < `high` are their numbers. */
export interface EdgeSum {
  readonly low: number;
  readonly high: number;
  flows: number;
  packets: number;
  bytes: number;
  /** Flows that `low` began, less those that `high` did. */
  lead: number;
  /** Bytes by index of the family. */
  readonly families: Float64Array;
  /** The two knew each other before. */
  isOld: boolean;
}

export interface ChosenEdges {
  readonly edges: readonly EdgeSum[];
  readonly folded: TrafficSums & { readonly count: number };
}

/** Sums of the flows between nodes: of n nodes at most n * (n - 1) / 2 pairs, 45,000 for 300, some 200 bytes each. */
export class EdgeSums {
  readonly #nodes: number;
  readonly #edges = new Map<number, EdgeSum>();

  constructor(nodes: number) {
    this.#nodes = nodes;
  }

  /** A flow that the node `from` began to another one. `family`: its index. */
  add(from: number, to: number, packets: number, bytes: number, family: number): void {
    const low = Math.min(from, to);
    const high = Math.max(from, to);
    const key = this.#key(from, to);
    let edge = this.#edges.get(key);
    if (!edge) {
      edge = { low, high, flows: 0, packets: 0, bytes: 0, lead: 0, families: new Float64Array(PROTOCOL_FAMILIES.length), isOld: false };
      this.#edges.set(key, edge);
    }
    edge.flows++;
    edge.packets += packets;
    edge.bytes += bytes;
    edge.lead += from === low ? 1 : -1;
    edge.families[family] = (edge.families[family] ?? 0) + bytes;
  }

  /** A flow between the two was there before those that were added. */
  addOld(from: number, to: number): void {
    const edge = this.#edges.get(this.#key(from, to));
    if (edge) edge.isOld = true;
  }

  /** Of each node its greatest edge, so that none is alone, then those with the most bytes; and what the others carry. */
  choose(limit: number): ChosenEdges {
    const all = [...this.#edges.values()].sort((a, b) => b.bytes - a.bytes || b.flows - a.flows || a.low - b.low || a.high - b.high);
    const linked = new Set<number>();
    const first: EdgeSum[] = [];
    const others: EdgeSum[] = [];
    for (const edge of all) {
      const isFirst = !linked.has(edge.low) || !linked.has(edge.high);
      linked.add(edge.low).add(edge.high);
      (isFirst ? first : others).push(edge);
    }
    const edges = [...first, ...others];
    const folded = { count: 0, flows: 0, packets: 0, bytes: 0 };
    for (const { flows, packets, bytes } of edges.slice(limit)) {
      folded.count++;
      folded.flows += flows;
      folded.packets += packets;
      folded.bytes += bytes;
    }
    return { edges: edges.slice(0, limit), folded };
  }

  #key(from: number, to: number): number {
    return Math.min(from, to) * this.#nodes + Math.max(from, to);
  }
}

/** The one with the most bytes; of equals the first of the list. */
export function mainFamily(families: Float64Array): ProtocolFamily {
  let main = -1;
  for (const [index, bytes] of families.entries()) if (main < 0 || bytes > (families[main] ?? 0)) main = index;
  return PROTOCOL_FAMILIES[main] ?? 'other';
}
