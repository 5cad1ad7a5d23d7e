import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import type { TopologyGraph, TopologyNode } from '../../../shared/contract/topology';
import { useFilter } from '../../stores/filter';
import { useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { ContextMenu } from '../../widgets/context-menu/ContextMenu';
import { nodeActions, openNode } from './actions';
import { GraphView } from './graph-view';
import { type Direction, nearest } from './nearest';
import type { Point } from './place-new';
import { placesOf, useChoices } from './store';
import styles from './topology.module.css';
import { nodeLabel } from './words';

const words = texts.topology;

export interface GraphHandle {
  relayout(): void;
  /** Selects and moves it into sight. */
  reveal(id: string): void;
  png(): string;
  scene(title: string): ReturnType<GraphView['scene']>;
}

/** With its distance from the edge, in pixels. */
const LEGEND_WIDTH = 212;

interface GraphProps {
  readonly ref: Ref<GraphHandle>;
  readonly session: number | null;
  readonly graph: TopologyGraph;
  readonly selected: string | null;
  onSelect(id: string | null): void;
}

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** The drawn graph, with its keys, its menu and the buttons that zoom. */
export function Graph({ ref, session, graph, selected, onSelect }: GraphProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLCanvasElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const view = useRef<GraphView | null>(null);
  const theme = useLayout((state) => state.theme);
  const isWindow = useFilter((state) => state.range !== null);
  const covered = useChoices((state) => (state.legend ? LEGEND_WIDTH : 0));
  const [menu, setMenu] = useState<{ readonly at: Point; readonly node: TopologyNode } | null>(null);
  const [arranging, setArranging] = useState(false);
  const hint = useId();
  const find = (id: string | null): TopologyNode | undefined => graph.nodes.find((node) => node.id === id);
  const latest = useRef({ find, onSelect });
  latest.current = { find, onSelect };

  useEffect(() => {
    if (!canvas.current || !labels.current) return;
    const made = new GraphView(canvas.current, labels.current, placesOf(session), {
      onSelect: (id) => latest.current.onSelect(id),
      onOpen: (id) => {
        const node = latest.current.find(id);
        if (node) openNode(node);
      },
      onMenu: (id, at) => {
        const node = latest.current.find(id);
        if (node) setMenu({ at, node });
      },
      onArranging: setArranging,
    });
    view.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(canvas.current);
    return () => {
      watch.disconnect();
      made.destroy();
      view.current = null;
    };
  }, [session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session has another view
  useEffect(() => {
    if (view.current) view.current.covered = covered;
  }, [covered, session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session has another view
  useEffect(() => view.current?.update(graph, isWindow), [graph, isWindow, session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph may have got or lost the node
  useEffect(() => view.current?.choose(selected, false), [selected, graph]);
  // Drawn in the colours of the theme from the beginning.
  const coloured = useRef(theme);
  useEffect(() => {
    if (coloured.current === theme) return;
    coloured.current = theme;
    view.current?.recolour();
  }, [theme]);

  const reveal = (id: string): void => {
    onSelect(id);
    view.current?.choose(id, true);
  };
  useImperativeHandle(ref, () => ({
    relayout: () => view.current?.relayout(),
    reveal,
    png: () => view.current?.png() ?? '',
    scene: (title) => view.current?.scene(title) ?? { title, background: '', text: '', fresh: '', nodes: [], edges: [] },
  }));

  const move = (direction: Direction): void => {
    const placed = view.current?.placed() ?? [];
    const from = placed.find(({ id }) => id === selected);
    const next = from ? nearest(placed, from, direction) : placed[0]?.id;
    if (next) reveal(next);
  };
  const keys: Readonly<Record<string, () => void>> = {
    Enter: () => {
      const node = find(selected);
      if (node) openNode(node);
    },
    Escape: () => onSelect(null),
    Home: () => view.current?.fit(),
    '+': () => view.current?.zoom(1),
    '=': () => view.current?.zoom(1),
    '-': () => view.current?.zoom(-1),
  };
  const openMenu = (): void => {
    const node = find(selected);
    if (node && view.current) setMenu({ at: view.current.clientPoint(node.id), node });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const isMenu = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
    const run = isMenu ? openMenu : arrow ? () => move(arrow) : keys[event.key];
    if (!run || (event.key === 'Escape' && selected === null)) return;
    event.preventDefault();
    run();
  };

  return (
    <div className={styles.graph}>
      <div
        ref={area}
        className={styles.area}
        role="application"
        aria-label={words.graph}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move between the nodes
        tabIndex={0}
        data-testid="topology-graph"
        aria-busy={arranging}
        data-nodes={graph.nodes.length}
        data-edges={graph.edges.length}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => event.preventDefault()}
      >
        <div ref={canvas} className={styles.canvas} />
        <canvas ref={labels} className={styles.labels} />
      </div>
      <p id={hint} className="visually-hidden">
        {words.graphKeys}
      </p>
      <div className={styles.zoom}>
        <button type="button" className="icon-button" title={words.tools.zoomIn} aria-label={words.tools.zoomIn} onClick={keys['+']}>
          <IconPlus size={15} stroke={1.7} aria-hidden />
        </button>
        <button type="button" className="icon-button" title={words.tools.zoomOut} aria-label={words.tools.zoomOut} onClick={keys['-']}>
          <IconMinus size={15} stroke={1.7} aria-hidden />
        </button>
        <button type="button" className="icon-button" title={words.tools.fit} aria-label={words.tools.fit} onClick={keys.Home}>
          <IconMaximize size={15} stroke={1.7} aria-hidden />
        </button>
      </div>
      <ContextMenu
        at={menu?.at ?? null}
        {...(menu && { title: nodeLabel(menu.node) })}
        items={
          menu
            ? nodeActions(menu.node, {
                isPinned: view.current?.isPinned(menu.node.id) ?? false,
                pin: (pinned) => view.current?.pin(menu.node.id, pinned),
              })
            : []
        }
        onClose={() => {
          setMenu(null);
          area.current?.focus();
        }}
      />
    </div>
  );
}
