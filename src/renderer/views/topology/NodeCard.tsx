import { IconX } from '@tabler/icons-react';
import type { TopologyGraph, TopologyNode } from '../../../shared/contract/topology';
import { filterTo } from '../../stores/filter';
import { texts } from '../../texts';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { openNode, openWords } from './actions';
import styles from './topology.module.css';
import { nodeTest, nodeTitle, ringLevel } from './words';

const words = texts.topology;

interface NodeCardProps {
  readonly node: TopologyNode;
  readonly graph: TopologyGraph;
  onClose(): void;
}

/** Whom the selection is, in short. */
export function NodeCard({ node, graph, onClose }: NodeCardProps) {
  const { card } = words;
  const test = nodeTest(node);
  const title = nodeTitle(node);
  const peers = formatCount(
    graph.edges.reduce((count, { source, target }) => count + (source === node.id || target === node.id ? 1 : 0), 0),
  );
  const facts: [string, string][] = [
    ...(node.kind === 'host' ? [] : [[card.members, formatCount(node.members)] as [string, string]]),
    ...(node.newHosts > 0 ? [[card.new, node.kind === 'host' ? card.newHost : formatCount(node.newHosts)] as [string, string]] : []),
    [card.risk, card.riskOf(formatCount(node.risk))],
    ...(node.alerts > 0 ? [[card.alerts, formatCount(node.alerts)] as [string, string]] : []),
    [card.traffic, card.amounts(formatCount(node.packets), formatBytes(node.bytes))],
    [card.flows, formatCount(node.flows)],
    ...(node.inside.flows > 0 ? [[card.inside, formatBytes(node.inside.bytes)] as [string, string]] : []),
    [card.peers, card.peersOf(peers)],
  ];
  return (
    <section className={styles.card} aria-label={card.region} data-testid="topology-card">
      <p className="visually-hidden" role="status">
        {words.announced(title, words.roles[node.role], peers)}
      </p>
      <header className={styles.cardHead}>
        <h2 className={styles.cardTitle}>{title}</h2>
        <button type="button" className="icon-button" title={card.close} aria-label={card.close} onClick={onClose}>
          <IconX size={14} stroke={1.7} aria-hidden />
        </button>
      </header>
      {node.name !== '' && <p className={styles.cardName}>{node.name}</p>}
      <p className={styles.badge} data-level={ringLevel(node)}>
        {words.roles[node.role]}
        {node.severity !== null && ` · ${texts.alerts.severities[node.severity]}`}
      </p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.cardActions}>
        <button type="button" className="button" data-small onClick={() => openNode(node)}>
          {openWords(node)}
        </button>
        {test !== null && (
          <button type="button" className="button" data-small onClick={() => void filterTo(test)}>
            {card.filter}
          </button>
        )}
      </div>
    </section>
  );
}
