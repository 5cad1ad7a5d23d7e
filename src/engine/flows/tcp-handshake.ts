import { PacketFlag } from '../../shared/model/packet-flags';
import type { Nanoseconds } from '../../shared/model/units';
import type { TransportBatch } from '../columns/transport-batch';
import { Byte, Float, type FlowChunk, Mark, RECORD_BYTES, WORDS, Word } from './flow-chunk';
import { type Direction, NO_SCALE, UNKNOWN_SCALE } from './flow-records';
import { StreamByte, StreamDouble, StreamMark, type TcpStreams } from './tcp-streams';

const SYN = 2;
const ACK = 16;

/** Initial sequence numbers: of the SYNs, or as the first segments let one infer them. Returns PortReuse where a SYN/ACK contradicts what was known. */
export function learnBase(chunk: FlowChunk, record: number, direction: Direction, transport: TransportBatch, i: number): number {
  const { words, bytes } = chunk;
  const base = record * WORDS + Word.initialSequence;
  const tcpFlags = transport.tcpFlags[i] ?? 0;
  const sequence = transport.sequence[i] ?? 0;
  const peer = 1 - direction;
  let marks = bytes[record * RECORD_BYTES + Byte.marks] ?? 0;
  let analysis = 0;
  if (!(marks & (Mark.BaseKnown << direction))) {
    words[base + direction] = tcpFlags & SYN ? sequence : sequence - 1;
  } else if ((tcpFlags & (SYN | ACK)) === (SYN | ACK) && words[base + direction] !== sequence) {
    words[base + direction] = sequence;
    analysis = PacketFlag.PortReuse;
  }
  marks |= Mark.BaseKnown << direction;
  if (tcpFlags & SYN) marks |= Mark.SynSeen << direction;
  if (tcpFlags & ACK && !(marks & (Mark.BaseKnown << peer))) {
    words[base + peer] = (transport.acknowledgement[i] ?? 0) - 1;
    marks |= Mark.BaseKnown << peer;
  }
  bytes[record * RECORD_BYTES + Byte.marks] = marks;
  return analysis;
}

/** What only a SYN or SYN/ACK says. */
export function addSyn(
  chunk: FlowChunk,
  record: number,
  direction: Direction,
  transport: TransportBatch,
  i: number,
  streams: TcpStreams,
  now: Nanoseconds,
): void {
  const { bytes, floats } = chunk;
  const w = record * WORDS;
  const own = record * RECORD_BYTES + Byte.windowScale + direction;
  const peer = record * RECORD_BYTES + Byte.windowScale + 1 - direction;
  const option = transport.windowScale[i] ?? UNKNOWN_SCALE;
  const isAnswer = ((transport.tcpFlags[i] ?? 0) & ACK) !== 0;
  // RFC 7323, 2.2: windows are scaled only where both SYNs carry the option; a shift above 14 counts as 14.
  if (option !== UNKNOWN_SCALE) bytes[own] = Math.min(option, 14);
  if (bytes[own] === UNKNOWN_SCALE) {
    bytes[own] = NO_SCALE;
    bytes[peer] = NO_SCALE;
  } else if (isAnswer && bytes[peer] === NO_SCALE) {
    bytes[own] = NO_SCALE;
  }
  if (!isAnswer || direction === 0 || (floats[w + Float.answerTime] ?? 0) >= 0) return;
  const stream = chunk.words[w + Word.stream] ?? 0;
  const { bytes: marks, doubles } = streams.chunkOf(stream);
  const originator = streams.base(stream, 0);
  if (!((marks[originator + StreamByte.marks] ?? 0) & StreamMark.OnlySyn)) return;
  const elapsed = now - (doubles[(originator >> 3) + StreamDouble.lastTime] ?? 0);
  if (elapsed >= 0) floats[w + Float.answerTime] = elapsed;
}
