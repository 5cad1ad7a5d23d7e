import { PacketFlag } from '../../shared/model/packet-flags';
import { eventFields } from './event-leaf';
import type { FilterType, KnownField } from './field-catalog';
import { INFO_FIELD } from './tree-reader';

const field = (name: string, type: FilterType, title: string, names: readonly string[] = [name]): KnownField => ({
  name,
  names,
  type,
  title,
  words: null,
});

const FLAGS: readonly (readonly [string, string])[] = [
  ['res', 'Reserved'],
  ['ae', 'Accurate ECN'],
  ['cwr', 'Congestion Window Reduced'],
  ['ece', 'ECN-Echo'],
  ['urg', 'Urgent'],
  ['ack', 'Acknowledgment'],
  ['push', 'Push'],
  ['reset', 'Reset'],
  ['syn', 'Syn'],
  ['fin', 'Fin'],
];

/** Fields that the columns answer, whatever the second tier knows, and Portlight's own names beside Wireshark's. */
export const ownFields: ReadonlyMap<string, KnownField> = new Map(
  [
    field('host', 'address', 'Source or destination address, as the list shows them', ['source', 'destination']),
    field('port', 'uint', 'TCP, UDP or SCTP port on either side', ['source.port', 'destination.port']),
    field('source', 'address', 'Source, as the list shows it'),
    field('destination', 'address', 'Destination, as the list shows it'),
    field('source.port', 'uint', 'Source port'),
    field('destination.port', 'uint', 'Destination port'),
    field('country', 'string', 'Country of the source or destination address, as in country == "DE"', [
      'source.country',
      'destination.country',
    ]),
    field('source.country', 'string', 'Country of the source address, two letters (ISO 3166)'),
    field('destination.country', 'string', 'Country of the destination address, two letters (ISO 3166)'),
    field('protocol', 'string', 'Protocol column'),
    field('_ws.col.protocol', 'string', 'Protocol column', ['protocol']),
    field('info', 'string', 'Info column', [INFO_FIELD]),
    field(INFO_FIELD, 'string', 'Info column'),
    field('comment', 'string', "Comment of the packet: its file's, or your own", ['frame.comment']),
    field('frame.comment', 'string', "Comment of the packet: its file's, or your own"),
    field('frame.marked', 'bool', 'You marked the packet'),
    field('flow', 'uint', 'Flow number'),
    field('flow.state', 'string', "State of the packet's flow: S0, S1, SF, REJ, RSTO and so on, as Zeek calls them"),
    field('flow.host', 'string', "Name of the flow's responder, as the flow list shows it"),
    field('flow.service', 'string', "Application protocol of the packet's flow"),
    field('flow.process', 'string', "Program of the watched host at an end of the packet's flow, in live sessions"),
    field('frame.number', 'uint', 'Frame Number'),
    field('frame.len', 'uint', 'Frame length on the wire'),
    field('frame.cap_len', 'uint', 'Frame length stored in the capture'),
    field('frame.interface_id', 'uint', 'Interface id'),
    field('frame.time', 'time', 'Arrival Time'),
    field('frame.time_epoch', 'time', 'Epoch Time'),
    field('frame.time_relative', 'duration', 'Time since first frame'),
    field('frame.time_delta', 'duration', 'Time since previous captured frame'),
    field('ip.src', 'ipv4', 'Source Address'),
    field('ip.dst', 'ipv4', 'Destination Address'),
    field('ip.addr', 'ipv4', 'Source or Destination Address', ['ip.src', 'ip.dst']),
    field('ip.proto', 'uint', 'Protocol'),
    field('ipv6.src', 'ipv6', 'Source Address'),
    field('ipv6.dst', 'ipv6', 'Destination Address'),
    field('ipv6.addr', 'ipv6', 'Source or Destination Address', ['ipv6.src', 'ipv6.dst']),
    field('ipv6.nxt', 'uint', 'Next Header'),
    field('eth.src', 'ether', 'Source'),
    field('eth.dst', 'ether', 'Destination'),
    field('eth.addr', 'ether', 'Source or Destination', ['eth.src', 'eth.dst']),
    field('vlan.id', 'uint', 'VLAN ID'),
    ...['tcp', 'udp', 'sctp'].flatMap((name) => [
      field(`${name}.srcport`, 'uint', 'Source Port'),
      field(`${name}.dstport`, 'uint', 'Destination Port'),
      field(`${name}.port`, 'uint', 'Source or Destination Port', [`${name}.srcport`, `${name}.dstport`]),
    ]),
    field('tcp.stream', 'uint', 'Stream index'),
    field('udp.stream', 'uint', 'Stream index'),
    field('tcp.len', 'uint', 'TCP Segment Len'),
    field('udp.length', 'uint', 'Length'),
    field('tcp.flags', 'uint', 'Flags'),
    ...FLAGS.map(([name, title]) => field(`tcp.flags.${name}`, name === 'res' ? 'uint' : 'bool', title)),
    ...[...eventFields].map(([name, { type, title }]) => field(name, type, title)),
  ].map((known) => [known.name, known]),
);

const ANALYSIS: Readonly<Record<string, number>> = {
  retransmission: PacketFlag.Retransmission | PacketFlag.FastRetransmission | PacketFlag.SpuriousRetransmission,
  fast_retransmission: PacketFlag.FastRetransmission,
  spurious_retransmission: PacketFlag.SpuriousRetransmission,
  out_of_order: PacketFlag.OutOfOrder,
  duplicate_ack: PacketFlag.DuplicateAck,
  keep_alive: PacketFlag.KeepAlive,
  keep_alive_ack: PacketFlag.KeepAliveAck,
  zero_window: PacketFlag.ZeroWindow,
  zero_window_probe: PacketFlag.ZeroWindowProbe,
  window_update: PacketFlag.WindowUpdate,
  window_full: PacketFlag.WindowFull,
  lost_segment: PacketFlag.LostSegment,
  reused_ports: PacketFlag.PortReuse,
};

/** Marks without a value: bits of the `flags` column of which one is enough. */
export const flagFields: ReadonlyMap<string, number> = new Map([
  ...Object.entries(ANALYSIS).map(([name, mask]) => [`tcp.analysis.${name}`, mask] as const),
  ['tcp.analysis.flags', Object.values(ANALYSIS).reduce((all, mask) => all | mask, 0)],
  ['comment', PacketFlag.Comment],
  ['frame.comment', PacketFlag.Comment],
]);
