import { PacketFlag } from '../../../shared/model/packet-flags';
import type { PacketRow } from '../../../shared/model/records';
import { familyOf } from '../../theme/families';

const SYN = 0x02;
const FIN = 0x01;
const RST = 0x04;

/** TCP that went wrong, in the sense of Wireshark's "Bad TCP" rule: keep-alives and window updates are not. */
const TCP_PROBLEM =
  PacketFlag.Retransmission |
  PacketFlag.FastRetransmission |
  PacketFlag.SpuriousRetransmission |
  PacketFlag.OutOfOrder |
  PacketFlag.DuplicateAck |
  PacketFlag.ZeroWindow |
  PacketFlag.ZeroWindowProbe |
  PacketFlag.WindowFull |
  PacketFlag.LostSegment |
  PacketFlag.PortReuse;

/** What Info ends with where decoding the whole packet failed, which the flags need not know. */
const MALFORMED = '[Malformed Packet]';

/** Ground of a row, by the first rule that holds; `--tone-...` in theme/tokens.css are the colours. */
export function toneOf(row: PacketRow): string {
  const { flags, info } = row;
  if (flags & PacketFlag.Malformed || info.endsWith(MALFORMED)) return 'malformed';
  if (flags & TCP_PROBLEM) return 'problem';
  if (flags & PacketFlag.IcmpError) return 'error';
  const tcpFlags = row.tcpFlags ?? 0;
  if (tcpFlags & RST) return 'reset';
  const family = familyOf(row.protocol);
  if (family === 'tcp' && tcpFlags & (SYN | FIN)) return 'syn';
  return family;
}
