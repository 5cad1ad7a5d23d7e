import { LinkType } from '../../shared/model/link-types';
import { PacketFlag } from '../../shared/model/packet-flags';
import { Turn } from '../budget';
import type { Capture } from '../capture';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { PacketView } from '../view/packet-view';
import { ConversationTable } from './conversation-table';
import type { Conversations } from './count-conversations';

const NANOSECONDS_A_SECOND = 1_000_000_000;
/** Destination, source and type (IEEE 802.3). */
const HEADER = 14;
/** Rows between two looks at the clock. */
const STEP = 0xff;

/**
 * Who talked to whom on Ethernet in the shown packets, as `tshark -z conv,eth` counts. Columns keep hardware addresses only of packets without
 * an IP header, so the heads of the frames are read again where the session keeps them. Works in turns; half-done when aborted.
 */
export async function countEthernet(
  { tables, source }: Capture,
  view: PacketView,
  signal: AbortSignal,
  table = new ConversationTable(),
): Promise<Conversations> {
  const { packets, addresses } = tables;
  const { store } = source;
  const turn = new Turn();
  let omitted = 0;
  for (let position = 0; position < view.count && store && !signal.aborted; position++) {
    if ((position & STEP) === STEP && turn.over) await turn.next();
    const row = view.row(position);
    if (!packets.has(row)) continue;
    const chunk = packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    if (source.interfaces[chunk.interfaceId[p] ?? 0]?.linkType !== LinkType.Ethernet || (chunk.capturedLength[p] ?? 0) < HEADER) continue;
    const head = await store.read(packets.positionOf(row), HEADER);
    // The file was cut or moved since, or the packet was given up for newer ones meanwhile.
    if (head.length < HEADER || !packets.has(row)) continue;
    const found = table.find(addresses.internMac(head, 6), 0, addresses.internMac(head, 0), 0);
    if (found < 0) {
      omitted++;
      continue;
    }
    table.add(found, 0, chunk.length[p] ?? 0);
    if ((chunk.flags[p] ?? 0) & PacketFlag.Time) {
      table.addTime(found >>> 1, (chunk.seconds[p] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[p] ?? 0));
    }
  }
  return { table, omitted };
}
