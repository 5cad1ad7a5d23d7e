import type { FlowIndex, PacketIndex } from '../../shared/model/units';
import { MAX_BATCH } from '../columns/transport-batch';
import { Byte, Double, type FlowChunk, RECORD_BYTES, WORDS, Word } from './flow-chunk';

/** What happened to a flow at a packet. At most three at one packet. */
export const FlowEventKind = {
  /** The flow's first packet. */
  Begin: 1,
  /** The responder's first packet, and it is no RST: a SYN/ACK, a UDP or echo answer. */
  Answered: 2,
  /** The responder's first packet is a RST. */
  Refused: 3,
  /** An ICMP error says for the first time that the responder or its port cannot be reached. */
  Unreachable: 4,
  /** TCP: the originator acknowledged the responder's SYN/ACK. */
  Established: 5,
  /** TCP: both sides sent FIN, or one sent RST. */
  Ended: 6,
} as const;

const CAPACITY = 3 * MAX_BATCH;
const DOUBLES = RECORD_BYTES / 8;

/**
 * Events of one batch in packet order: entry i of each column. Counters are those of the flow right after the packet, whatever the batch holds
 * behind it, so that readers get the same from batches of any size. Reused for every batch.
 */
export class FlowEvents {
  count = 0;
  readonly kind = new Uint8Array(CAPACITY);
  readonly row = new Uint32Array(CAPACITY);
  readonly flow = new Uint32Array(CAPACITY);
  readonly source = new Uint32Array(CAPACITY);
  readonly destination = new Uint32Array(CAPACITY);
  /** Originator's port << 16 | responder's. */
  readonly ports = new Uint32Array(CAPACITY);
  readonly protocol = new Uint8Array(CAPACITY);
  /** Of this packet. */
  readonly tcpFlags = new Uint16Array(CAPACITY);
  readonly firstTime = new Float64Array(CAPACITY);
  readonly payload = new Float64Array(CAPACITY);
  readonly payloadBack = new Float64Array(CAPACITY);
  readonly packets = new Uint32Array(CAPACITY);
  readonly packetsBack = new Uint32Array(CAPACITY);

  /** `record` is the flow's place in `chunk`; `tcpFlags` are the packet's. */
  add(kind: number, row: PacketIndex, flow: FlowIndex, chunk: FlowChunk, record: number, tcpFlags: number): void {
    const at = this.count++;
    const w = record * WORDS;
    const d = record * DOUBLES;
    this.kind[at] = kind;
    this.row[at] = row;
    this.flow[at] = flow;
    this.source[at] = chunk.words[w + Word.source] ?? 0;
    this.destination[at] = chunk.words[w + Word.destination] ?? 0;
    this.ports[at] = chunk.words[w + Word.ports] ?? 0;
    this.protocol[at] = chunk.bytes[record * RECORD_BYTES + Byte.protocol] ?? 0;
    this.tcpFlags[at] = tcpFlags;
    this.firstTime[at] = chunk.doubles[d + Double.firstTime] ?? 0;
    this.payload[at] = chunk.doubles[d + Double.payload] ?? 0;
    this.payloadBack[at] = chunk.doubles[d + Double.payloadBack] ?? 0;
    this.packets[at] = chunk.words[w + Word.packets] ?? 0;
    this.packetsBack[at] = chunk.words[w + Word.packetsBack] ?? 0;
  }
}
