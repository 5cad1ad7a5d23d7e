import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { NODE_ROLES, type TopologyGraph } from '../../../shared/contract/topology';
import { PROTOCOL_FAMILIES } from '../../../shared/model/protocol-families';
import { texts } from '../../texts';
import { familyColor } from '../../theme/families';
import { NewSign } from './NewSign';
import { SHAPES, shapePath } from './shapes';
import { choose, useChoices } from './store';
import styles from './topology.module.css';
import { ringLevel } from './words';

const words = texts.topology;
const LEVELS = ['critical', 'high', 'medium', 'low'] as const;

/** What shapes, rings and colours mean; only what the graph has. */
export function Legend({ graph }: { readonly graph: TopologyGraph }) {
  const isOpen = useChoices((state) => state.legend);
  const { legend } = words;
  const roles = NODE_ROLES.filter((role) => graph.nodes.some((node) => node.role === role));
  const levels = LEVELS.filter((level) => graph.nodes.some((node) => ringLevel(node) === level));
  const families = PROTOCOL_FAMILIES.filter((family) => graph.edges.some((edge) => edge.family === family));
  const Icon = isOpen ? IconChevronDown : IconChevronUp;
  return (
    <section className={styles.legend} aria-label={legend.title}>
      <button type="button" className={styles.legendHead} aria-expanded={isOpen} onClick={() => choose({ legend: !isOpen })}>
        {legend.title}
        <Icon size={13} stroke={1.7} aria-hidden />
      </button>
      {isOpen && (
        <div className={styles.legendBody}>
          <p>{legend.nodes}</p>
          <ul aria-label={legend.nodes}>
            {roles.map((role) => (
              <li key={role}>
                <svg width="16" height="16" aria-hidden className={styles.mark} data-role={role}>
                  <path d={shapePath(SHAPES[role], 8, 8, 12)} />
                </svg>
                {words.roles[role]}
              </li>
            ))}
          </ul>
          {levels.length > 0 && (
            <>
              <p>{legend.ring}</p>
              <ul aria-label={legend.ring}>
                {levels.map((level) => (
                  <li key={level}>
                    <span className={styles.ring} data-level={level} />
                    {texts.alerts.severities[level]}
                  </li>
                ))}
              </ul>
            </>
          )}
          {families.length > 0 && (
            <>
              <p>{legend.edges}</p>
              <ul aria-label={legend.edges}>
                {families.map((family) => (
                  <li key={family}>
                    <span className={styles.line} style={{ background: familyColor(family) }} />
                    {texts.overview.families[family]}
                  </li>
                ))}
              </ul>
            </>
          )}
          {graph.since !== null && (
            <>
              <p>{legend.new}</p>
              <ul aria-label={legend.new}>
                <li>
                  <NewSign />
                  {legend.newHost}
                </li>
                <li>
                  <span className={styles.dashes} />
                  {legend.newEdge}
                </li>
              </ul>
            </>
          )}
        </div>
      )}
    </section>
  );
}
