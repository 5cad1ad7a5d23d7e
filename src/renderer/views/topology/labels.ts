export interface Box {
  /** Middle of its upper edge, in pixels of the screen. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LabelBox extends Box {
  /** Of the node that it names. */
  readonly id: string;
  /** It may cover nodes, not other labels. */
  readonly isWanted: boolean;
}

/** Of the labels those that cover neither each other nor a node (`nodes`, by id) that they do not name; the first ones have the choice. */
export function fittingLabels(labels: readonly LabelBox[], nodes: ReadonlyMap<string, Box>): Set<string> {
  const placed: LabelBox[] = [];
  for (const label of labels) {
    if (placed.some((other) => covers(other, label))) continue;
    if (!label.isWanted && coversNode(label, nodes)) continue;
    placed.push(label);
  }
  return new Set(placed.map(({ id }) => id));
}

function coversNode(label: LabelBox, nodes: ReadonlyMap<string, Box>): boolean {
  for (const [id, node] of nodes) if (id !== label.id && covers(label, node)) return true;
  return false;
}

const covers = (a: Box, b: Box): boolean => a.y < b.y + b.height && b.y < a.y + a.height && Math.abs(a.x - b.x) < (a.width + b.width) / 2;
