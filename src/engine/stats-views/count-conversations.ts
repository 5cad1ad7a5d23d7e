import type { ConversationKind } from '../../shared/contract/statistics-views';
import { AddressKind } from '../../shared/model/addresses';
import { PacketFlag } from '../../shared/model/packet-flags';
import { NONE_32 } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK, type ColumnChunk } from '../columns/column-chunk';
import type { SessionTables } from '../session-tables';
import type { PacketView } from '../view/packet-view';
import { ConversationTable, type TcpField } from './conversation-table';

const STEP = 0x3fff;
const RST = 4;
const NANOSECONDS_A_SECOND = 1_000_000_000;
const PROTOCOLS = { tcp: 6, udp: 17 } as const;
const UNKNOWN = -2;

const TCP_FLAGS: readonly (readonly [TcpField, number])[] = [
  ['retransmissions', PacketFlag.Retransmission | PacketFlag.FastRetransmission | PacketFlag.SpuriousRetransmission],
  ['outOfOrder', PacketFlag.OutOfOrder],
  ['lostSegments', PacketFlag.LostSegment],
  ['zeroWindows', PacketFlag.ZeroWindow],
];
const ANY_TCP_FLAG = TCP_FLAGS.reduce((bits, [, bit]) => bits | bit, 0);

export interface Conversations {
  readonly table: ConversationTable;
  /** Packets that found no room. */
  readonly omitted: number;
}

/**
 * Who talked to whom in the shown packets, as `tshark -z conv` counts: flows of the same ends are one conversation, but a TCP connection
 * that uses the ports of an earlier one anew is another. Works in turns; half-done when aborted.
 */
export async function countConversations(
  tables: SessionTables,
  view: PacketView,
  kind: Exclude<ConversationKind, 'ethernet'>,
  signal: AbortSignal,
  table = new ConversationTable(),
): Promise<Conversations> {
  const slotOf = kind === 'tcp' || kind === 'udp' ? byFlow(tables, table, kind) : byAddress(tables, table, kind);
  const { packets } = tables;
  const turn = new Turn();
  let omitted = 0;
  for (let position = 0; position < view.count && !signal.aborted; position++) {
    if ((position & STEP) === STEP && turn.over) await turn.next();
    const row = view.row(position);
    if (!packets.has(row)) continue;
    const chunk = packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    const found = slotOf(chunk, p);
    if (found === UNKNOWN) continue;
    if (found < 0) {
      omitted++;
      continue;
    }
    table.add(found, 0, chunk.length[p] ?? 0);
    const flags = chunk.flags[p] ?? 0;
    if (flags & PacketFlag.Time) {
      table.addTime(found >>> 1, (chunk.seconds[p] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[p] ?? 0));
    }
    if (kind !== 'tcp') continue;
    if ((chunk.tcpFlags[p] ?? 0) & RST) table.resets[found] = (table.resets[found] ?? 0) + 1;
    if ((flags & ANY_TCP_FLAG) === 0) continue;
    for (const [field, bits] of TCP_FLAGS) if (flags & bits) table[field][found] = (table[field][found] ?? 0) + 1;
  }
  return { table, omitted };
}

/** Gives 2 * slot + direction, -1 where there is no room, UNKNOWN where the packet is none of the kind. */
type SlotOf = (chunk: ColumnChunk, p: number) => number;

function byAddress({ addresses }: SessionTables, table: ConversationTable, kind: 'ipv4' | 'ipv6'): SlotOf {
  const wanted = kind === 'ipv4' ? AddressKind.Ipv4 : AddressKind.Ipv6;
  return (chunk, p) => {
    const a = chunk.source[p] ?? NONE_32;
    const b = chunk.destination[p] ?? NONE_32;
    if (a === NONE_32 || b === NONE_32 || addresses.kind(a) !== wanted || addresses.kind(b) !== wanted) return UNKNOWN;
    return table.find(a, 0, b, 0);
  };
}

function byFlow({ flows, packets }: SessionTables, table: ConversationTable, kind: 'tcp' | 'udp'): SlotOf {
  const protocol = PROTOCOLS[kind];
  const { oldest } = flows;
  /** What `find` gave for each flow; 0: not asked yet, else 3 more than it. */
  let known = new Int32Array(Math.max(1, flows.count - oldest));
  const find = (flow: number): number => {
    if (!flows.has(flow) || flows.protocol(flow) !== protocol) return UNKNOWN;
    const first = flows.firstRow(flow);
    const anew =
      kind === 'tcp' && packets.has(first) && ((packets.chunkOf(first).flags[first & CHUNK_MASK] ?? 0) & PacketFlag.PortReuse) !== 0;
    const found = table.find(flows.source(flow), flows.sourcePort(flow), flows.destination(flow), flows.destinationPort(flow), anew);
    if (found >= 0) table.setFlow(found >>> 1, flow);
    return found;
  };
  return (chunk, p) => {
    const flow = chunk.flow[p] ?? NONE_32;
    const flags = chunk.flags[p] ?? 0;
    // What an ICMP error quotes was counted when it passed itself.
    if (flow === NONE_32 || flow < oldest || flags & PacketFlag.IcmpError) return UNKNOWN;
    const at = flow - oldest;
    if (at >= known.length) {
      // More packets came since the count began.
      const larger = new Int32Array(2 * (at + 1));
      larger.set(known);
      known = larger;
    }
    if (known[at] === 0) known[at] = find(flow) + 3;
    const found = (known[at] ?? 0) - 3;
    return found < 0 ? found : found ^ (flags & PacketFlag.Backward ? 1 : 0);
  };
}
