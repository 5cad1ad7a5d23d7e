import { fail, ok, type Result } from '../../shared/base/result';
import { PCAP_MAGICS } from './pcap-header';
import { BYTE_ORDER_MAGIC, SECTION_HEADER } from './pcapng';

export type Compression = 'none' | 'gzip' | 'zstd';
export type CaptureFormat = 'pcap' | 'pcapng' | 'snoop';

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
const startsWithText = (head: Uint8Array, text: string): boolean => startsWith(head, ...Buffer.from(text, 'latin1'));

/** What is needed of a stream to tell how it is compressed; of a format, to tell which one it is. */
export const COMPRESSION_MAGIC = 4;
export const FORMAT_MAGIC = 12;

export function detectCompression(head: Uint8Array): Result<Compression> {
  if (startsWith(head, 0x1f, 0x8b)) return ok('gzip');
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) return ok('zstd');
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) return ok('zstd');
  const refused = REFUSED_COMPRESSIONS.find(({ magic }) => startsWith(head, ...magic));
  if (refused === undefined) return ok('none');
  return fail(
    'unsupported-compression',
    `The file is compressed with ${refused.name}, which is not read here.`,
    `Decompress it first: ${refused.command}`,
  );
}

const REFUSED_COMPRESSIONS = [
  { name: 'LZ4', magic: [0x04, 0x22, 0x4d, 0x18], command: 'lz4 -d FILE NEW.pcap' },
  { name: 'LZ4', magic: [0x02, 0x21, 0x4c, 0x18], command: 'lz4 -d FILE NEW.pcap' },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58], command: 'xz -dk FILE' },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], command: 'bzip2 -dk FILE' },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], command: 'unzip FILE' },
];

/** `head` holds FORMAT_MAGIC bytes, or all there are. */
export function detectFormat(head: Uint8Array): Result<CaptureFormat> {
  if (head.length === 0) {
    return fail('empty-file', 'The file is empty: it has 0 bytes.', 'If another program is still writing it, open it again later.');
  }
  if (head.length >= 4) {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const magic = view.getUint32(0);
    if (PCAP_MAGICS.has(magic) || PCAP_MAGICS.has(view.getUint32(0, true))) return ok('pcap');
    if (magic === SECTION_HEADER) {
      if (head.length < FORMAT_MAGIC)
        return fail('cut-header', 'The pcapng file is cut off inside its first block.', 'Copy or download the capture again.');
      if (view.getUint32(8) === BYTE_ORDER_MAGIC || view.getUint32(8, true) === BYTE_ORDER_MAGIC) return ok('pcapng');
    }
    if (startsWithText(head, 'snoop\0\0\0')) return ok('snoop');
    const other = OTHER_FORMATS.find((format) => startsWithText(head, format.magic));
    if (other !== undefined) {
      return fail(
        'unsupported-format',
        `The file is a ${other.name} capture, which is not read here.`,
        'Convert it: editcap -F pcapng FILE NEW.pcapng',
      );
    }
  }
  return fail(
    'not-a-capture',
    'The file is not a packet capture: it begins with neither a pcap, a pcapng nor a snoop header.',
    'Choose a .pcap or .pcapng file, plain or compressed with gzip or zstd.',
  );
}

const OTHER_FORMATS = [
  { name: 'Microsoft Network Monitor', magic: 'GMBU' },
  { name: 'Microsoft Network Monitor', magic: 'RTSS' },
  { name: 'NetXRay', magic: 'XCP\0' },
  { name: 'Network General Sniffer', magic: 'TRSNIFF data' },
  { name: 'FMESQUIRE pcap', magic: '\xa1\xb2\x34\xcd' },
  { name: 'FMESQUIRE pcap', magic: '\xcd\x34\xb2\xa1' },
  { name: 'Navtel pcap', magic: '\xa1\xe2\xcb\x12' },
  { name: 'Navtel pcap', magic: '\x12\xcb\xe2\xa1' },
];
