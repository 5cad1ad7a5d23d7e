import type { NodeKind, TopologyGrouping } from '../../shared/contract/topology';
import { AddressKind, formatAddress } from '../../shared/model/addresses';
import type { AddressIndex } from '../../shared/model/units';
import type { HostContext } from '../hosts/host-context';

export interface Group {
  readonly kind: Exclude<NodeKind, 'host' | 'rest'>;
  /** As `TopologyNode.label`. */
  readonly label: string;
}

/** The group that an address is in. Addresses without a place are together by their kind: private, multicast and so on. */
export function groupOf(context: HostContext, address: AddressIndex, grouping: Exclude<TopologyGrouping, 'auto' | 'none'>): Group {
  if (grouping === 'subnet') return { kind: 'subnet', label: subnetOf(context, address) };
  const { scope, country, network } = context.place(address);
  if (grouping === 'country' && country !== null) return { kind: 'country', label: country };
  if (grouping === 'network' && network !== null) return { kind: 'network', label: `AS${network.number} ${network.organisation}`.trim() };
  return { kind: 'scope', label: scope };
}

/** '10.0.0.0/24', '2001:db8::/64'. */
function subnetOf({ tables: { addresses } }: HostContext, address: AddressIndex): string {
  const kind = addresses.kind(address);
  const w0 = addresses.word(address, 0);
  if (kind === AddressKind.Ipv6) return `${formatAddress(kind, w0, addresses.word(address, 1), 0, 0)}/64`;
  return `${formatAddress(kind, (w0 & 0xffffff00) >>> 0, 0, 0, 0)}/24`;
}
