import type { TopologyEdge, TopologyGraph, TopologyNode } from '../../../shared/contract/topology';

const LEAST_SIZE = 14;
const MORE_SIZE = 42;
const LEAST_WIDTH = 1.2;
const MORE_WIDTH = 7;
/** With more edges each is thinner and fainter, or they hide each other. */
const FEW_EDGES = 60;
const OPACITY = 0.75;

/** Sizes in pixels by bytes: the area, not the diameter, is what grows with them. */
export interface Scale {
  size(node: Pick<TopologyNode, 'bytes'>): number;
  width(edge: Pick<TopologyEdge, 'bytes'>): number;
  /** Of an edge, 0 to 1. */
  readonly opacity: number;
}

export function scaleOf({ nodes, edges }: Pick<TopologyGraph, 'nodes' | 'edges'>): Scale {
  const most = (all: readonly { readonly bytes: number }[]): number => all.reduce((top, { bytes }) => Math.max(top, bytes), 1);
  const mostNode = most(nodes);
  const mostEdge = most(edges);
  const crowd = Math.min(1, Math.sqrt(FEW_EDGES / Math.max(1, edges.length)));
  return {
    size: ({ bytes }) => LEAST_SIZE + MORE_SIZE * Math.sqrt(bytes / mostNode),
    opacity: OPACITY * Math.max(0.4, crowd),
    width: ({ bytes }) => LEAST_WIDTH + MORE_WIDTH * crowd * Math.sqrt(bytes / mostEdge),
  };
}
