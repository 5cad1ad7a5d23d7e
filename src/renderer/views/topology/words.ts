import type { TopologyNode } from '../../../shared/contract/topology';
import type { AddressScope } from '../../../shared/model/place';
import { addressTest, countryTest } from '../../stores/filter-text';
import { texts } from '../../texts';
import { countryName } from '../../widgets/format/country';
import { formatCount } from '../../widgets/format/numbers';
import { riskLevel } from '../../widgets/severity/risk-level';

const words = texts.topology;

/** What a node is called, without the number of its hosts. */
export function nodeTitle({ kind, label }: Pick<TopologyNode, 'kind' | 'label'>): string {
  switch (kind) {
    case 'rest':
      return words.rest;
    case 'country':
      return countryName(label);
    case 'scope':
      return label === 'public' ? words.unknownPlace : (texts.hosts.scopes[label as AddressScope] ?? label);
    default:
      return label;
  }
}

/** '10.0.0.4', '10.0.0.0/24 · 61'. */
export const nodeLabel = (node: TopologyNode): string =>
  node.kind === 'host' ? node.label : words.groupLabel(nodeTitle(node), formatCount(node.members));

/** The filter text of what the node stands for; null where there is none. */
export function nodeTest({ kind, label }: Pick<TopologyNode, 'kind' | 'label'>): string | null {
  if (kind === 'host') return addressTest('addr', label);
  if (kind === 'country') return countryTest(label);
  if (kind === 'subnet') return `${label.includes(':') ? 'ipv6' : 'ip'}.addr == ${label}`;
  return null;
}

/** The severity whose colours a ring has: that of the worst alert, else what the risk amounts to. */
export function ringLevel({ severity, risk }: Pick<TopologyNode, 'severity' | 'risk'>): 'critical' | 'high' | 'medium' | 'low' | 'none' {
  if (severity !== null) return severity === 'info' ? 'low' : severity;
  return riskLevel(risk) ?? 'none';
}
