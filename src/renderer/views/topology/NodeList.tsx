import { useMemo, useState } from 'react';
import type { TopologyGraph, TopologyNode } from '../../../shared/contract/topology';
import { texts } from '../../texts';
import { menuHandlers } from '../../values/menu-store';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { nodeActions } from './actions';
import { NewSign } from './NewSign';
import styles from './topology.module.css';
import { nodeLabel, nodeTitle, ringLevel } from './words';

const words = texts.topology;
const COLUMNS = ['name', 'role', 'members', 'risk', 'flows', 'packets', 'bytes'] as const;

type Column = (typeof COLUMNS)[number];

const KEYS: Readonly<Record<Column, (node: TopologyNode) => string | number>> = {
  name: (node) => nodeTitle(node),
  role: ({ role }) => words.roles[role],
  members: ({ members }) => members,
  risk: ({ risk }) => risk,
  flows: ({ flows }) => flows,
  packets: ({ packets }) => packets,
  bytes: ({ bytes }) => bytes,
};

interface NodeListProps {
  readonly graph: TopologyGraph;
  readonly selected: string | null;
  onSelect(id: string): void;
}

/** The graph's nodes as text. */
export function NodeList({ graph, selected, onSelect }: NodeListProps) {
  const [{ column, descending }, setOrder] = useState<{ column: Column; descending: boolean }>({ column: 'bytes', descending: true });
  const rows = useMemo(() => {
    const key = KEYS[column];
    const sign = descending ? -1 : 1;
    return [...graph.nodes].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return x === y ? (a.id < b.id ? -1 : 1) : x < y ? -sign : sign;
    });
  }, [graph, column, descending]);
  const sortBy = (chosen: Column): void => setOrder({ column: chosen, descending: chosen === column ? !descending : chosen !== 'name' });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
    <div className={styles.list} tabIndex={0} role="region" aria-label={words.list.title}>
      <table aria-label={words.list.title}>
        <thead>
          <tr>
            {COLUMNS.map((each) => (
              <th
                key={each}
                scope="col"
                data-number={isNumber(each) || undefined}
                aria-sort={each !== column ? 'none' : descending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => sortBy(each)}>
                  {words.list.columns[each]}
                  <span aria-hidden>{each === column ? (descending ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((node) => (
            <tr
              key={node.id}
              data-selected={node.id === selected || undefined}
              {...menuHandlers(nodeLabel(node), () => nodeActions(node, null))}
            >
              <th scope="row">
                <button type="button" aria-pressed={node.id === selected} onClick={() => onSelect(node.id)}>
                  {nodeTitle(node)}
                </button>
                {node.newHosts > 0 && (
                  <span className={styles.newMark} title={words.legend.new}>
                    <NewSign />
                    <span className="visually-hidden">{words.legend.new}</span>
                  </span>
                )}
                {node.name !== '' && <span className={styles.quiet}> {node.name}</span>}
              </th>
              <td>{words.roles[node.role]}</td>
              <td data-number>{formatCount(node.members)}</td>
              <td data-number>
                <span className={styles.riskNumber} data-level={ringLevel(node)}>
                  {formatCount(node.risk)}
                </span>
              </td>
              <td data-number>{formatCount(node.flows)}</td>
              <td data-number>{formatCount(node.packets)}</td>
              <td data-number>{formatBytes(node.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isNumber = (column: Column): boolean => column !== 'name' && column !== 'role';
