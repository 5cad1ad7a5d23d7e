import type { TopologyEdge, TopologyGraph, TopologyNode } from '../../../shared/contract/topology';

const LEAST_SIZE = 14;
const MORE_SIZE = 42;
const LEAST_WIDTH = 1;
const MORE_WIDTH = 7;

/** Sizes in pixels by bytes: the area, not the diameter, is what grows with them. */
export interface Scale {
  size(node: Pick<TopologyNode, 'bytes'>): number;
  width(edge: Pick<TopologyEdge, 'bytes'>): number;
}

export function scaleOf({ nodes, edges }: Pick<TopologyGraph, 'nodes' | 'edges'>): Scale {
  const most = (all: readonly { readonly bytes: number }[]): number => all.reduce((top, { bytes }) => Math.max(top, bytes), 1);
  const mostNode = most(nodes);
  const mostEdge = most(edges);
  return {
    size: ({ bytes }) => LEAST_SIZE + MORE_SIZE * Math.sqrt(bytes / mostNode),
    width: ({ bytes }) => LEAST_WIDTH + MORE_WIDTH * Math.sqrt(bytes / mostEdge),
  };
}
