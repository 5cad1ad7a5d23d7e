import { PacketFlag } from '../../../shared/model/packet-flags';
import { node } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';

export const tcpAnalysisFields = {
  'tcp.analysis': node('SEQ/ACK analysis'),
  'tcp.analysis.flags': node('TCP Analysis Flags'),
  'tcp.analysis.retransmission': node('This frame is a (suspected) retransmission'),
  'tcp.analysis.fast_retransmission': node('This frame is a (suspected) fast retransmission'),
  'tcp.analysis.spurious_retransmission': node('This frame is a (suspected) spurious retransmission'),
  'tcp.analysis.out_of_order': node('This frame is a (suspected) out-of-order segment'),
  'tcp.analysis.reused_ports': node('A new tcp session is started with the same ports as an earlier session in this trace'),
  'tcp.analysis.lost_segment': node('Previous segment(s) not captured (common at capture start)'),
  'tcp.analysis.window_update': node('TCP window update'),
  'tcp.analysis.window_full': node('TCP window specified by the receiver is now completely full'),
  'tcp.analysis.keep_alive': node('TCP keep-alive segment'),
  'tcp.analysis.keep_alive_ack': node('ACK to a TCP keep-alive segment'),
  'tcp.analysis.duplicate_ack': node('Duplicate ACK'),
  'tcp.analysis.zero_window_probe': node('TCP Zero Window Probe'),
  'tcp.analysis.zero_window': node('TCP Zero Window segment'),
} as const;
type AnalysisField = keyof typeof tcpAnalysisFields;

interface Finding {
  readonly flag: number;
  readonly fields: readonly AnalysisField[];
  readonly info: string;
}

/** In the order in which Wireshark puts them in front of Info: each before those already there. */
const findings: readonly Finding[] = [
  { flag: PacketFlag.Retransmission, fields: ['tcp.analysis.retransmission'], info: 'TCP Retransmission' },
  {
    flag: PacketFlag.FastRetransmission,
    fields: ['tcp.analysis.fast_retransmission', 'tcp.analysis.retransmission'],
    info: 'TCP Fast Retransmission',
  },
  {
    flag: PacketFlag.SpuriousRetransmission,
    fields: ['tcp.analysis.spurious_retransmission', 'tcp.analysis.retransmission'],
    info: 'TCP Spurious Retransmission',
  },
  { flag: PacketFlag.OutOfOrder, fields: ['tcp.analysis.out_of_order'], info: 'TCP Out-Of-Order' },
  { flag: PacketFlag.PortReuse, fields: ['tcp.analysis.reused_ports'], info: 'TCP Port numbers reused' },
  { flag: PacketFlag.LostSegment, fields: ['tcp.analysis.lost_segment'], info: 'TCP Previous segment not captured' },
  { flag: PacketFlag.WindowUpdate, fields: ['tcp.analysis.window_update'], info: 'TCP Window Update' },
  { flag: PacketFlag.WindowFull, fields: ['tcp.analysis.window_full'], info: 'TCP Window Full' },
  { flag: PacketFlag.KeepAlive, fields: ['tcp.analysis.keep_alive'], info: 'TCP Keep-Alive' },
  { flag: PacketFlag.KeepAliveAck, fields: ['tcp.analysis.keep_alive_ack'], info: 'TCP Keep-Alive ACK' },
  { flag: PacketFlag.DuplicateAck, fields: ['tcp.analysis.duplicate_ack'], info: 'TCP Dup ACK' },
  { flag: PacketFlag.ZeroWindowProbe, fields: ['tcp.analysis.zero_window_probe'], info: 'TCP ZeroWindowProbe' },
  { flag: PacketFlag.ZeroWindow, fields: ['tcp.analysis.zero_window'], info: 'TCP ZeroWindow' },
];

/** A special kind of retransmission says more than the plain one. */
function found(d: Dissection): readonly Finding[] {
  if (d.quoted) return [];
  const special = PacketFlag.FastRetransmission | PacketFlag.SpuriousRetransmission;
  const flags = d.context.flags & special ? d.context.flags & ~PacketFlag.Retransmission : d.context.flags;
  return findings.filter((finding) => flags & finding.flag);
}

/** '[TCP Window Full] [TCP Retransmission] ', '' where there is nothing to say. */
export const tcpAnalysisPrefix = (d: Dissection): string => found(d).reduce((info, finding) => `[${finding.info}] ${info}`, '');

/** What the first tier found out about this segment by comparing it with those before. */
export function tcpAnalysis(d: Dissection): void {
  const list = found(d);
  if (list.length === 0) return;
  d.open('tcp.analysis', '[SEQ/ACK analysis]', null, 0, 0);
  d.open('tcp.analysis.flags', '[TCP Analysis Flags]', null, 0, 0);
  for (const { fields } of list) {
    for (const name of fields) d.add(name, `[${tcpAnalysisFields[name].title}]`, null, 0, 0);
  }
  d.close();
  d.close();
}
