import cytoscape, { type EdgeSingular, type NodeSingular } from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { Arranged, ArrangeTask } from './arrange';

cytoscape.use(fcose);

/** Steps of the layout: fewer for many nodes. */
const MOST_STEPS = 2500;
const STEPS = 200_000;

self.onmessage = ({ data }: MessageEvent<ArrangeTask>) => {
  self.postMessage({ number: data.number, places: arrange(data) } satisfies Arranged);
};

function arrange({ nodes, edges }: ArrangeTask): Arranged['places'] {
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [
      { selector: 'node', style: { width: 'data(size)', height: 'data(size)' } },
      { selector: 'edge', style: { 'curve-style': 'haystack' } },
    ],
    elements: [
      ...nodes.map(({ id, size, at }) => ({ group: 'nodes' as const, data: { id, size }, position: { ...at } })),
      ...edges.map(({ source, target }, index) => ({ group: 'edges' as const, data: { id: `edge ${index}`, source, target } })),
    ],
  });
  const degrees = new Map((cy.nodes().toArray() as NodeSingular[]).map((node) => [node.id(), node.degree(false)]));
  const degree = (id: string): number => degrees.get(id) ?? 0;
  const fixed = nodes.filter(({ isFixed }) => isFixed).map(({ id, at }) => ({ nodeId: id, position: { ...at } }));
  cy.layout({
    name: 'fcose',
    animate: false,
    fit: false,
    randomize: true,
    // Hubs need room around them for all that is linked to them.
    idealEdgeLength: (edge: EdgeSingular) => 70 + 14 * Math.sqrt(Math.max(degree(edge.data('source')), degree(edge.data('target')))),
    nodeRepulsion: (node: NodeSingular) => 9000 * (1 + degree(node.id()) / 8),
    nodeSeparation: 110,
    numIter: Math.min(MOST_STEPS, Math.ceil(STEPS / Math.max(1, nodes.length))),
    ...(fixed.length > 0 && { fixedNodeConstraint: fixed }),
  } as cytoscape.LayoutOptions).run();
  const places = (cy.nodes().toArray() as NodeSingular[]).map((node) => [node.id(), { ...node.position() }] as const);
  cy.destroy();
  return places;
}
