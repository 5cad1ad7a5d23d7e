import { IconBinaryTree2, IconList, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { TOPOLOGY_GROUPINGS, TOPOLOGY_SCOPES, type TopologyGraph, type TopologyNode } from '../../../shared/contract/topology';
import { isFiltered, useFilter } from '../../stores/filter';
import { texts } from '../../texts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { SearchField } from '../../widgets/search-field/SearchField';
import { choose, closeGroup, useChoices } from './store';
import styles from './topology.module.css';
import { nodeTitle } from './words';

const words = texts.topology;

interface ToolbarProps {
  readonly graph: TopologyGraph | null;
  /** A node was searched for. */
  onFind(id: string): void;
  onRelayout(): void;
  onExport(kind: 'png' | 'svg'): void;
}

/** What the graph shows, and what can be done with all of it. */
export function Toolbar({ graph, onFind, onRelayout, onExport }: ToolbarProps) {
  const { scope, grouping, open, as } = useChoices();
  const filtered = useFilter(isFiltered);
  const { tools } = words;
  return (
    <section className={`toolbar ${styles.toolbar}`} aria-label={tools.region}>
      <Search nodes={graph?.nodes ?? []} onFind={onFind} />
      <select
        className="select"
        aria-label={tools.grouping}
        value={grouping}
        onChange={({ target }) => choose({ grouping: TOPOLOGY_GROUPINGS.find((each) => each === target.value) ?? 'auto', open: [] })}
      >
        {TOPOLOGY_GROUPINGS.map((each) => (
          <option key={each} value={each}>
            {each === 'auto' && graph && grouping === 'auto' ? tools.grouped(graph.grouping) : tools.groupings[each]}
          </option>
        ))}
      </select>
      {filtered && (
        <select
          className="select"
          aria-label={tools.scope}
          value={scope}
          onChange={({ target }) => choose({ scope: TOPOLOGY_SCOPES.find((each) => each === target.value) ?? 'shown' })}
        >
          {TOPOLOGY_SCOPES.map((each) => (
            <option key={each} value={each}>
              {tools[each]}
            </option>
          ))}
        </select>
      )}
      <fieldset className={styles.switch} aria-label={tools.as}>
        <button type="button" aria-pressed={as === 'graph'} onClick={() => choose({ as: 'graph' })}>
          <IconBinaryTree2 size={13} stroke={1.7} aria-hidden />
          {tools.asGraph}
        </button>
        <button type="button" aria-pressed={as === 'list'} onClick={() => choose({ as: 'list' })}>
          <IconList size={13} stroke={1.7} aria-hidden />
          {tools.asList}
        </button>
      </fieldset>
      {as === 'graph' && graph && graph.nodes.length > 0 && (
        <>
          <button type="button" className="button" data-small title={tools.relayoutHint} onClick={onRelayout}>
            {tools.relayout}
          </button>
          {(['png', 'svg'] as const).map((kind) => (
            <button key={kind} type="button" className="button" data-small title={tools.kinds[kind]} onClick={() => onExport(kind)}>
              {tools.save[kind]}
            </button>
          ))}
        </>
      )}
      {graph && <Count graph={graph} />}
      {open.map((id) => {
        const label = titleOfId(id);
        return (
          <button key={id} type="button" className={styles.chip} aria-label={tools.closeGroup(label)} onClick={() => closeGroup(id)}>
            {label}
            <IconX size={11} stroke={2} aria-hidden />
          </button>
        );
      })}
      {graph && graph.lostFlows > 0 && <p className={styles.note}>{words.lost(formatCount(graph.lostFlows))}</p>}
    </section>
  );
}

function Count({ graph: { nodes, totals, edges, folded, since } }: { readonly graph: TopologyGraph }) {
  return (
    <span className={styles.count} role="status">
      {words.count(formatCount(totals.hosts), formatCount(edges.length))}
      {since !== null &&
        ` · ${words.new(formatCount(count(nodes, ({ newHosts }) => newHosts)), formatCount(count(edges, ({ isNew }) => Number(isNew))))}`}
      {folded.hosts > 0 && <span title={words.foldedHint}> · {words.folded(formatCount(folded.hosts))}</span>}
      {folded.edges.count > 0 && <> · {words.missingEdges(formatCount(folded.edges.count), formatBytes(folded.edges.bytes))}</>}
    </span>
  );
}

const count = <T,>(all: readonly T[], of: (each: T) => number): number => all.reduce((sum, each) => sum + of(each), 0);

function Search({ nodes, onFind }: { readonly nodes: readonly TopologyNode[]; onFind(id: string): void }) {
  const [text, setText] = useState('');
  const [place, setPlace] = useState(-1);
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' ? [] : nodes.filter((node) => `${nodeTitle(node)} ${node.name}`.toLowerCase().includes(wanted));
  const go = (to: number): void => {
    const node = found[to];
    if (!node) return;
    setPlace(to);
    onFind(node.id);
  };
  return (
    <SearchField
      className={styles.search}
      label={words.tools.search}
      value={text}
      onChange={(text) => {
        setText(text);
        setPlace(-1);
      }}
      onKeyDown={({ key, shiftKey }) => {
        if (key === 'Enter' && found.length > 0) go((place + (shiftKey ? -1 : 1) + found.length) % found.length);
      }}
    >
      {wanted !== '' && (
        <span className={styles.found} role="status">
          {found.length === 0 ? words.tools.notFound : words.tools.found(formatCount(Math.max(0, place + 1)), formatCount(found.length))}
        </span>
      )}
    </SearchField>
  );
}

/** A group that is open may be no node any more: its id says what it is. */
function titleOfId(id: string): string {
  const [kind = '', ...label] = id.split(':');
  return nodeTitle({ kind: kind as TopologyNode['kind'], label: label.join(':') });
}
