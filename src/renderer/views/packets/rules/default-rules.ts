import type { ColouringRule, RowTone } from '../../../../shared/contract/profiles';
import { familyPattern, type ProtocolFamily } from '../../../../shared/model/protocol-families';
import { texts } from '../../../texts';

const protocolIs = (...families: Exclude<ProtocolFamily, 'other'>[]): string =>
  `_ws.col.protocol matches "${families.map(familyPattern).join('|')}"`;

const filters: readonly (readonly [RowTone, string])[] = [
  ['malformed', '_ws.malformed'],
  [
    'problem',
    [
      'tcp.analysis.retransmission',
      'tcp.analysis.out_of_order',
      'tcp.analysis.duplicate_ack',
      'tcp.analysis.zero_window',
      'tcp.analysis.zero_window_probe',
      'tcp.analysis.window_full',
      'tcp.analysis.lost_segment',
      'tcp.analysis.reused_ports',
    ].join(' || '),
  ],
  ['error', 'icmp.type in {3, 4, 5, 11, 12} || icmpv6.type in {1..4}'],
  ['reset', 'tcp.flags.reset == 1'],
  ['syn', `(tcp.flags.syn == 1 || tcp.flags.fin == 1) && _ws.col.protocol == "TCP"`],
  ['udp', protocolIs('udp')],
  ['dns', protocolIs('dns')],
  ['tls', protocolIs('tls', 'ssh')],
  ['http', protocolIs('http')],
  ['icmp', protocolIs('icmp')],
  ['arp', protocolIs('arp')],
  ['routing', protocolIs('routing')],
];

/** What `toneOf` does, as rules: where a person changes one, the others stay as they are. */
export const DEFAULT_RULES: readonly ColouringRule[] = filters.map(([tone, filter]) => ({
  name: texts.colouring.names[tone],
  filter,
  enabled: true,
  colours: { kind: 'tone', tone },
}));
