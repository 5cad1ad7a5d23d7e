import { PacketFlag } from '../../shared/model/packet-flags';
import type { Bytes, PacketIndex } from '../../shared/model/units';
import type { Capture } from '../capture';
import { CHUNK_MASK } from '../columns/column-chunk';
import { IpDefragmenter } from '../decode/summary/defragmenter';
import { type AddressInterner, type Defragmenter, FrameSummary } from '../decode/summary/frame-summary';
import { decodeLink } from '../decode/summary/link';
import { FrameReader } from '../details/frame-reader';

const NO_ADDRESSES: AddressInterner = { internIpv4: (word) => word, internMac: () => 0, internIpv6: () => 0 };
const NO_FRAGMENTS: Defragmenter = { add: () => null };
const EMPTY = new Uint8Array(0);

/** The innermost transport header of a frame and its payload. */
export interface ReadSegment {
  readonly protocol: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly tcpFlags: number;
  /** As captured. */
  readonly payload: Uint8Array;
  /** Of the payload, as the headers say. */
  readonly length: Bytes;
}

/** Reads the transport layer of rows again from their stored frames. */
export class SegmentReader {
  readonly #capture: Capture;
  readonly #frames: FrameReader;

  constructor(capture: Capture) {
    this.#capture = capture;
    this.#frames = new FrameReader(capture.tables.packets, capture.source.store);
  }

  /** Null where the row is not kept any more or its bytes cannot be read. */
  async read(row: PacketIndex): Promise<ReadSegment | null> {
    const { packets, reassemblies } = this.#capture.tables;
    if (!packets.has(row)) return null;
    const reassembled = ((packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0) & PacketFlag.Reassembled) !== 0;
    const fragments = reassembled ? reassemblies.datagram(row) : null;
    const summary = new FrameSummary(NO_ADDRESSES, fragments ? new IpDefragmenter() : NO_FRAGMENTS);
    for (const each of fragments ?? [row]) {
      if (!packets.has(each)) return null;
      const chunk = packets.chunkOf(each);
      const p = each & CHUNK_MASK;
      const linkType = this.#capture.source.interfaces[chunk.interfaceId[p] ?? 0]?.linkType ?? -1;
      const uncaptured = Math.max(0, (chunk.length[p] ?? 0) - (chunk.capturedLength[p] ?? 0));
      const frame = await this.#frames.read(each);
      if (frame.length === 0) return null;
      summary.reset();
      summary.uncaptured = uncaptured;
      decodeLink(summary, frame, 0, frame.length, linkType);
    }
    const payload = summary.payloadBytes?.subarray(summary.payloadStart, summary.payloadEnd) ?? EMPTY;
    return {
      protocol: summary.flowProtocol,
      sequence: summary.sequence,
      acknowledgement: summary.acknowledgement,
      tcpFlags: summary.flowTcpFlags,
      payload,
      length: Math.max(payload.length, summary.payloadLength),
    };
  }
}
