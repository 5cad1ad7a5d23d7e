import { PacketFlag } from '../../shared/model/packet-flags';
import { type Bytes, NONE_32, type PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { protocolNames } from '../decode/protocol-names';
import type { ApplicationStage } from '../decode/streams/application-stage';
import { Id } from '../decode/summary/ids';
import type { PacketContext } from '../decode/tree/dissection';
import type { SessionTables } from '../session-tables';
import type { CaptureInterface } from '../sources/source';

const NANOSECONDS_A_SECOND = 1e9;
const MAX_SHIFT = 14;

/** What reassembly adds to a packet; null where its own bytes say all. */
export interface Reassembled {
  readonly message: Uint8Array | null;
  readonly datagram: Uint8Array | null;
  /** Bytes of the packet's payload that come after `message`. */
  readonly rest: Bytes;
}

/** What the tables know of a packet that its own bytes do not say: the second tier's context. */
export function packetContext(
  tables: SessionTables,
  applications: ApplicationStage,
  interfaces: readonly CaptureInterface[],
  row: PacketIndex,
  reassembled: Reassembled,
): PacketContext {
  const { packets, flows } = tables;
  const chunk = packets.chunkOf(row);
  const i = row & CHUNK_MASK;
  const flags = chunk.flags[i] ?? 0;
  const protocol = chunk.protocol[i] ?? 0;
  const captured = interfaces[chunk.interfaceId[i] ?? 0];
  const hasTime = (flags & PacketFlag.Time) !== 0;
  const time = packets.time(row);
  const [firstSecond, firstNanosecond] = packets.beginning;
  const flow = chunk.flow[i] ?? NONE_32;
  const known = flow !== NONE_32 && flows.has(flow);
  const own = (flags & PacketFlag.Backward) !== 0 ? 1 : 0;
  const other = own === 0 ? 1 : 0;
  const shift = known ? flows.windowScale(flow, own) : MAX_SHIFT + 1;
  return {
    number: row + 1,
    epochSecond: packets.startSecond + (chunk.seconds[i] ?? 0),
    nanosecond: chunk.nanoseconds[i] ?? 0,
    hasTime,
    length: chunk.length[i] ?? 0,
    linkType: captured?.linkType ?? -1,
    interfaceName: captured?.name ?? null,
    secondsSincePrevious: hasTime && packets.has(row - 1) ? (time - packets.time(row - 1)) / NANOSECONDS_A_SECOND : null,
    secondsSinceFirst: hasTime ? (time - firstSecond * NANOSECONDS_A_SECOND - firstNanosecond) / NANOSECONDS_A_SECOND : null,
    protocol: protocolNames.name(protocol),
    application: applicationOf(applications, protocol, known ? flows.service(flow) : 0, flags),
    flags,
    stream: known ? tables.streams.number(flow) : null,
    sequenceBase: known ? flows.initialSequence(flow, own) : null,
    acknowledgementBase: known ? flows.initialSequence(flow, other) : null,
    windowScale: shift <= MAX_SHIFT ? shift : null,
    reassembledMessage: reassembled.message,
    messageRest: reassembled.rest,
    reassembledDatagram: reassembled.datagram,
    quicConnectionId: tables.connectionIds.get(flow) ?? null,
  };
}

/** The protocol that the Protocol column names; where it shows the transport only, the flow's, as far as this packet has to do with it. */
function applicationOf(applications: ApplicationStage, protocol: number, service: number, flags: number): string | null {
  if (protocol !== Id.Tcp && protocol !== Id.Udp) return applications.applicationOf(protocol);
  if (service === 0 || (protocol === Id.Udp && (flags & PacketFlag.Message) === 0)) return null;
  return applications.protocolName(service);
}
