import { PacketFlag } from '../../shared/model/packet-flags';
import type { Nanoseconds } from '../../shared/model/units';
import { DIRECTION_WORDS, FIRST_ROUND_TRIP, StreamDouble, StreamMark, StreamWord, SYN_TIME, type TcpStreams } from './tcp-streams';

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
 * @param length bytes of payload on the wire
 * @param window as in the header
 * @param peerShift window shift of the other direction, -1 where it is not known
 * @returns bits of PacketFlag
 */
export function analyseSegment(
  streams: TcpStreams,
  stream: number,
  direction: number,
  sequence: number,
  acknowledgement: number,
  length: number,
  tcpFlags: number,
  window: number,
  peerShift: number,
  now: Nanoseconds,
): number {
  const { words, doubles } = streams.chunkOf(stream);
  const base = streams.base(stream);
  const own = base + direction * DIRECTION_WORDS;
  const peer = base + (1 - direction) * DIRECTION_WORDS;
  const next = words[own + StreamWord.next] ?? 0;
  const lastAck = words[own + StreamWord.lastAck] ?? 0;
  const lastWindow = words[own + StreamWord.window] ?? 0;
  const peerMarks = words[peer + StreamWord.marks] ?? 0;
  const peerAck = words[peer + StreamWord.lastAck] ?? 0;
  const peerWindow = words[peer + StreamWord.window] ?? 0;
  let marks = words[own + StreamWord.marks] ?? 0;
  const control = tcpFlags & (SYN | FIN | RST);
  // A SYN or FIN takes one sequence number.
  const extra = tcpFlags & (SYN | FIN) ? 1 : 0;
  const end = (sequence + length + extra) >>> 0;
  let flags = 0;

  const isProbe = length === 1 && sequence === next && peerWindow === 0;
  if (isProbe) {
    flags = PacketFlag.ZeroWindowProbe;
  } else {
    if (window === 0 && control === 0) flags |= PacketFlag.ZeroWindow;
    if (next !== 0 && after(sequence, next) && !(tcpFlags & RST)) flags |= PacketFlag.LostSegment;
    if (control === 0) {
      if (length <= 1 && sequence === (next - 1) >>> 0) flags |= PacketFlag.KeepAlive;
      if (length > 0) {
        if (peerShift >= 0 && end === (peerAck + (peerWindow << (peerMarks & StreamMark.OnlySyn ? 0 : peerShift))) >>> 0)
          flags |= PacketFlag.WindowFull;
      } else if (sequence === next && acknowledgement === lastAck) {
        if (window !== lastWindow) {
          if (window !== 0) flags |= PacketFlag.WindowUpdate;
        } else if (window !== 0) {
          if (peerMarks & StreamMark.LastWasKeepAlive) {
            flags |= PacketFlag.KeepAliveAck;
          } else {
            const duplicates = (words[own + StreamWord.duplicates] ?? 0) | 0;
            words[own + StreamWord.duplicates] = duplicates < 0 ? 1 : duplicates + 1;
            flags |= PacketFlag.DuplicateAck;
          }
        }
      }
    }
  }
  if (acknowledgement !== lastAck) words[own + StreamWord.duplicates] = 0;

  const peerContiguous = words[peer + StreamWord.contiguous] ?? 0;
  if (tcpFlags & ACK && peerContiguous !== 0 && after(acknowledgement, peerContiguous)) {
    const peerNext = words[peer + StreamWord.next] ?? 0;
    if (after(peerNext, peerContiguous)) words[peer + StreamWord.contiguous] = peerNext;
    else words[peer + StreamWord.duplicates] = -1;
  }

  if ((length > 0 || extra !== 0) && !(flags & PacketFlag.KeepAlive)) {
    // A segment of more than one byte just below `next` follows a window probe: it carries new data.
    const behind = next !== 0 && after(next, sequence) && !(length > 1 && sequence === (next - 1) >>> 0);
    if (length > 0 && peerAck !== 0 && !after((sequence + length) >>> 0, peerAck)) {
      flags |= PacketFlag.SpuriousRetransmission;
    } else if (behind) {
      const sinceNext = now - (doubles[(own >> 1) + StreamDouble.nextTime] ?? 0);
      const sinceAck = now - (doubles[(peer >> 1) + StreamDouble.lastAckTime] ?? 0);
      const roundTrip = doubles[(base >> 1) + FIRST_ROUND_TRIP] ?? 0;
      const limit = roundTrip === 0 ? OUT_OF_ORDER_LIMIT : roundTrip;
      const duplicates = (words[peer + StreamWord.duplicates] ?? 0) | 0;
      if (duplicates >= FAST_RETRANSMISSION_ACKS && peerAck === sequence && sinceAck >= 0 && sinceAck < FAST_RETRANSMISSION_LIMIT) {
        flags |= PacketFlag.FastRetransmission;
      } else if (sinceNext >= 0 && sinceNext < limit && (next !== end || !(marks & StreamMark.NextByData))) {
        flags |= PacketFlag.OutOfOrder;
      } else {
        flags |= PacketFlag.Retransmission;
      }
    }
  }

  if (next === 0 || after(end, (next + extra) >>> 0)) marks = length > 0 ? marks | StreamMark.NextByData : marks & ~StreamMark.NextByData;
  if (!isProbe) {
    if (next === 0 || after(end, next)) {
      words[own + StreamWord.next] = end;
      doubles[(own >> 1) + StreamDouble.nextTime] = now;
    }
    const contiguous = words[own + StreamWord.contiguous] ?? 0;
    if (contiguous === 0 || contiguous === sequence) words[own + StreamWord.contiguous] = words[own + StreamWord.next] ?? 0;
  }
  words[own + StreamWord.window] = window;
  words[own + StreamWord.lastAck] = acknowledgement;
  doubles[(own >> 1) + StreamDouble.lastAckTime] = now;

  marks = flags & PacketFlag.KeepAlive ? marks | StreamMark.LastWasKeepAlive : marks & ~StreamMark.LastWasKeepAlive;
  if (tcpFlags & SYN) {
    marks |= StreamMark.OnlySyn;
    if (!(tcpFlags & ACK)) doubles[(base >> 1) + SYN_TIME] = now;
  } else if (tcpFlags & ACK) {
    marks &= ~StreamMark.OnlySyn;
    const roundTrip = now - (doubles[(base >> 1) + SYN_TIME] ?? 0);
    if (roundTrip > 0 && doubles[(base >> 1) + FIRST_ROUND_TRIP] === 0) doubles[(base >> 1) + FIRST_ROUND_TRIP] = roundTrip;
  }
  words[own + StreamWord.marks] = marks;
  return flags;
}
