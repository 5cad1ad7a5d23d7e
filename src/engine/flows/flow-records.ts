import { assert, InvariantError } from '../../shared/base/assert';
import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex, TextIndex } from '../../shared/model/units';
import {
  Byte,
  Double,
  FLOW_CHUNK_BITS,
  FLOW_CHUNK_MASK,
  FLOW_CHUNK_ROWS,
  Float,
  type FlowChunk,
  Half,
  Mark,
  RECORD_BYTES,
  WORDS,
  Word,
} from './flow-chunk';
import { DEFAULT_FLOW_CAPACITY } from './flow-limits';
import { FlowState, tcpFlowState } from './flow-state';

/** A direction within a flow: from the originator, or from the responder. */
export type Direction = 0 | 1;

const TCP = 6;
export const UNKNOWN_SCALE = 255;
/** The SYNs say that windows are not scaled. */
export const NO_SCALE = 254;

/**
 * Flow records by FlowIndex, which counts up for ever; the last `capacity` are kept, so ask `has` before reading an index that is not
 * fresh. `source` is the originator: who sent the first SYN, received the first SYN/ACK, or else sent the first packet seen.
 */
export class FlowRecords {
  readonly capacity: number;
  /** Flows begun so far: the next flow's index. */
  count = 0;
  protected readonly chunks: FlowChunk[] = [];

  constructor(capacity: number = DEFAULT_FLOW_CAPACITY) {
    assert(capacity >= 1 && capacity < 1 << 24, `flow capacity ${capacity}`);
    this.capacity = capacity;
  }

  /** Index of the oldest record that is still there; `count` where there is none. */
  get oldest(): FlowIndex {
    return Math.max(0, this.count - this.capacity);
  }

  has(flow: FlowIndex): boolean {
    return flow >= this.oldest && flow < this.count;
  }

  source(flow: FlowIndex): AddressIndex {
    return this.#word(flow, Word.source);
  }

  destination(flow: FlowIndex): AddressIndex {
    return this.#word(flow, Word.destination);
  }

  sourcePort(flow: FlowIndex): number {
    return this.#word(flow, Word.ports) >>> 16;
  }

  destinationPort(flow: FlowIndex): number {
    return this.#word(flow, Word.ports) & 0xffff;
  }

  /** IP protocol number. */
  protocol(flow: FlowIndex): number {
    return this.#byte(flow, Byte.protocol);
  }

  firstTime(flow: FlowIndex): Nanoseconds {
    return this.#double(flow, Double.firstTime);
  }

  /** The latest time stamp, not the last packet's: never before `firstTime`. */
  lastTime(flow: FlowIndex): Nanoseconds {
    return this.#double(flow, Double.lastTime);
  }

  packets(flow: FlowIndex, direction: Direction): number {
    return this.#word(flow, Word.packets + direction);
  }

  /** Of the frames on the wire. */
  bytes(flow: FlowIndex, direction: Direction): Bytes {
    return this.#double(flow, Double.bytes + direction);
  }

  /** Of TCP and UDP data as the headers claim; retransmissions count again. */
  payloadBytes(flow: FlowIndex, direction: Direction): Bytes {
    return this.#double(flow, Double.payload + direction);
  }

  /** Union of the direction's TCP flags, 12 bits. */
  tcpFlags(flow: FlowIndex, direction: Direction): number {
    return this.#half(flow, Half.tcpFlags + direction);
  }

  /** `FlowState`. Protocols other than TCP: S0 while one end is silent (REJ when an ICMP error said why), SF when both spoke. */
  state(flow: FlowIndex): number {
    if (this.protocol(flow) === TCP) {
      const anyPayload = this.payloadBytes(flow, 0) + this.payloadBytes(flow, 1) > 0;
      return tcpFlowState(this.#byte(flow, Byte.originator), this.#byte(flow, Byte.responder), anyPayload);
    }
    if (this.packets(flow, 1) > 0) return FlowState.SF;
    return this.unreachable(flow) ? FlowState.REJ : FlowState.S0;
  }

  /** `FlowEnd`. */
  end(flow: FlowIndex): number {
    return this.#byte(flow, Byte.end);
  }

  /** Protocol-name id of the application protocol, 0: not known. */
  service(flow: FlowIndex): number {
    return this.#half(flow, Half.service);
  }

  setService(flow: FlowIndex, protocolName: number): void {
    if (!this.has(flow)) return;
    this.chunkOf(flow).halves[this.row(flow) * (RECORD_BYTES / 2) + Half.service] = protocolName;
  }

  /** Host name of the responder, -1: not known. */
  host(flow: FlowIndex): TextIndex {
    return this.#word(flow, Word.host) | 0;
  }

  setHost(flow: FlowIndex, host: TextIndex): void {
    if (!this.has(flow)) return;
    this.chunkOf(flow).words[this.row(flow) * WORDS + Word.host] = host;
  }

  /** TCP sequence number of the SYN, or one less than the first one seen; what it is worth says `initialSequenceKnown`. */
  initialSequence(flow: FlowIndex, direction: Direction): number {
    return this.#word(flow, Word.initialSequence + direction);
  }

  /** The direction's SYN was seen. */
  initialSequenceKnown(flow: FlowIndex, direction: Direction): boolean {
    return (this.#byte(flow, Byte.marks) & (Mark.SynSeen << direction)) !== 0;
  }

  /** Shift count for the direction's windows, 255: not known. */
  windowScale(flow: FlowIndex, direction: Direction): number {
    const scale = this.#byte(flow, Byte.windowScale + direction);
    return scale === NO_SCALE ? 0 : scale;
  }

  /** From the last SYN to the first SYN/ACK: the way to the responder and back. -1: not seen. */
  answerTime(flow: FlowIndex): Nanoseconds {
    return this.#float(flow, Float.answerTime);
  }

  /** From the last SYN to the first ACK after it: the handshake's round trip as seen from here. -1: not seen. */
  roundTrip(flow: FlowIndex): Nanoseconds {
    return this.#float(flow, Float.roundTrip);
  }

  /** From the first SYN/ACK to its ACK: the way to the originator and back. -1: not seen. */
  completeTime(flow: FlowIndex): Nanoseconds {
    const answer = this.answerTime(flow);
    const all = this.roundTrip(flow);
    return answer < 0 || all < answer ? -1 : all - answer;
  }

  /** All kinds: by timeout, fast and spurious. */
  retransmissions(flow: FlowIndex): number {
    return this.#word(flow, Word.retransmissions);
  }

  outOfOrder(flow: FlowIndex): number {
    return this.#word(flow, Word.outOfOrder);
  }

  lostSegments(flow: FlowIndex): number {
    return this.#word(flow, Word.lostSegments);
  }

  /** At most 65,535, as `resets` and `icmpErrors`. */
  zeroWindows(flow: FlowIndex): number {
    return this.#half(flow, Half.zeroWindows);
  }

  resets(flow: FlowIndex): number {
    return this.#half(flow, Half.resets);
  }

  /** ICMP errors that quoted a packet of this flow; they are not among its packets. */
  icmpErrors(flow: FlowIndex): number {
    return this.#half(flow, Half.icmpErrors);
  }

  /** An ICMP error said that the responder, its protocol or its port cannot be reached. */
  unreachable(flow: FlowIndex): boolean {
    return (this.#byte(flow, Byte.marks) & Mark.Unreachable) !== 0;
  }

  /** Goes on where an earlier record was closed by the active timeout. */
  continued(flow: FlowIndex): boolean {
    return (this.#byte(flow, Byte.marks) & Mark.Continued) !== 0;
  }

  firstRow(flow: FlowIndex): PacketIndex {
    return this.#word(flow, Word.firstRow);
  }

  protected row(flow: FlowIndex): number {
    return (flow % this.capacity) & FLOW_CHUNK_MASK;
  }

  protected chunkOf(flow: FlowIndex): FlowChunk {
    const chunk = this.chunks[(flow % this.capacity) >>> FLOW_CHUNK_BITS];
    // The message is made only when it is needed.
    if (chunk === undefined || flow >= this.count) throw new InvariantError(`flow ${flow} of ${this.count}`);
    return chunk;
  }

  protected get recordBytes(): Bytes {
    return this.chunks.length * FLOW_CHUNK_ROWS * RECORD_BYTES;
  }

  #word(flow: FlowIndex, field: number): number {
    return this.chunkOf(flow).words[this.row(flow) * WORDS + field] ?? 0;
  }

  #double(flow: FlowIndex, field: number): number {
    return this.chunkOf(flow).doubles[this.row(flow) * (RECORD_BYTES / 8) + field] ?? 0;
  }

  #float(flow: FlowIndex, field: number): number {
    return this.chunkOf(flow).floats[this.row(flow) * WORDS + field] ?? 0;
  }

  #half(flow: FlowIndex, field: number): number {
    return this.chunkOf(flow).halves[this.row(flow) * (RECORD_BYTES / 2) + field] ?? 0;
  }

  #byte(flow: FlowIndex, field: number): number {
    return this.chunkOf(flow).bytes[this.row(flow) * RECORD_BYTES + field] ?? 0;
  }
}
