import cytoscape, { type Core, type ElementDefinition, type NodeSingular } from 'cytoscape';
import type { TopologyGraph, TopologyNode } from '../../../shared/contract/topology';
import { type Arranged, Arranger } from './arrange';
import { FONT_SIZE, graphStyle } from './graph-style';
import { LabelLayer } from './label-layer';
import type { Placed } from './nearest';
import { type Palette, readPalette } from './palette';
import { type Point, placeNew } from './place-new';
import { SHAPES, type Shape } from './shapes';
import { scaleOf } from './sizes';
import type { Places } from './store';
import type { Scene } from './svg';
import { nodeLabel, ringLevel } from './words';

const MIN_ZOOM = 0.08;
const MAX_ZOOM = 4;
const ZOOM_STEP = 1.35;
const PADDING = 48;
/** Room for half a label as well. */
const SIDE = 66;
/** A few nodes are not blown up. */
const MAX_FIT = 1.3;
/** While nobody touched the graph it is arranged anew when so large a part of it is new; afterwards, when most of it is. */
const GROWN = 0.1;
const MOST = 0.5;
const EDGES_AT_ONCE = 120;

export interface GraphEvents {
  onSelect(id: string | null): void;
  onOpen(id: string): void;
  /** In client pixels. */
  onMenu(id: string, at: Point): void;
  onArranging(arranging: boolean): void;
}

/** The drawn graph: nodes keep their places while it changes. */
export class GraphView {
  /** Pixels at the left that something else covers. */
  covered = 0;
  readonly #cy: Core;
  readonly #places: Places;
  readonly #events: GraphEvents;
  readonly #arranger: Arranger;
  readonly #font: string;
  readonly #labels: LabelLayer;
  #palette: Palette = readPalette();
  #graph: TopologyGraph | null = null;
  #chosen: string | null = null;
  /** Edges that are not drawn yet. */
  #waiting: ElementDefinition[] = [];
  #adding = 0;
  #isArranging = false;
  #isWindow = false;
  /** All but the neighbourhood of one node is dimmed. */
  #isFocused = false;

  /** `labels` covers the container. */
  constructor(container: HTMLElement, labels: HTMLCanvasElement, places: Places, events: GraphEvents) {
    this.#places = places;
    this.#events = events;
    this.#arranger = new Arranger((arranged) => this.#arranged(arranged));
    this.#font = getComputedStyle(container).fontFamily;
    this.#labels = new LabelLayer(labels, this.#font);
    const cy = cytoscape({
      container,
      style: graphStyle(this.#palette, this.#font),
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      selectionType: 'single',
      boxSelectionEnabled: false,
      autounselectify: true,
    });
    this.#cy = cy;
    cy.on('tap', (event) => events.onSelect(event.target === cy ? null : event.target.id()));
    cy.on('dbltap', 'node', (event) => events.onOpen(event.target.id()));
    cy.on('cxttap', 'node', (event) => {
      const { clientX: x, clientY: y } = event.originalEvent as MouseEvent;
      events.onSelect(event.target.id());
      events.onMenu(event.target.id(), { x, y });
    });
    cy.on('dragfreeon', 'node', (event) => this.pin(event.target.id(), true));
    cy.on('grab scrollzoom dragpan pinchzoom', () => this.#touch());
    cy.on('render', () => this.#label());
    if (places.viewport) cy.viewport({ zoom: places.viewport.zoom, pan: { ...places.viewport.pan } });
  }

  destroy(): void {
    cancelAnimationFrame(this.#adding);
    this.#arranger.stop();
    this.#places.viewport = this.#graph ? { zoom: this.#cy.zoom(), pan: { ...this.#cy.pan() } } : null;
    this.#cy.destroy();
  }

  /** Another theme. */
  recolour(): void {
    this.#palette = readPalette();
    this.#cy.style(graphStyle(this.#palette, this.#font));
    if (this.#graph) this.update(this.#graph, this.#isWindow);
  }

  /**
   * What was drawn before stays where it is. It is arranged anew where most of it is new: of a time window (`isWindow`) most of all that was ever
   * drawn, so that nothing moves while the window does.
   */
  update(graph: TopologyGraph, isWindow: boolean): void {
    const cy = this.#cy;
    const scale = scaleOf(graph);
    const ids = new Set(graph.nodes.map(({ id }) => id));
    const unknown = graph.nodes.filter(({ id }) => !this.#places.at.has(id));
    const isFirst = this.#graph === null;
    const isKnown = isWindow || this.#places.touched;
    this.#graph = graph;
    this.#isWindow = isWindow;
    const placed = this.#placeUnknown(unknown, graph);
    cy.batch(() => {
      cy.nodes()
        .filter((node) => !ids.has(node.id()))
        .remove();
      const made: ElementDefinition[] = [];
      this.#waiting = [];
      for (const node of graph.nodes) {
        const data = this.#data(node, scale.size(node));
        const shown = cy.getElementById(node.id);
        if (shown.nonempty()) shown.data(data).toggleClass('new', data.isNew);
        else
          made.push({ group: 'nodes', data, classes: data.isNew ? 'new' : '', position: { ...(placed.get(node.id) ?? { x: 0, y: 0 }) } });
      }
      const kept = new Set<string>();
      for (const edge of graph.edges) {
        const { source, target, family, isNew } = edge;
        const id = `${source} ${target}`;
        kept.add(id);
        const data = { width: scale.width(edge), color: this.#palette.family(family), opacity: scale.opacity, isNew };
        const shown = cy.getElementById(id);
        if (shown.nonempty()) shown.data(data).toggleClass('new', isNew);
        else this.#waiting.push({ group: 'edges', data: { id, source, target, ...data }, classes: isNew ? 'new' : '' });
      }
      cy.edges()
        .filter((edge) => !kept.has(edge.id()))
        .remove();
      cy.add(made);
    });
    cancelAnimationFrame(this.#adding);
    if (this.#waiting.length <= EDGES_AT_ONCE) this.#addEdges(EDGES_AT_ONCE);
    // The frame that draws the nodes for the first time has enough to do.
    else
      this.#adding = requestAnimationFrame(() => {
        this.#adding = requestAnimationFrame(() => this.#addEdges(EDGES_AT_ONCE));
      });
    this.#labels.setNodes(this.#nodes());
    this.#places.added += unknown.length;
    const share = isKnown ? MOST : GROWN;
    const all = isWindow ? this.#places.at.size : graph.nodes.length;
    if (!this.#isArranging && this.#places.added > share * all) this.relayout();
    if (isFirst ? this.#places.viewport === null : !isKnown && unknown.length > 0) this.fit();
    this.#focus();
    this.#label();
  }

  /** So many of those that wait; the others with the next frames, since a thousand at once would stop the page for longer than one feels. */
  #addEdges(count: number): void {
    cancelAnimationFrame(this.#adding);
    this.#cy.add(this.#waiting.splice(0, count));
    if (this.#isFocused) this.#focus();
    if (this.#waiting.length > 0) this.#adding = requestAnimationFrame(() => this.#addEdges(count));
  }

  /** The answer comes later; until then everything stays where it is. */
  relayout(): void {
    const edges = this.#graph?.edges ?? [];
    const nodes = this.#nodes().map((node) => ({
      id: node.id(),
      size: node.data('size') as number,
      at: { ...node.position() },
      isFixed: this.#places.pinned.has(node.id()),
    }));
    if (nodes.length === 0) return;
    this.#setArranging(true);
    this.#arranger.ask({ nodes, edges: edges.map(({ source, target }) => ({ source, target })) });
  }

  #arranged(places: Arranged['places']): void {
    this.#cy.batch(() => {
      for (const [id, at] of places) {
        if (this.#places.pinned.has(id)) continue;
        this.#places.at.set(id, at);
        this.#cy.getElementById(id).position({ ...at });
      }
    });
    this.#places.added = Math.max(0, this.#cy.nodes().length - places.length);
    this.#setArranging(false);
    this.fit();
  }

  #setArranging(arranging: boolean): void {
    this.#isArranging = arranging;
    this.#events.onArranging(arranging);
  }

  fit(): void {
    const cy = this.#cy;
    const { x1, y1, w, h } = this.#box();
    const width = Math.max(1, cy.width() - this.covered - 2 * SIDE);
    const height = Math.max(1, cy.height() - 2 * PADDING);
    const zoom = Math.min(MAX_FIT, Math.max(MIN_ZOOM, Math.min(width / Math.max(1, w), height / Math.max(1, h))));
    const pan = {
      x: this.covered + SIDE + width / 2 - zoom * (x1 + w / 2),
      y: PADDING + height / 2 - zoom * (y1 + h / 2),
    };
    cy.viewport({ zoom, pan });
  }

  /** Around all nodes. */
  #box(): { readonly x1: number; readonly y1: number; readonly w: number; readonly h: number } {
    let [x1, y1, x2, y2] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const node of this.#nodes()) {
      const { x, y } = node.position();
      const half = (node.data('size') as number) / 2;
      x1 = Math.min(x1, x - half);
      y1 = Math.min(y1, y - half);
      x2 = Math.max(x2, x + half);
      y2 = Math.max(y2, y + half);
    }
    return x1 <= x2 ? { x1, y1, w: x2 - x1, h: y2 - y1 } : { x1: 0, y1: 0, w: 0, h: 0 };
  }

  zoom(by: 1 | -1): void {
    this.#touch();
    this.#cy.zoom({ level: this.#cy.zoom() * ZOOM_STEP ** by, renderedPosition: this.#middle() });
  }

  resize(): void {
    this.#cy.resize();
  }

  /** With `reveal`, it is moved into sight. */
  choose(id: string | null, reveal: boolean): void {
    this.#chosen = id;
    if (id !== null) this.#touch();
    this.#focus();
    const node = id === null ? null : this.#cy.getElementById(id);
    if (!node?.nonempty() || !reveal) return;
    const { x, y } = node.renderedPosition();
    const inside = x > PADDING && y > PADDING && x < this.#cy.width() - PADDING && y < this.#cy.height() - PADDING;
    if (!inside) this.#cy.center(node);
  }

  isPinned(id: string): boolean {
    return this.#places.pinned.has(id);
  }

  pin(id: string, pinned: boolean): void {
    const node = this.#cy.getElementById(id);
    if (node.nonempty()) this.#remember(node as NodeSingular);
    if (pinned) this.#places.pinned.add(id);
    else this.#places.pinned.delete(id);
  }

  /** Where the nodes stand, in the order of the graph. */
  placed(): Placed[] {
    return (this.#graph?.nodes ?? []).map(({ id }) => ({ id, ...this.#cy.getElementById(id).position() }));
  }

  /** Of a node, in client pixels. */
  clientPoint(id: string): Point {
    const { x, y } = this.#cy.getElementById(id).renderedPosition();
    const box = this.#cy.container()?.getBoundingClientRect();
    return { x: x + (box?.left ?? 0), y: y + (box?.top ?? 0) };
  }

  /** The whole graph as a PNG image, base64. */
  png(): string {
    this.#addEdges(Number.POSITIVE_INFINITY);
    const zoom = this.#cy.zoom();
    const named = this.#cy.nodes().filter((node) => this.#labels.shown.has(node.id()));
    named.addClass('labelled').style({ 'font-size': FONT_SIZE / zoom, 'text-margin-y': 3 / zoom });
    const image = this.#cy.png({ output: 'base64', full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: this.#palette.background });
    named.removeClass('labelled').removeStyle();
    return image;
  }

  /** The whole graph, for a drawing. */
  scene(title: string): Scene {
    this.#addEdges(Number.POSITIVE_INFINITY);
    const at = (id: string): Point => ({ ...this.#cy.getElementById(id).position() });
    const text = { background: this.#palette.background, text: this.#palette.text, fresh: this.#palette.fresh };
    const nodes = this.#cy.nodes().map((node) => {
      const { id, size, shape, fill, ring, ringWidth, level, label, isNew } = node.data();
      return {
        id,
        ...node.position(),
        size,
        shape: shape as Shape,
        fill,
        ring,
        ringWidth,
        level,
        label,
        isNew,
        isLabelled: this.#labels.shown.has(id),
      };
    });
    const edges = this.#cy.edges().map((edge) => {
      const { source, target, width, color, opacity, isNew } = edge.data();
      return { from: at(source), to: at(target), width, color, opacity, isNew };
    });
    return { title, ...text, nodes, edges };
  }

  #nodes(): NodeSingular[] {
    return this.#cy.nodes().toArray() as NodeSingular[];
  }

  #touch(): void {
    this.#places.touched = true;
  }

  #middle(): Point {
    return { x: this.#cy.width() / 2, y: this.#cy.height() / 2 };
  }

  #remember(node: NodeSingular): void {
    this.#places.at.set(node.id(), { ...node.position() });
  }

  #data(node: TopologyNode, size: number) {
    const level = ringLevel(node);
    return {
      id: node.id,
      size,
      shape: SHAPES[node.role],
      fill: this.#palette.fill(node.role),
      ring: this.#palette.ring(level),
      ringWidth: level === 'none' ? 1.5 : 4,
      level,
      label: nodeLabel(node),
      isNew: node.newHosts > 0,
      // Who has the choice where labels would cover each other.
      weight: (level === 'none' ? 0 : 1e18) + node.bytes,
    };
  }

  /** Of each node that has no place yet one near the neighbour that it says most to. */
  #placeUnknown(unknown: readonly TopologyNode[], { edges }: TopologyGraph): Map<string, Point> {
    const { at } = this.#places;
    const placed = new Map<string, Point>();
    for (const node of this.#graph?.nodes ?? []) {
      const known = at.get(node.id);
      if (known) placed.set(node.id, known);
    }
    const neighbours = new Map<string, string>();
    // The edges come with the greatest first.
    for (const { source, target } of edges) {
      if (!neighbours.has(source) && placed.has(target)) neighbours.set(source, target);
      if (!neighbours.has(target) && placed.has(source)) neighbours.set(target, source);
    }
    let bottom: Point = { x: 0, y: 0 };
    for (const point of placed.values()) if (point.y > bottom.y) bottom = point;
    for (const [n, { id }] of unknown.entries()) {
      const point = placeNew(placed.get(neighbours.get(id) ?? '') ?? null, n, bottom);
      placed.set(id, point);
      at.set(id, point);
    }
    return placed;
  }

  #focus(): void {
    const cy = this.#cy;
    const node = this.#chosen === null ? null : cy.getElementById(this.#chosen);
    if (!node?.nonempty() && !this.#isFocused) return;
    this.#isFocused = node?.nonempty() ?? false;
    cy.batch(() => {
      cy.elements().removeClass('dimmed chosen near');
      if (!node?.nonempty()) return;
      const near = node.closedNeighborhood();
      cy.elements().difference(near).addClass('dimmed');
      near.edges().addClass('near');
      node.addClass('chosen');
    });
  }

  #label(): void {
    const cy = this.#cy;
    const view = { width: cy.width(), height: cy.height(), zoom: cy.zoom(), pan: cy.pan() };
    this.#labels.draw(view, this.#chosen, this.#palette);
  }
}
