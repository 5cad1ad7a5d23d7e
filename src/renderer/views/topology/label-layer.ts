import type { NodeSingular } from 'cytoscape';
import { FONT_SIZE } from './graph-style';
import { type Box, fittingLabels, type LabelBox } from './labels';

const HEIGHT = 17;
const PADDING = 4;
const BACKGROUND_OPACITY = 0.75;
/** Nodes whose label may stand over others: the riskiest, then those with the most bytes. */
const ALWAYS_NAMED = 8;
/** Zoomed out farther, labels would hide what they name. */
const LEAST_ZOOM = 0.12;

/** A node with what its label needs; `weight`: who has the choice where labels would cover each other. */
interface Labelled {
  readonly node: NodeSingular;
  readonly id: string;
  readonly label: string;
  readonly width: number;
  readonly weight: number;
}

export interface LabelColors {
  readonly text: string;
  readonly background: string;
}

/**
 * The nodes' labels, on a canvas of their own over the graph: as large at every zoom, and only those that fit. As labels of the graph they would
 * be styled and measured anew with every frame in which it moves.
 */
export class LabelLayer {
  /** Ids of the nodes whose labels were drawn last. */
  shown: ReadonlySet<string> = new Set();
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #font: string;
  #nodes: Labelled[] = [];

  constructor(canvas: HTMLCanvasElement, fontFamily: string) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    this.#font = `${FONT_SIZE}px ${fontFamily}`;
  }

  /** Other nodes or other data of them. */
  setNodes(nodes: readonly NodeSingular[]): void {
    const context = this.#context;
    if (context) context.font = this.#font;
    const known = new Map(this.#nodes.map(({ label, width }) => [label, width]));
    this.#nodes = nodes
      .map((node) => {
        const { id, label, weight } = node.data() as { id: string; label: string; weight: number };
        return { node, id, label, weight, width: known.get(label) ?? (context?.measureText(label).width ?? 80) + 2 * PADDING };
      })
      .sort((a, b) => b.weight - a.weight);
  }

  /** Draws over the graph as it lies now: its size, zoom and place in pixels of the page. `chosen` is named in any case. */
  draw(
    view: { width: number; height: number; zoom: number; pan: { x: number; y: number } },
    chosen: string | null,
    colors: LabelColors,
  ): void {
    const context = this.#context;
    if (!context) return;
    const { width, height, zoom, pan } = view;
    const ratio = window.devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      this.#canvas.width = wide;
      this.#canvas.height = high;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const boxes = new Map<string, Box>();
    const labels: LabelBox[] = [];
    for (const { node, id, width } of this.#nodes) {
      const { x, y } = node.position();
      const size = (node.data('size') as number) * zoom;
      const at = { x: x * zoom + pan.x, y: y * zoom + pan.y };
      boxes.set(id, { x: at.x, y: at.y - size / 2, width: size, height: size });
      if (zoom < LEAST_ZOOM || node.hasClass('dimmed')) continue;
      const label = { id, x: at.x, y: at.y + size / 2, width, height: HEIGHT, isWanted: id === chosen || labels.length < ALWAYS_NAMED };
      if (id === chosen) labels.unshift(label);
      else labels.push(label);
    }
    this.shown = fittingLabels(labels, boxes);
    const texts = new Map(this.#nodes.map(({ id, label }) => [id, label]));
    const visible = labels.filter(({ id, x, y, width: w }) => this.shown.has(id) && x > -w && x < width + w && y > -HEIGHT && y < height);
    context.fillStyle = colors.background;
    context.globalAlpha = BACKGROUND_OPACITY;
    for (const { x, y, width } of visible) context.fillRect(x - width / 2, y + 2, width, HEIGHT - 2);
    context.globalAlpha = 1;
    context.font = this.#font;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = colors.text;
    for (const { id, x, y } of visible) context.fillText(texts.get(id) ?? '', x, y + 2 + (HEIGHT - 2) / 2);
  }
}
