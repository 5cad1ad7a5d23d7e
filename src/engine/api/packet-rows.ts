import type { PacketWindow } from '../../shared/contract/engine';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { PacketRow } from '../../shared/model/records';
import { NONE_32, type PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import { protocolNames } from '../decode/protocol-names';
import type { RowDresser } from '../row-look/row-look';
import type { Session } from '../session';
import type { SessionTables } from '../session-tables';
import type { PacketView } from '../view/packet-view';

/** Characters of Info that a row carries: more cannot be seen, and a header of kilobytes must not slow the list. */
const MAX_INFO = 512;

interface Wanted {
  readonly from: number;
  readonly count: number;
  /** Adds what columns and colouring rules ask for; null: nothing does. */
  readonly dresser: RowDresser | null;
}

/** Rows from..from+count of the view's list. What is given up meanwhile is missing at their beginning. */
export async function packetRows(
  session: Session,
  view: PacketView,
  { from, count, dresser }: Wanted,
  signal: AbortSignal,
): Promise<Omit<PacketWindow, 'filterId'>> {
  const { tables } = session.capture;
  const { forgotten } = view;
  // Positions may move between two rows; rows do not.
  const wanted: PacketIndex[] = [];
  for (let position = from; position < Math.min(from + count, view.count); position++) wanted.push(view.row(position));
  const rows: PacketRow[] = [];
  let gone = 0;
  const turn = new Turn();
  for (const row of wanted) {
    if (signal.aborted) break;
    const dissection = tables.packets.has(row) ? await session.dissector.dissect(row) : null;
    // Decoding reads the frame from a file, which takes time.
    if (dissection && tables.packets.has(row)) {
      const plain = packetRow(tables, row, dissection.info);
      rows.push(dresser?.dress(plain, dissection) ?? plain);
    } else {
      gone += 1 + rows.length;
      rows.length = 0;
    }
    if (turn.over) await turn.next();
  }
  const moved = view.forgotten - forgotten;
  const missing = Math.max(0, moved - from - gone);
  return {
    from: Math.max(0, from + gone - moved),
    rows: rows.slice(missing),
    total: view.count,
    forgotten: view.forgotten,
  };
}

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
    delta: hasTime && packets.has(row - 1) ? packets.time(row) - packets.time(row - 1) : null,
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
