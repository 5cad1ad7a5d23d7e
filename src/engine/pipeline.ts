import { u32 } from '../shared/base/bytes';
import { EventKind, VLAN_SHIFT } from '../shared/model/event-kinds';
import { PacketFlag } from '../shared/model/packet-flags';
import { NONE_16, NONE_32 } from '../shared/model/units';
import { ArpBatch } from './columns/arp-batch';
import { CHUNK_MASK, CHUNK_ROWS, type ColumnChunk } from './columns/column-chunk';
import { POSITION_HIGH } from './columns/packet-table';
import { MAX_BATCH, TransportBatch } from './columns/transport-batch';
import { applicationProtocols } from './decode/application/registry';
import { ApplicationStage } from './decode/streams/application-stage';
import type { ApplicationSink } from './decode/streams/sink';
import { IpDefragmenter } from './decode/summary/defragmenter';
import { FrameSummary } from './decode/summary/frame-summary';
import { Id } from './decode/summary/ids';
import { decodeLink } from './decode/summary/link';
import type { DetectionStage } from './detectors/detection-stage';
import type { SessionTables } from './session-tables';
import type { FrameBatch } from './sources/source';

const TCP = 6;
const UDP = 17;
const FIN = 0x001;
const MAX_16 = 0xffff;
/** Comments that are kept of a file, and their characters in all: 32 MB. */
const MAX_COMMENTS = 100_000;
const MAX_COMMENT_CHARACTERS = 16 << 20;
/** QUIC flows whose first connection id is kept, 20 bytes each at most; later ones show their Initial packets undecrypted. */
const MAX_CONNECTION_IDS = 65_536;
/** Rows whose stream state is fetched from memory together. */
const AHEAD = 256;
/** Retransmissions that Wireshark's TCP dissector still hands to the protocol above. */
const SEEN_AGAIN = PacketFlag.FastRetransmission | PacketFlag.SpuriousRetransmission;

/** Segments that the stream stage does not look into, as Wireshark does not: what they carry was seen, or comes out of order. */
const notInOrder = (flags: number): boolean =>
  (flags & PacketFlag.OutOfOrder) !== 0 || ((flags & PacketFlag.Retransmission) !== 0 && (flags & SEEN_AGAIN) === 0);

/**
 * The path of packets into the session: frames are decoded in place into columns, then flows and the application stage go over the same
 * rows while the batch's bytes are there. Nothing is allocated for an ordinary packet.
 */
export class Pipeline implements ApplicationSink {
  readonly applications: ApplicationStage;
  /** Of no use; read so that the reads which made it are not left out. */
  touched = 0;
  readonly #tables: SessionTables;
  readonly #detection: DetectionStage | null;
  readonly #summary: FrameSummary;
  readonly #defragmenter = new IpDefragmenter();
  readonly #transport = new TransportBatch();
  readonly #arps = new ArpBatch();
  #comments = 0;
  #commentCharacters = 0;

  /** `detection`: the rules that watch; null: none do. */
  constructor(tables: SessionTables, detection: DetectionStage | null = null) {
    this.#tables = tables;
    this.#detection = detection;
    tables.flows.events = detection?.flowEvents ?? null;
    this.#summary = new FrameSummary(tables.addresses, this.#defragmenter);
    this.applications = new ApplicationStage(applicationProtocols, this);
  }

  /** Appends the batch's packets to the session. */
  process(batch: FrameBatch): void {
    for (let done = 0; done < batch.count; done += MAX_BATCH) this.#pass(batch, done, Math.min(MAX_BATCH, batch.count - done));
    this.#addComments(batch);
  }

  #pass(batch: FrameBatch, first: number, count: number): void {
    const { packets, flows } = this.#tables;
    const from = packets.count;
    this.#transport.datagrams.length = 0;
    this.#arps.count = 0;
    for (let i = 0; i < count; i++) this.#decode(batch, first + i, i, packets.chunkForAppend());
    flows.addBatch(packets, this.#transport, from, from + count);
    this.#readApplications(batch, from, count);
    this.#detection?.process(from, from + count, this.#transport);
    if (count > 0) flows.expire(packets.time(from + count - 1));
  }

  /** First tier of one frame: entry `k` of the batch becomes the next row and entry `i` of the transport batch. */
  #decode(batch: FrameBatch, k: number, i: number, chunk: ColumnChunk): void {
    const packets = this.#tables.packets;
    const s = this.#summary;
    const row = packets.count;
    const p = row & CHUNK_MASK;
    const start = batch.start[k] ?? 0;
    const captured = batch.capturedLength[k] ?? 0;
    s.reset();
    this.#defragmenter.packet = row;
    s.uncaptured = Math.max(0, (batch.length[k] ?? 0) - captured);
    decodeLink(s, batch.bytes, start, start + captured, batch.linkType[k] ?? 0);
    let flags = s.flags;
    if (batch.hasTime[k] === 1) {
      flags |= PacketFlag.Time;
      chunk.seconds[p] = packets.relativeSecond(batch.seconds[k] ?? 0);
      chunk.nanoseconds[p] = batch.nanoseconds[k] ?? 0;
    }
    const position = batch.position[k] ?? 0;
    chunk.positionLow[p] = position;
    chunk.positionHigh[p] = position / POSITION_HIGH;
    chunk.length[p] = batch.length[k] ?? 0;
    chunk.capturedLength[p] = captured;
    chunk.interfaceId[p] = batch.interfaceId[k] ?? 0;
    chunk.source[p] = s.source;
    chunk.destination[p] = s.destination;
    if (s.hasPorts) {
      flags |= PacketFlag.Ports;
      chunk.sourcePort[p] = s.sourcePort;
      chunk.destinationPort[p] = s.destinationPort;
    }
    chunk.ipProtocol[p] = s.ipProtocol;
    if (s.tcpFlags >= 0) {
      flags |= PacketFlag.TcpFlags;
      chunk.tcpFlags[p] = s.tcpFlags;
    }
    chunk.vlan[p] = s.vlan < 0 ? NONE_16 : s.vlan;
    chunk.protocol[p] = s.protocol;
    chunk.payloadLength[p] = s.payloadLength > MAX_16 ? MAX_16 : s.payloadLength;
    chunk.layers[p] = s.layers;
    chunk.flags[p] = flags;
    chunk.flow[p] = NONE_32;
    packets.count = row + 1;
    this.#fillTransport(s, i);
    if (s.arpBytes !== null && this.#detection !== null) this.#arps.add(i, s.arpBytes, s.arpStart, this.#tables.addresses);
    if ((flags & PacketFlag.Reassembled) !== 0) this.#tables.reassemblies.addDatagram(row, this.#defragmenter.completedPackets);
  }

  #fillTransport(s: FrameSummary, i: number): void {
    const t = this.#transport;
    t.flowSource[i] = s.flowSource;
    t.flowDestination[i] = s.flowDestination;
    t.flowProtocol[i] = s.flowProtocol;
    t.flowSourcePort[i] = s.flowSourcePort;
    t.flowDestinationPort[i] = s.flowDestinationPort;
    t.payloadLength[i] = s.payloadLength;
    t.unreachable[i] = s.unreachable ? 1 : 0;
    t.windowScale[i] = s.windowScale;
    t.sequence[i] = s.sequence;
    t.acknowledgement[i] = s.acknowledgement;
    t.window[i] = s.window;
    t.tcpFlags[i] = s.flowTcpFlags;
    t.datagram[i] = 0;
    if (s.payloadBytes === null) {
      t.payloadCaptured[i] = 0;
      return;
    }
    t.payloadStart[i] = s.payloadStart;
    t.payloadCaptured[i] = s.payloadEnd - s.payloadStart;
    if (s.payloadInDatagram) {
      t.datagrams.push(s.payloadBytes);
      t.datagram[i] = t.datagrams.length;
    }
  }

  #readApplications(batch: FrameBatch, from: number, count: number): void {
    const { packets } = this.#tables;
    const { payloadCaptured } = this.#transport;
    let nextArp = 0;
    for (let start = 0; start < count; start += AHEAD) {
      const end = Math.min(count, start + AHEAD);
      const first = (from + start) & CHUNK_MASK;
      const { flow } = packets.chunkOf(from + start);
      this.touched = this.applications.touch(flow, first, Math.min(CHUNK_ROWS, first + end - start));
      for (let i = start; i < end; i++)
        if ((payloadCaptured[i] ?? 0) > 0) {
          nextArp = this.#tellArps(nextArp, from, i);
          this.#readApplication(batch, i, from + i);
        }
    }
    this.#tellArps(nextArp, from, count);
  }

  /** Hands the rules the ARP messages before entry `until`, so that they come in the order of packets; gives the next one. */
  #tellArps(next: number, from: number, until: number): number {
    const arps = this.#arps;
    let at = next;
    for (; at < arps.count && (arps.entry[at] ?? 0) < until; at++) {
      const row = from + (arps.entry[at] ?? 0);
      const { sender, mac, target, operation } = arps;
      const number = (operation[at] ?? 0) | this.#vlanBits(row);
      this.#detection?.messages.add(row, EventKind.Arp, sender[at] ?? -1, mac[at] ?? -1, target[at] ?? -1, number);
    }
    return at;
  }

  /** Hands the payload of row `row` to the stream stage and puts what it says into the columns. */
  #readApplication(batch: FrameBatch, i: number, row: number): void {
    const { packets, flows } = this.#tables;
    const t = this.#transport;
    const protocol = t.flowProtocol[i];
    if (protocol !== TCP && protocol !== UDP) return;
    const chunk = packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    const flags = chunk.flags[p] ?? 0;
    const flow = chunk.flow[p] ?? NONE_32;
    if (flow === NONE_32 || (protocol === TCP && notInOrder(flags))) return;
    const stage = this.applications;
    const segment = stage.segment;
    const datagram = t.datagram[i] ?? 0;
    segment.bytes = datagram === 0 ? batch.bytes : (t.datagrams[datagram - 1] ?? batch.bytes);
    segment.row = row;
    segment.flow = flow;
    segment.backward = (flags & PacketFlag.Backward) !== 0;
    segment.start = t.payloadStart[i] ?? 0;
    segment.end = segment.start + (t.payloadCaptured[i] ?? 0);
    segment.length = t.payloadLength[i] ?? 0;
    segment.sequence = t.sequence[i] ?? 0;
    segment.fin = ((t.tcpFlags[i] ?? 0) & FIN) !== 0;
    segment.sourcePort = t.flowSourcePort[i] ?? 0;
    segment.destinationPort = t.flowDestinationPort[i] ?? 0;
    const id = protocol === TCP ? stage.tcp() : stage.udp();
    if (stage.newlyRecognised) {
      flows.setService(flow, stage.recognised);
      this.#detection?.messages.add(row, EventKind.Service, -1, -1, -1, stage.recognised);
    }
    if (stage.hostName >= 0) flows.setHost(flow, stage.hostName);
    if (id === 0) return;
    const shown = chunk.protocol[p];
    if (shown === Id.Tcp || shown === Id.Udp) chunk.protocol[p] = id;
    chunk.flags[p] = flags | PacketFlag.Message | (stage.completedEarlier ? PacketFlag.Reassembled : 0);
  }

  #addComments(batch: FrameBatch): void {
    const { comments, packets } = this.#tables;
    for (const { index, text } of batch.comments) {
      if (this.#comments >= MAX_COMMENTS || this.#commentCharacters + text.length > MAX_COMMENT_CHARACTERS) return;
      this.#comments++;
      this.#commentCharacters += text.length;
      const row = packets.count - batch.count + index;
      const known = comments.get(row);
      if (known) known.push(text);
      else comments.set(row, [text]);
      const chunk = packets.chunkOf(row);
      chunk.flags[row & CHUNK_MASK] = (chunk.flags[row & CHUNK_MASK] ?? 0) | PacketFlag.Comment;
    }
  }

  text(bytes: Uint8Array, start: number, end: number): number {
    return this.#tables.texts.intern(bytes, start, end);
  }

  event(row: number, kind: number, name: number, method: number, uri: number, number: number): void {
    this.#tables.events.add(row, kind, name, method, uri, number);
    this.#detection?.messages.add(row, kind, name, method, uri, number);
  }

  addressEvent(row: number, kind: number, bytes: Uint8Array, name: number, method: number, uri: number, number: number): void {
    if (this.#detection === null) return;
    const { addresses } = this.#tables;
    const at = (offset: number): number => (offset < 0 ? -1 : addresses.internIpv4(u32(bytes, offset)));
    this.#detection.messages.add(row, kind, at(name), at(method), at(uri), number | this.#vlanBits(row));
  }

  /** Two networks on one wire have addresses, gateways and servers of their own. */
  #vlanBits(row: number): number {
    const vlan = this.#tables.packets.chunkOf(row).vlan[row & CHUNK_MASK] ?? NONE_16;
    return vlan === NONE_16 ? 0 : (vlan & 0xfff) << VLAN_SHIFT;
  }

  answer(name: number, addresses: Uint8Array, start: number, length: number): void {
    const table = this.#tables.addresses;
    this.#tables.hostNames.set(length === 4 ? table.internIpv4(u32(addresses, start)) : table.internIpv6(addresses, start), name);
  }

  connectionId(flow: number, bytes: Uint8Array, start: number, end: number): void {
    const { connectionIds } = this.#tables;
    if (connectionIds.size < MAX_CONNECTION_IDS && !connectionIds.has(flow)) connectionIds.set(flow, bytes.slice(start, end));
  }

  reassembled(row: number, rows: Uint32Array, count: number, offset: number, length: number): void {
    this.#tables.reassemblies.addMessage(row, rows, count, offset, length);
  }

  followed(row: number, rest: number): void {
    this.#tables.reassemblies.setRest(row, rest);
  }
}
