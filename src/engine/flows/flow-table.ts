import { PacketFlag } from '../../shared/model/packet-flags';
import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';
import { CHUNK_BITS, CHUNK_MASK, type ColumnChunk } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import { MAX_BATCH, type TransportBatch } from '../columns/transport-batch';
import { Byte, Double, FLOW_CHUNK_BITS, FLOW_CHUNK_MASK, Float, FlowChunk, Half, Mark, RECORD_BYTES, WORDS, Word } from './flow-chunk';
import { FlowEventKind, type FlowEvents } from './flow-events';
import { FlowHash, flowHash } from './flow-hash';
import { ACTIVE_TIMEOUT, ICMP_IDLE, OTHER_IDLE, SWEEP_RECORDS, TCP_CLOSED_IDLE, TCP_IDLE, UDP_IDLE } from './flow-limits';
import { type Direction, FlowRecords, NO_SCALE, UNKNOWN_SCALE } from './flow-records';
import { Endpoint, FlowEnd, receiverAfter, senderAfter } from './flow-state';
import { analyseSegment } from './tcp-analysis';
import { addSyn, learnBase } from './tcp-handshake';
import { TcpStreams } from './tcp-streams';

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMPV6 = 58;
const SCTP = 132;

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

const NANOSECONDS_A_SECOND = 1_000_000_000;
const HALVES = RECORD_BYTES / 2;
const DOUBLES = RECORD_BYTES / 8;
const MAX_16 = 0xffff;
/** Packets whose records are fetched ahead together: 100 KB, a part of a core's cache. */
const BLOCK = 512;
const HANDSHAKE = Mark.SynSeen | Mark.SynSeenBack;
const BASES_KNOWN = Mark.BaseKnown | Mark.BaseKnownBack;
const NONE = -1;

/** Silence that ends a flow of this kind. */
function idleLimit(protocol: number, end: number): Nanoseconds {
  if (protocol === TCP) return end === FlowEnd.Fin || end === FlowEnd.Reset ? TCP_CLOSED_IDLE : TCP_IDLE;
  if (protocol === UDP) return UDP_IDLE;
  return protocol === ICMP || protocol === ICMPV6 ? ICMP_IDLE : OTHER_IDLE;
}

/**
 * Bidirectional flows, kept up to date by one call a batch. A flow is found by its ends whichever way a packet travels; the newest flow of
 * the same ends stays findable after its end, so that stragglers belong to it. Time stamps may go backwards: only a packet's own distance
 * from its flow's latest one ends a flow, never the sweep.
 */
export class FlowTable extends FlowRecords {
  /** Flows without an end yet. */
  activeCount = 0;
  /** Records overwritten while their flow was active: what follows of it is counted as a new flow. */
  evicted = 0;
  /** Records overwritten after their flow had ended. */
  forgotten = 0;
  /** Where what happens to flows is told; null: nobody listens. */
  events: FlowEvents | null = null;
  readonly #hash: FlowHash;
  readonly #streams = new TcpStreams();
  /** Of the batch's entries. Kept in arrays because a number handed from call to call may be put on the heap. */
  readonly #hashes = new Int32Array(MAX_BATCH);
  readonly #times = new Float64Array(MAX_BATCH);
  /** Entry of the hash that the last `#find` ended at. */
  #entry = 0;
  #sweep: FlowIndex = 0;
  /** What the reads ahead came to: kept so that they are not optimised away. */
  protected touched = 0;

  constructor(options: { readonly capacity?: number } = {}) {
    super(options.capacity);
    this.#hash = new FlowHash(this.capacity);
  }

  /** Of records, sequence state and index. */
  get memory(): Bytes {
    return this.recordBytes + this.#streams.bytes + this.#hash.bytes;
  }

  /** Gives rows from..to, which are entries 0.. of the batch, their flow, direction and TCP analysis flags, and counts them. */
  addBatch(packets: PacketTable, transport: TransportBatch, from: PacketIndex, to: PacketIndex): void {
    if (this.events) this.events.count = 0;
    for (let start = from; start < to; start += BLOCK) this.#addBlock(packets, transport, from, start, Math.min(to, start + BLOCK));
  }

  #addBlock(packets: PacketTable, transport: TransportBatch, from: PacketIndex, start: PacketIndex, stop: PacketIndex): void {
    const { flowSource, flowDestination, flowSourcePort, flowDestinationPort, flowProtocol } = transport;
    const hashes = this.#hashes;
    for (let i = start - from; i < stop - from; i++) {
      hashes[i] = flowHash(
        flowSource[i] ?? 0,
        flowSourcePort[i] ?? 0,
        flowDestination[i] ?? 0,
        flowDestinationPort[i] ?? 0,
        flowProtocol[i] ?? 0,
      );
    }
    this.touched = this.#touch(start - from, stop - from);
    const times = this.#times;
    for (let row = start; row < stop; ) {
      const chunk = packets.chunkOf(row);
      const { seconds, nanoseconds } = chunk;
      const end = Math.min(stop, ((row >> CHUNK_BITS) + 1) << CHUNK_BITS);
      for (let r = row; r < end; r++) {
        times[r - from] = (seconds[r & CHUNK_MASK] ?? 0) * NANOSECONDS_A_SECOND + (nanoseconds[r & CHUNK_MASK] ?? 0);
      }
      for (; row < end; row++) {
        if (flowSource[row - from] !== NONE_32) this.#add(chunk, transport, row, row - from);
      }
    }
  }

  /**
   * Reads what the entries will need. The reads do not wait for one another, so the processor fetches many of them from memory at once; one
   * at a time, as `#find` comes to them, they take most of the time that a large table costs.
   */
  #touch(start: number, stop: number): number {
    const hashes = this.#hashes;
    const { entries, mask, slotMask, tagMask } = this.#hash;
    let sum = 0;
    for (let i = start; i < stop; i++) sum ^= entries[(hashes[i] ?? 0) & mask] ?? 0;
    for (let pass = 0; pass < 2; pass++) {
      for (let i = start; i < stop; i++) {
        const hash = hashes[i] ?? 0;
        const entry = entries[hash & mask] ?? 0;
        if (entry === 0 || (entry ^ hash) & tagMask) continue;
        const slot = (entry & slotMask) - 1;
        const at = (slot & FLOW_CHUNK_MASK) * WORDS;
        const words = (this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk).words;
        const stream = words[at + Word.stream] ?? NONE_32;
        if (pass === 0) sum ^= words[at] ?? 0;
        else if (stream !== NONE_32) sum ^= this.#streams.chunkOf(stream).bytes[this.#streams.base(stream, 0)] ?? 0;
      }
    }
    return sum;
  }

  /** The newest flow between two ends, in either order; -1: there is none. For who asks now and then, not for packets. */
  newest(protocol: number, address: AddressIndex, port: number, peer: AddressIndex, peerPort: number): FlowIndex {
    const hash = flowHash(address, port, peer, peerPort, protocol);
    const { entries, mask, slotMask, tagMask } = this.#hash;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = entries[at] ?? 0;
      if (entry === 0) return NONE;
      if ((entry ^ hash) & tagMask) continue;
      const flow = this.#indexOf((entry & slotMask) - 1);
      if (this.protocol(flow) === protocol && this.#isBetween(flow, address, port, peer, peerPort)) return flow;
    }
  }

  #isBetween(flow: FlowIndex, address: AddressIndex, port: number, peer: AddressIndex, peerPort: number): boolean {
    const [source, destination] = [this.source(flow), this.destination(flow)];
    const [sourcePort, destinationPort] = [this.sourcePort(flow), this.destinationPort(flow)];
    return (
      (source === address && sourcePort === port && destination === peer && destinationPort === peerPort) ||
      (source === peer && sourcePort === peerPort && destination === address && destinationPort === port)
    );
  }

  /** Marks flows that have been silent too long at time `now`; looks at a few thousand records a call, so call it again and again. */
  expire(now: Nanoseconds): void {
    if (this.#sweep < this.oldest || this.#sweep >= this.count) this.#sweep = this.oldest;
    const stop = Math.min(this.count, this.#sweep + SWEEP_RECORDS);
    for (; this.#sweep < stop; this.#sweep++) {
      const chunk = this.chunkOf(this.#sweep);
      const row = this.row(this.#sweep);
      const end = row * RECORD_BYTES + Byte.end;
      if (chunk.bytes[end] !== FlowEnd.Open) continue;
      const silence = now - (chunk.doubles[row * DOUBLES + Double.lastTime] ?? 0);
      if (silence <= idleLimit(chunk.bytes[row * RECORD_BYTES + Byte.protocol] ?? 0, FlowEnd.Open)) continue;
      chunk.bytes[end] = FlowEnd.Idle;
      this.activeCount--;
    }
  }

  #add(packets: ColumnChunk, transport: TransportBatch, row: PacketIndex, i: number): void {
    const p = row & CHUNK_MASK;
    const flags = packets.flags[p] ?? 0;
    const protocol = transport.flowProtocol[i] ?? 0;
    // Its ports are in another packet; the one that completes the datagram stands for all.
    if (flags & PacketFlag.Fragment && (protocol === TCP || protocol === UDP || protocol === SCTP)) return;
    let found = this.#find(transport, i);
    if (flags & PacketFlag.IcmpError) {
      if (found >= 0) this.#addError(packets, row, found, transport.unreachable[i] === 1);
      return;
    }
    const isTcp = protocol === TCP;
    let analysis = 0;
    let happened = 0;
    if (found >= 0) {
      const why = this.#endBefore(found, transport, i, isTcp);
      if (why !== FlowEnd.Open) {
        if (why === FlowEnd.Reused) analysis = PacketFlag.PortReuse;
        found = this.#beginAgain(found, transport, i, row, why);
        happened = FlowEventKind.Begin;
      }
    } else {
      found = this.#begin(transport, i, row);
      happened = FlowEventKind.Begin;
    }
    const slot = found >>> 1;
    const direction = (found & 1) as Direction;
    const chunk = this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk;
    const record = slot & FLOW_CHUNK_MASK;
    const w = record * WORDS;
    const d = record * DOUBLES;
    const words = chunk.words;
    const doubles = chunk.doubles;
    const now = this.#times[i] ?? 0;
    if (now > (doubles[d + Double.lastTime] ?? 0)) doubles[d + Double.lastTime] = now;
    words[w + Word.packets + direction] = (words[w + Word.packets + direction] ?? 0) + 1;
    doubles[d + Double.bytes + direction] = (doubles[d + Double.bytes + direction] ?? 0) + (packets.length[p] ?? 0);
    const payload = transport.payloadLength[i] ?? 0;
    if (payload !== 0) doubles[d + Double.payload + direction] = (doubles[d + Double.payload + direction] ?? 0) + payload;
    const events = this.events;
    if (events !== null) this.#tellPacket(events, chunk, slot, direction, row, transport.tcpFlags[i] ?? 0, happened);
    const end = record * RECORD_BYTES + Byte.end;
    // Idle is what the sweep makes of it, and that depends on how packets are batched.
    const wasOpen = (chunk.bytes[end] ?? 0) <= FlowEnd.Idle;
    if (isTcp) analysis |= this.#addSegment(chunk, record, direction, transport, i);
    else if (chunk.bytes[end] === FlowEnd.Idle) this.#setEnd(chunk, record, FlowEnd.Open);
    if (events !== null && wasOpen && (chunk.bytes[end] ?? 0) >= FlowEnd.Fin) {
      events.add(FlowEventKind.Ended, row, this.#indexOf(slot), chunk, record, transport.tcpFlags[i] ?? 0);
    }
    packets.flow[p] = this.#indexOf(slot);
    if (direction === 1) analysis |= PacketFlag.Backward;
    if (analysis !== 0) packets.flags[p] = flags | analysis;
  }

  /** Events that counting the packet brought about; `happened` is the one that finding its flow did. */
  #tellPacket(
    events: FlowEvents,
    chunk: FlowChunk,
    slot: number,
    direction: Direction,
    row: PacketIndex,
    tcpFlags: number,
    happened: number,
  ): void {
    const flow = this.#indexOf(slot);
    const record = slot & FLOW_CHUNK_MASK;
    if (happened !== 0) events.add(happened, row, flow, chunk, record, tcpFlags);
    if (direction === 1) {
      if (chunk.words[record * WORDS + Word.packetsBack] !== 1) return;
      events.add(tcpFlags & RST ? FlowEventKind.Refused : FlowEventKind.Answered, row, flow, chunk, record, tcpFlags);
      return;
    }
    if ((tcpFlags & (SYN | RST | ACK)) !== ACK) return;
    const at = record * RECORD_BYTES + Byte.marks;
    const marks = chunk.bytes[at] ?? 0;
    if ((marks & (HANDSHAKE | Mark.Completed)) !== HANDSHAKE) return;
    chunk.bytes[at] = marks | Mark.Completed;
    events.add(FlowEventKind.Established, row, flow, chunk, record, tcpFlags);
  }

  /** TCP's part of a packet: states of the ends, sequence analysis, the handshake's times. Returns bits of PacketFlag. */
  #addSegment(chunk: FlowChunk, record: number, direction: Direction, transport: TransportBatch, i: number): number {
    const { words, bytes, halves } = chunk;
    const w = record * WORDS;
    const b = record * RECORD_BYTES;
    const h = record * HALVES;
    const tcpFlags = transport.tcpFlags[i] ?? 0;
    const stream = words[w + Word.stream] ?? 0;
    halves[h + Half.tcpFlags + direction] = (halves[h + Half.tcpFlags + direction] ?? 0) | tcpFlags;

    const peer = 1 - direction;
    let analysis = 0;
    // Both bases are known after the first two packets: nearly all the others have nothing to tell.
    const marks = bytes[b + Byte.marks] ?? 0;
    if (tcpFlags & SYN || (marks & BASES_KNOWN) !== BASES_KNOWN) analysis = learnBase(chunk, record, direction, transport, i);

    const scale = bytes[b + Byte.windowScale + peer] ?? UNKNOWN_SCALE;
    const shift = scale === UNKNOWN_SCALE ? -1 : scale === NO_SCALE ? 0 : scale;
    analysis |= analyseSegment(this.#streams, stream, direction, transport, i, shift, this.#times, chunk.floats, w + Float.roundTrip);
    if (analysis !== 0) {
      if (analysis & PacketFlag.Retransmission) words[w + Word.retransmissions] = (words[w + Word.retransmissions] ?? 0) + 1;
      if (analysis & PacketFlag.OutOfOrder) words[w + Word.outOfOrder] = (words[w + Word.outOfOrder] ?? 0) + 1;
      if (analysis & PacketFlag.LostSegment) words[w + Word.lostSegments] = (words[w + Word.lostSegments] ?? 0) + 1;
      if (analysis & PacketFlag.ZeroWindow) count16(halves, h + Half.zeroWindows);
    }
    if (tcpFlags & SYN) addSyn(chunk, record, direction, transport, i, this.#streams, this.#times[i] ?? 0);

    const sender = bytes[b + Byte.originator + direction] ?? 0;
    const end = bytes[b + Byte.end] ?? 0;
    if (tcpFlags & (SYN | FIN | RST) || sender === Endpoint.Inactive || sender === Endpoint.SynAckSent) {
      const receiver = bytes[b + Byte.originator + peer] ?? 0;
      const next = senderAfter(sender, receiver, tcpFlags);
      bytes[b + Byte.originator + direction] = next;
      bytes[b + Byte.originator + peer] = receiverAfter(receiver, tcpFlags);
      if (tcpFlags & RST) {
        count16(halves, h + Half.resets);
        if (end !== FlowEnd.Fin) this.#setEnd(chunk, record, FlowEnd.Reset);
        return analysis;
      }
      if (next === Endpoint.Closed && receiver === Endpoint.Closed && end !== FlowEnd.Reset) {
        this.#setEnd(chunk, record, FlowEnd.Fin);
        return analysis;
      }
    }
    if (end === FlowEnd.Idle) this.#setEnd(chunk, record, FlowEnd.Open);
    return analysis;
  }

  #addError(packets: ColumnChunk, row: PacketIndex, found: number, unreachable: boolean): void {
    const slot = found >>> 1;
    const chunk = this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk;
    const record = slot & FLOW_CHUNK_MASK;
    count16(chunk.halves, record * HALVES + Half.icmpErrors);
    const at = record * RECORD_BYTES + Byte.marks;
    const marks = chunk.bytes[at] ?? 0;
    if (unreachable && (found & 1) === 1 && (marks & Mark.Unreachable) === 0) {
      chunk.bytes[at] = marks | Mark.Unreachable;
      this.events?.add(FlowEventKind.Unreachable, row, this.#indexOf(slot), chunk, record, 0);
    }
    const p = row & CHUNK_MASK;
    packets.flow[p] = this.#indexOf(slot);
    if ((found & 1) === 1) packets.flags[p] = (packets.flags[p] ?? 0) | PacketFlag.Backward;
  }

  /** Slot of the newest flow between the ends of entry i, times two, plus the packet's direction; -1 where there is none. */
  #find(transport: TransportBatch, i: number): number {
    const hash = this.#hashes[i] ?? 0;
    const { entries, mask, slotMask, tagMask } = this.#hash;
    const source = transport.flowSource[i] ?? 0;
    const destination = transport.flowDestination[i] ?? 0;
    const sourcePort = transport.flowSourcePort[i] ?? 0;
    const destinationPort = transport.flowDestinationPort[i] ?? 0;
    const protocol = transport.flowProtocol[i] ?? 0;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = entries[at] ?? 0;
      if (entry === 0) {
        this.#entry = at;
        return NONE;
      }
      if ((entry ^ hash) & tagMask) continue;
      const slot = (entry & slotMask) - 1;
      const chunk = this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk;
      const record = slot & FLOW_CHUNK_MASK;
      const w = record * WORDS;
      if (chunk.bytes[record * RECORD_BYTES + Byte.protocol] !== protocol) continue;
      const from = chunk.words[w + Word.source] ?? 0;
      const to = chunk.words[w + Word.destination] ?? 0;
      const ports = chunk.words[w + Word.ports] ?? 0;
      if (from === source && to === destination && ports >>> 16 === sourcePort && (ports & 0xffff) === destinationPort) {
        this.#entry = at;
        return slot << 1;
      }
      if (from === destination && to === source && ports >>> 16 === destinationPort && (ports & 0xffff) === sourcePort) {
        this.#entry = at;
        return (slot << 1) | 1;
      }
    }
  }

  /** Why the flow that was found is over before this packet; `Open` where the packet belongs to it. */
  #endBefore(found: number, transport: TransportBatch, i: number, isTcp: boolean): number {
    const slot = found >>> 1;
    const chunk = this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk;
    const record = slot & FLOW_CHUNK_MASK;
    const now = this.#times[i] ?? 0;
    const silence = now - (chunk.doubles[record * DOUBLES + Double.lastTime] ?? 0);
    const b = record * RECORD_BYTES;
    // One comparison for nearly every packet: no limit is shorter.
    if (silence > ICMP_IDLE && silence > idleLimit(transport.flowProtocol[i] ?? 0, chunk.bytes[b + Byte.end] ?? 0)) return FlowEnd.Idle;
    if (isTcp && ((transport.tcpFlags[i] ?? 0) & (SYN | ACK)) === SYN) {
      // Wireshark's rule: a SYN begins anew where its number is not the one that the direction began with.
      const direction = found & 1;
      const known = ((chunk.bytes[b + Byte.marks] ?? 0) & (Mark.BaseKnown << direction)) !== 0;
      const base = chunk.words[record * WORDS + Word.initialSequence + direction];
      if (known && base !== transport.sequence[i]) return FlowEnd.Reused;
    }
    return now - (chunk.doubles[record * DOUBLES + Double.firstTime] ?? 0) > ACTIVE_TIMEOUT ? FlowEnd.Active : FlowEnd.Open;
  }

  /** A new flow between the ends of the one found. */
  #beginAgain(found: number, transport: TransportBatch, i: number, row: PacketIndex, why: number): number {
    const old = this.chunks[found >>> (FLOW_CHUNK_BITS + 1)] as FlowChunk;
    const oldRecord = (found >>> 1) & FLOW_CHUNK_MASK;
    const end = old.bytes[oldRecord * RECORD_BYTES + Byte.end];
    if (end === FlowEnd.Open || end === FlowEnd.Idle) this.#setEnd(old, oldRecord, why);
    if (why !== FlowEnd.Active) return this.#begin(transport, i, row);

    // The same connection goes on: what was learnt of it is carried over, the counters begin anew.
    const w = oldRecord * WORDS;
    const carried = old.words.slice(w, w + WORDS);
    old.words[w + Word.stream] = NONE_32;
    const begun = this.#begin(transport, i, row);
    const chunk = this.chunks[begun >>> (FLOW_CHUNK_BITS + 1)] as FlowChunk;
    const record = (begun >>> 1) & FLOW_CHUNK_MASK;
    this.#forgetStream(chunk, record);
    for (const word of CARRIED_WORDS) chunk.words[record * WORDS + word] = carried[word] ?? 0;
    const bytes = new Uint8Array(carried.buffer);
    for (const byte of CARRIED_BYTES) chunk.bytes[record * RECORD_BYTES + byte] = bytes[byte] ?? 0;
    const marks = record * RECORD_BYTES + Byte.marks;
    chunk.bytes[marks] = (chunk.bytes[marks] ?? 0) | Mark.Continued;
    chunk.halves[record * HALVES + Half.service] = new Uint16Array(carried.buffer)[Half.service] ?? 0;
    return (begun & ~1) | (found & 1);
  }

  /** A new record for the ends of entry i; the last `#find` was for them. */
  #begin(transport: TransportBatch, i: number, row: PacketIndex): number {
    const slot = this.count % this.capacity;
    if (this.count >= this.capacity) {
      this.#overwrite(slot);
      this.#find(transport, i);
    } else if (slot >>> FLOW_CHUNK_BITS === this.chunks.length) {
      this.chunks.push(new FlowChunk());
    }
    const hash = this.#hashes[i] ?? 0;
    const entry = this.#hash.entries[this.#entry] ?? 0;

    const chunk = this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk;
    const record = slot & FLOW_CHUNK_MASK;
    const w = record * WORDS;
    const b = record * RECORD_BYTES;
    const d = record * DOUBLES;
    const isTcp = transport.flowProtocol[i] === TCP;
    // A SYN/ACK comes from the responder; everything else that comes first does not.
    const direction = isTcp && ((transport.tcpFlags[i] ?? 0) & (SYN | ACK)) === (SYN | ACK) ? 1 : 0;
    const sourcePort = transport.flowSourcePort[i] ?? 0;
    const destinationPort = transport.flowDestinationPort[i] ?? 0;
    const words = chunk.words;
    const now = this.#times[i] ?? 0;
    if (this.count >= this.capacity) words.fill(0, w, w + WORDS);
    words[w + Word.source] = (direction === 0 ? transport.flowSource[i] : transport.flowDestination[i]) ?? 0;
    words[w + Word.destination] = (direction === 0 ? transport.flowDestination[i] : transport.flowSource[i]) ?? 0;
    words[w + Word.ports] = direction === 0 ? (sourcePort << 16) | destinationPort : (destinationPort << 16) | sourcePort;
    words[w + Word.host] = NONE;
    words[w + Word.firstRow] = row;
    words[w + Word.stream] = isTcp ? this.#streams.take() : NONE_32;
    chunk.doubles[d + Double.firstTime] = now;
    chunk.doubles[d + Double.lastTime] = now;
    chunk.floats[w + Float.answerTime] = NONE;
    chunk.floats[w + Float.roundTrip] = NONE;
    chunk.bytes[b + Byte.protocol] = transport.flowProtocol[i] ?? 0;
    chunk.bytes[b + Byte.windowScale] = UNKNOWN_SCALE;
    chunk.bytes[b + Byte.windowScaleBack] = UNKNOWN_SCALE;
    this.count++;
    this.activeCount++;
    if (entry === 0) this.#hash.insert(this.#entry, hash, slot);
    else this.#replace(entry, hash, slot);
    return (slot << 1) | direction;
  }

  /** The ends have a newer flow: the older record stays readable, its sequence state is not needed any more. */
  #replace(entry: number, hash: number, slot: number): void {
    const older = (entry & this.#hash.slotMask) - 1;
    this.#forgetStream(this.chunks[older >>> FLOW_CHUNK_BITS] as FlowChunk, older & FLOW_CHUNK_MASK);
    this.#hash.replace(this.#entry, hash, slot);
  }

  #overwrite(slot: number): void {
    const chunk = this.chunks[slot >>> FLOW_CHUNK_BITS] as FlowChunk;
    const record = slot & FLOW_CHUNK_MASK;
    this.#hash.remove(slot);
    this.#forgetStream(chunk, record);
    if (chunk.bytes[record * RECORD_BYTES + Byte.end] === FlowEnd.Open) {
      this.evicted++;
      this.activeCount--;
    } else {
      this.forgotten++;
    }
  }

  #forgetStream(chunk: FlowChunk, record: number): void {
    const at = record * WORDS + Word.stream;
    const stream = chunk.words[at] ?? NONE_32;
    if (stream !== NONE_32) this.#streams.give(stream);
    chunk.words[at] = NONE_32;
  }

  #setEnd(chunk: FlowChunk, record: number, end: number): void {
    const at = record * RECORD_BYTES + Byte.end;
    const wasOpen = chunk.bytes[at] === FlowEnd.Open;
    chunk.bytes[at] = end;
    if (wasOpen && end !== FlowEnd.Open) this.activeCount--;
    else if (!wasOpen && end === FlowEnd.Open) this.activeCount++;
  }

  #indexOf(slot: number): FlowIndex {
    const newest = this.count - 1;
    const newestSlot = newest % this.capacity;
    return newest - newestSlot + slot - (slot > newestSlot ? this.capacity : 0);
  }
}

const CARRIED_WORDS = [Word.source, Word.destination, Word.ports, Word.host, Word.initialSequence, Word.initialSequenceBack, Word.stream];
const CARRIED_BYTES = [Byte.originator, Byte.responder, Byte.windowScale, Byte.windowScaleBack, Byte.marks];

function count16(halves: Uint16Array, at: number): void {
  const value = halves[at] ?? 0;
  if (value < MAX_16) halves[at] = value + 1;
}
