import { hexNumber, u8, u16, u32 } from '../../../shared/base/bytes';
import { checksumStatusNames } from '../tree/checksum';
import { byteArray, derivedUint, flag, hexUint, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter } from '../tree/writer';
import { dissectSegmentPayload, isPartOfMessage } from './payload';
import { tcpAnalysis, tcpAnalysisFields, tcpAnalysisPrefix } from './tcp-analysis';
import { tcpOptionFields, tcpOptions } from './tcp-options';

const MIN_HEADER = 20;
const FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE'];
const FLAG_LETTERS = 'FSRPAUECN';
export const TcpFlag = { Fin: 1, Syn: 2, Reset: 4, Ack: 16, Urgent: 32 } as const;

const fields = {
  'tcp.srcport': uint('Source Port', 2),
  'tcp.dstport': uint('Destination Port', 2),
  'tcp.stream': derivedUint('Stream index'),
  'tcp.len': derivedUint('TCP Segment Len'),
  'tcp.seq': derivedUint('Sequence Number'),
  'tcp.seq_raw': { ...derivedUint('Sequence Number (raw)'), size: 4 },
  'tcp.nxtseq': derivedUint('Next Sequence Number'),
  'tcp.ack': derivedUint('Acknowledgment Number'),
  'tcp.ack_raw': { ...derivedUint('Acknowledgment number (raw)'), size: 4 },
  'tcp.hdr_len': derivedUint('Header Length'),
  'tcp.flags': hexUint('Flags', 2),
  'tcp.flags.res': flag('Reserved', 2, 0x0e00),
  'tcp.flags.ae': flag('Accurate ECN', 2, 0x0100),
  'tcp.flags.cwr': flag('Congestion Window Reduced', 2, 0x0080),
  'tcp.flags.ece': flag('ECN-Echo', 2, 0x0040),
  'tcp.flags.urg': flag('Urgent', 2, 0x0020),
  'tcp.flags.ack': flag('Acknowledgment', 2, 0x0010),
  'tcp.flags.push': flag('Push', 2, 0x0008),
  'tcp.flags.reset': flag('Reset', 2, 0x0004),
  'tcp.flags.syn': flag('Syn', 2, 0x0002),
  'tcp.flags.fin': flag('Fin', 2, 0x0001),
  'tcp.flags.str': text('TCP Flags'),
  'tcp.window_size_value': uint('Window', 2),
  'tcp.window_size': derivedUint('Calculated window size'),
  'tcp.window_size_scalefactor': { type: 'int', title: 'Window size scaling factor' },
  'tcp.checksum': hexUint('Checksum', 2),
  'tcp.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'tcp.urgent_pointer': uint('Urgent Pointer', 2),
  'tcp.payload': byteArray('TCP payload'),
  'tcp.segment_data': byteArray('TCP segment data'),
  'tcp.reassembled.length': derivedUint('Reassembled TCP length'),
  ...tcpOptionFields,
  ...tcpAnalysisFields,
} as const;
const write = fieldWriter(fields);

function flagList(flags: number): string {
  const names = FLAG_NAMES.filter((_, bit) => flags & (1 << bit));
  if (flags & 0xe00) names.push('Reserved');
  return names.length === 0 ? '<None>' : names.join(', ');
}

const flagLetters = (flags: number): string =>
  `${flags & 0x800 ? 'R' : '·'}${flags & 0x400 ? 'R' : '·'}${flags & 0x200 ? 'R' : '·'}${[...FLAG_LETTERS]
    .map((letter, bit) => (flags & (1 << bit) ? letter : '·'))
    .reverse()
    .join('')}`;

function flagsTree(d: Dissection, at: number): number {
  const flags = u16(d.bytes, at) & 0xfff;
  d.open('tcp.flags', `Flags: ${hexNumber(flags, 3)} (${flagList(flags)})`, flags, at, 2);
  write.flags(
    d,
    [
      'tcp.flags.res',
      'tcp.flags.ae',
      'tcp.flags.cwr',
      'tcp.flags.ece',
      'tcp.flags.urg',
      'tcp.flags.ack',
      'tcp.flags.push',
      'tcp.flags.reset',
      'tcp.flags.syn',
      'tcp.flags.fin',
    ],
    at,
  );
  write.derived(d, 'tcp.flags.str', flagLetters(flags), undefined, at, 2);
  d.close();
  return flags;
}

interface Numbers {
  readonly sequence: number;
  readonly acknowledgement: number;
}

/** Numbers as they are shown: relative where the first tier knows the bases, raw where it does not. */
function numbers(d: Dissection, start: number, flags: number): Numbers {
  const { sequenceBase, acknowledgementBase } = d.context;
  const sequence = u32(d.bytes, start + 4);
  const acknowledgement = u32(d.bytes, start + 8);
  return {
    sequence: sequenceBase === null || d.quoted ? sequence : (sequence - sequenceBase) >>> 0,
    acknowledgement:
      acknowledgementBase === null || d.quoted || !(flags & TcpFlag.Ack) ? acknowledgement : (acknowledgement - acknowledgementBase) >>> 0,
  };
}

function numbersTree(d: Dissection, start: number, flags: number, length: number, shown: Numbers): void {
  const relative = d.context.sequenceBase !== null && !d.quoted;
  const suffix = relative ? '    (relative sequence number)' : '';
  d.add('tcp.seq', `Sequence Number: ${shown.sequence}${suffix}`, shown.sequence, start + 4, 4);
  write.uint(d, 'tcp.seq_raw', start + 4);
  if (!d.quoted) {
    const next = (shown.sequence + length + (flags & (TcpFlag.Syn | TcpFlag.Fin) ? 1 : 0)) >>> 0;
    write.derived(d, 'tcp.nxtseq', next, `${next}${suffix}`);
  }
  const relativeAck = d.context.acknowledgementBase !== null && !d.quoted && (flags & TcpFlag.Ack) !== 0;
  d.add(
    'tcp.ack',
    `Acknowledgment Number: ${shown.acknowledgement}${relativeAck ? '    (relative ack number)' : ''}`,
    shown.acknowledgement,
    start + 8,
    4,
  );
  write.uint(d, 'tcp.ack_raw', start + 8);
}

/** Windows of SYNs are never scaled (RFC 7323). */
function windowTree(d: Dissection, start: number, flags: number): number {
  const value = write.uint(d, 'tcp.window_size_value', start + 14);
  const { windowScale } = d.context;
  if (flags & TcpFlag.Syn || d.quoted) {
    write.derived(d, 'tcp.window_size', value, undefined, start + 14, 2);
    return value;
  }
  const size = windowScale === null ? value : value * 2 ** Math.min(windowScale, 14);
  write.derived(d, 'tcp.window_size', size, undefined, start + 14, 2);
  if (windowScale === 0) write.derived(d, 'tcp.window_size_scalefactor', -2, '-2 (no window scaling used)', start + 14, 2);
  else if (windowScale === null) write.derived(d, 'tcp.window_size_scalefactor', -1, '-1 (unknown)', start + 14, 2);
  else write.derived(d, 'tcp.window_size_scalefactor', 2 ** Math.min(windowScale, 14), undefined, start + 14, 2);
  return size;
}

/** The header that is not all there: ports and sequence number are what an ICMP error quotes at least (RFC 792). */
function shortHeader(d: Dissection, start: number, end: number): void {
  const length = Math.max(0, end - start);
  d.open('tcp', 'Transmission Control Protocol', null, start, length);
  if (length >= 4) {
    d.info = `${write.uint(d, 'tcp.srcport', start)} → ${write.uint(d, 'tcp.dstport', start + 2)}`;
  }
  if (length >= 8) {
    d.add('tcp.seq', `Sequence Number: ${u32(d.bytes, start + 4)}`, u32(d.bytes, start + 4), start + 4, 4);
    write.uint(d, 'tcp.seq_raw', start + 4);
  }
  if (d.quoted && length >= 8) d.close();
  else d.stop('TCP', start, `header has ${length} of ${MIN_HEADER} bytes`);
}

/** RFC 9293. */
function dissect(d: Dissection, start: number, end: number): void {
  if (end - start < MIN_HEADER) {
    shortHeader(d, start, end);
    return;
  }
  const { bytes } = d;
  const source = u16(bytes, start);
  const destination = u16(bytes, start + 2);
  const flags = u16(bytes, start + 12) & 0xfff;
  const headerLength = (u8(bytes, start + 12) >>> 4) * 4;
  const length = Math.max(0, d.reportedEnd - start - headerLength);
  const shown = numbers(d, start, flags);
  const node = d.open(
    'tcp',
    `Transmission Control Protocol, Src Port: ${source}, Dst Port: ${destination}`,
    null,
    start,
    Math.min(Math.max(headerLength, MIN_HEADER), end - start),
  );
  write.uint(d, 'tcp.srcport', start);
  write.uint(d, 'tcp.dstport', start + 2);
  d.info = `${source} → ${destination} [${flagList(flags)}]`;
  if (headerLength < MIN_HEADER) {
    d.info = `${source} → ${destination}, bogus TCP header length (${headerLength}, must be at least ${MIN_HEADER})`;
    d.add('tcp.hdr_len', `Header Length: ${headerLength} bytes (bogus, must be at least ${MIN_HEADER})`, headerLength, start + 12, 1);
    d.close();
    return;
  }
  if (d.context.stream !== null && !d.quoted) write.derived(d, 'tcp.stream', d.context.stream);
  if (!d.quoted) write.derived(d, 'tcp.len', length);
  numbersTree(d, start, flags, length, shown);
  node.label += `, Seq: ${shown.sequence}${flags & TcpFlag.Ack ? `, Ack: ${shown.acknowledgement}` : ''}, Len: ${length}`;
  const nibble = (headerLength / 4).toString(2).padStart(4, '0');
  d.add('tcp.hdr_len', `${nibble} .... = Header Length: ${headerLength} bytes (${headerLength / 4})`, headerLength, start + 12, 1);
  flagsTree(d, start + 12);
  const size = windowTree(d, start, flags);
  write.uint(d, 'tcp.checksum', start + 16, `${hexNumber(u16(bytes, start + 16), 4)} [unverified]`);
  write.derived(d, 'tcp.checksum.status', 2, 'Unverified', start + 16, 0);
  const urgent = write.uint(d, 'tcp.urgent_pointer', start + 18);
  d.info += ` Seq=${shown.sequence}${flags & TcpFlag.Ack ? ` Ack=${shown.acknowledgement}` : ''} Win=${size}`;
  if (flags & TcpFlag.Urgent) d.info += ` Urg=${urgent}`;
  d.info = tcpAnalysisPrefix(d) + d.info;
  const optionsEnd = Math.min(start + headerLength, end);
  const cutShort = end < start + headerLength && !d.quoted;
  if (!cutShort) d.info += ` Len=${length}`;
  if (optionsEnd > start + MIN_HEADER) d.info += tcpOptions(d, start + MIN_HEADER, optionsEnd);
  if (end < start + headerLength) {
    if (d.quoted) {
      d.close();
      return;
    }
    d.stop('TCP', optionsEnd, `options have ${end - start - MIN_HEADER} of ${headerLength - MIN_HEADER} bytes`);
    return;
  }
  tcpAnalysis(d);
  payload(d, start + headerLength, end, length);
}

function payload(d: Dissection, start: number, end: number, length: number): void {
  if (end > start) write.bytes(d, 'tcp.payload', start, end - start).label = `TCP payload (${length} byte${length === 1 ? '' : 's'})`;
  const message = d.quoted || d.source !== 0 ? null : d.context.reassembledMessage;
  if (end > start && (message !== null || isPartOfMessage(d))) {
    write.bytes(d, 'tcp.segment_data', start, end - start).label = `TCP segment data (${end - start} byte${end - start === 1 ? '' : 's'})`;
  }
  if (message !== null) write.derived(d, 'tcp.reassembled.length', message.length);
  d.close();
  dissectSegmentPayload(d, start, end);
}

export const tcp: Dissector = { name: 'tcp', title: 'Transmission Control Protocol', fields, dissect };
