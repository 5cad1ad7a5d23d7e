import { PacketFlag } from '../../shared/model/packet-flags';
import type { PacketRow } from '../../shared/model/records';
import { NONE_32, type PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { protocolNames } from '../decode/protocol-names';
import type { SessionTables } from '../session-tables';

/** Characters of Info that a row carries: more cannot be seen, and a header of kilobytes must not slow the list. */
const MAX_INFO = 512;

/** A row as the list shows it; `info` comes from the second tier. */
export function packetRow(tables: SessionTables, row: PacketIndex, info: string): PacketRow {
  const { packets, addresses, flows } = tables;
  const chunk = packets.chunkOf(row);
  const i = row & CHUNK_MASK;
  const flags = chunk.flags[i] ?? 0;
  const hasTime = (flags & PacketFlag.Time) !== 0;
  const hasPorts = (flags & PacketFlag.Ports) !== 0;
  const flow = chunk.flow[i] ?? NONE_32;
  return {
    index: row,
    time: hasTime ? packets.time(row) : null,
    epoch: hasTime ? packets.timeText(row) : '',
    delta: hasTime && row > 0 ? packets.time(row) - packets.time(row - 1) : null,
    source: addresses.text(chunk.source[i] ?? NONE_32),
    destination: addresses.text(chunk.destination[i] ?? NONE_32),
    sourcePort: hasPorts ? (chunk.sourcePort[i] ?? null) : null,
    destinationPort: hasPorts ? (chunk.destinationPort[i] ?? null) : null,
    protocol: protocolNames.name(chunk.protocol[i] ?? 0),
    length: chunk.length[i] ?? 0,
    info: info.length > MAX_INFO ? `${info.slice(0, MAX_INFO)}…` : info,
    flow: flow !== NONE_32 && flows.has(flow) ? flow : null,
    flags,
    tcpFlags: (flags & PacketFlag.TcpFlags) !== 0 ? (chunk.tcpFlags[i] ?? 0) : null,
  };
}
