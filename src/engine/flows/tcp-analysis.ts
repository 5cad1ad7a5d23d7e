import { PacketFlag } from '../../shared/model/packet-flags';
import type { Nanoseconds } from '../../shared/model/units';
import type { TransportBatch } from '../columns/transport-batch';
import { MAX_DUPLICATES, StreamByte, StreamDouble, StreamMark, StreamWord, type TcpStreams, UNSEEN, WINDOW_HALF } from './tcp-streams';

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/** A segment below the highest one seen that comes this soon after it is out of order, unless the round trip is known. */
const OUT_OF_ORDER_LIMIT: Nanoseconds = 3_000_000;
/** After the last duplicate ACK; later it is a timeout's retransmission. */
const FAST_RETRANSMISSION_LIMIT: Nanoseconds = 20_000_000;
const FAST_RETRANSMISSION_ACKS = 2;

/** a is after b in the sequence space (RFC 9293, 3.4). */
const after = (a: number, b: number): boolean => ((b - a) | 0) < 0;

/**
 * Tells what a segment means for its stream, by the rules that the Wireshark User's Guide gives under "TCP Analysis", and remembers it.
 *
 * @param direction 0: the flow's originator sent it
 * @param transport entry i holds the segment
 * @param peerShift window shift of the other direction, -1 where it is not known
 * @param times entry i is the packet's time
 * @param roundTrips entry `flow` is the flow's first round trip, -1 until it is known; set here
 * @returns bits of PacketFlag; every kind of retransmission has `Retransmission` too
 */
export function analyseSegment(
  streams: TcpStreams,
  stream: number,
  direction: number,
  transport: TransportBatch,
  i: number,
  peerShift: number,
  times: Float64Array,
  roundTrips: Float32Array,
  flow: number,
): number {
  const { words, doubles, halves, bytes } = streams.chunkOf(stream);
  const now = times[i] ?? 0;
  const sequence = (transport.sequence[i] ?? 0) | 0;
  const acknowledgement = (transport.acknowledgement[i] ?? 0) | 0;
  const length = (transport.payloadLength[i] ?? 0) | 0;
  const tcpFlags = transport.tcpFlags[i] ?? 0;
  const window = transport.window[i] ?? 0;
  const own = streams.base(stream, direction);
  const peer = streams.base(stream, 1 - direction);
  const w = own >> 2;
  const d = own >> 3;
  const next = words[w + StreamWord.next] ?? 0;
  const lastAck = words[w + StreamWord.lastAck] ?? 0;
  const lastWindow = halves[(own >> 1) + WINDOW_HALF] ?? 0;
  const peerMarks = bytes[peer + StreamByte.marks] ?? 0;
  const peerAck = words[(peer >> 2) + StreamWord.lastAck] ?? 0;
  const peerWindow = halves[(peer >> 1) + WINDOW_HALF] ?? 0;
  const control = tcpFlags & (SYN | FIN | RST);
  // A SYN or FIN takes one sequence number.
  const extra = tcpFlags & (SYN | FIN) ? 1 : 0;
  const end = (sequence + length + extra) | 0;
  let flags = 0;

  const isProbe = length === 1 && sequence === next && peerWindow === 0;
  if (isProbe) {
    flags = PacketFlag.ZeroWindowProbe;
  } else {
    if (window === 0 && control === 0) flags |= PacketFlag.ZeroWindow;
    if (next !== 0 && after(sequence, next) && !(tcpFlags & RST)) flags |= PacketFlag.LostSegment;
    if (control === 0) {
      if (length <= 1 && sequence === ((next - 1) | 0)) flags |= PacketFlag.KeepAlive;
      if (length > 0) {
        const edge = (peerAck + (peerWindow << (peerMarks & StreamMark.OnlySyn ? 0 : peerShift))) | 0;
        if (peerShift >= 0 && end === edge) flags |= PacketFlag.WindowFull;
      } else if (sequence === next && acknowledgement === lastAck) {
        if (window !== lastWindow) {
          if (window !== 0) flags |= PacketFlag.WindowUpdate;
        } else if (window !== 0) {
          if (peerMarks & StreamMark.LastWasKeepAlive) {
            flags |= PacketFlag.KeepAliveAck;
          } else {
            const duplicates = bytes[own + StreamByte.duplicates] ?? 0;
            bytes[own + StreamByte.duplicates] = duplicates === UNSEEN ? 1 : Math.min(duplicates + 1, MAX_DUPLICATES);
            flags |= PacketFlag.DuplicateAck;
          }
        }
      }
    }
  }
  if (acknowledgement !== lastAck) bytes[own + StreamByte.duplicates] = 0;

  const peerContiguous = words[(peer >> 2) + StreamWord.contiguous] ?? 0;
  if (tcpFlags & ACK && peerContiguous !== 0 && after(acknowledgement, peerContiguous)) {
    const peerNext = words[(peer >> 2) + StreamWord.next] ?? 0;
    if (after(peerNext, peerContiguous)) words[(peer >> 2) + StreamWord.contiguous] = peerNext;
    else bytes[peer + StreamByte.duplicates] = UNSEEN;
  }

  if ((length > 0 || extra !== 0) && !(flags & PacketFlag.KeepAlive)) {
    // A segment of more than one byte just below `next` follows a window probe: it carries new data.
    const behind = next !== 0 && after(next, sequence) && !(length > 1 && sequence === ((next - 1) | 0));
    if (length > 0 && peerAck !== 0 && !after((sequence + length) | 0, peerAck)) {
      flags |= PacketFlag.SpuriousRetransmission | PacketFlag.Retransmission;
    } else if (behind) {
      const sinceNext = now - (doubles[d + StreamDouble.nextTime] ?? 0);
      const sinceAck = now - (doubles[(peer >> 3) + StreamDouble.lastTime] ?? 0);
      const roundTrip = roundTrips[flow] ?? 0;
      const limit = roundTrip > 0 ? roundTrip : OUT_OF_ORDER_LIMIT;
      const duplicates = bytes[peer + StreamByte.duplicates] ?? 0;
      const repeated = duplicates >= FAST_RETRANSMISSION_ACKS && duplicates !== UNSEEN && peerAck === sequence;
      if (repeated && sinceAck >= 0 && sinceAck < FAST_RETRANSMISSION_LIMIT) {
        flags |= PacketFlag.FastRetransmission | PacketFlag.Retransmission;
      } else if (sinceNext >= 0 && sinceNext < limit && next !== end) {
        flags |= PacketFlag.OutOfOrder;
      } else {
        flags |= PacketFlag.Retransmission;
      }
    }
  }

  if (!isProbe) {
    const advances = next === 0 || after(end, next);
    if (advances) {
      words[w + StreamWord.next] = end;
      doubles[d + StreamDouble.nextTime] = now;
    }
    const contiguous = words[w + StreamWord.contiguous] ?? 0;
    if (contiguous === 0 || contiguous === sequence) words[w + StreamWord.contiguous] = advances ? end : next;
  }
  if ((tcpFlags & (SYN | ACK)) === ACK && (roundTrips[flow] ?? 0) < 0) {
    const originator = streams.base(stream, 0);
    const elapsed = now - (doubles[(originator >> 3) + StreamDouble.lastTime] ?? 0);
    if ((bytes[originator + StreamByte.marks] ?? 0) & StreamMark.OnlySyn && elapsed > 0) roundTrips[flow] = elapsed;
  }
  words[w + StreamWord.lastAck] = acknowledgement;
  halves[(own >> 1) + WINDOW_HALF] = window;
  doubles[d + StreamDouble.lastTime] = now;
  bytes[own + StreamByte.marks] =
    (flags & PacketFlag.KeepAlive ? StreamMark.LastWasKeepAlive : 0) | (tcpFlags & SYN ? StreamMark.OnlySyn : 0);
  return flags;
}
