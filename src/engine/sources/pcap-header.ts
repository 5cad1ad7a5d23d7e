import { fail, ok, type Result } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { CaptureFacts } from './parser';
import { MAX_CAPTURED_LENGTH } from './source';

const STANDARD = 0xa1b2c3d4;
const NANOSECOND = 0xa1b23c4d;
/** Alexey Kuznetsov's patched libpcap (Red Hat 6, SuSE 6): longer record headers. */
const MODIFIED = 0xa1b2cd34;
/** Ixia "lcap", hardware and software time stamps: four more bytes in the file header. */
const IXIA_HARDWARE = 0x1c0001ac;
const IXIA_SOFTWARE = 0x1c0001ab;

export const PCAP_MAGICS: ReadonlySet<number> = new Set([STANDARD, NANOSECOND, MODIFIED, IXIA_HARDWARE, IXIA_SOFTWARE]);

/** Longest file header of any variant. */
export const MAX_PCAP_HEADER: Bytes = 28;

export interface PcapHeader {
  readonly magic: number;
  readonly littleEndian: boolean;
  readonly nanosecondUnits: boolean;
  readonly lengths: PcapLayout['lengths'];
  readonly linkType: number;
  readonly snapLength: Bytes;
  readonly headerBytes: Bytes;
}

/** How a record begins: bytes of its header and the order of its two lengths. */
export interface PcapLayout {
  readonly name: string | null;
  readonly headerBytes: Bytes;
  /** 'smaller-first' is libpcap's 2.3, written in both orders: the captured length is the smaller one. */
  readonly lengths: 'captured-first' | 'original-first' | 'smaller-first';
}

/** RFC 1573 interface types that AIX writes where others write a link type. */
const AIX_LINK_TYPES = new Map([
  [6, 1],
  [9, 6],
  [15, 10],
  [24, 0],
]);

/** Reads the file header at `offset`; the magic number is known to be one of PCAP_MAGICS in one of the byte orders. */
export function readPcapHeader(view: DataView, offset: number, available: number): Result<PcapHeader> {
  const littleEndian = PCAP_MAGICS.has(view.getUint32(offset, true));
  const magic = view.getUint32(offset, littleEndian);
  const ixia = magic === IXIA_HARDWARE || magic === IXIA_SOFTWARE;
  const headerBytes = ixia ? MAX_PCAP_HEADER : 24;
  if (available < headerBytes) {
    return fail(
      'cut-header',
      `The file is cut off inside its header: it has ${available} of ${headerBytes} bytes.`,
      'Copy or download the capture again.',
    );
  }
  const major = view.getUint16(offset + 4, littleEndian);
  const minorVersion = view.getUint16(offset + 6, littleEndian);
  if (major < 2) {
    return fail(
      'unsupported-version',
      `The file is a pcap file of version ${major}.${minorVersion}; versions before 2 are not read.`,
      'Convert it with the program that wrote it, or check that the file is not damaged.',
    );
  }
  const network = view.getUint32(offset + 20, littleEndian);
  const aixLinkType = magic === STANDARD && major === 2 && minorVersion === 2 ? AIX_LINK_TYPES.get(network) : undefined;
  return ok({
    magic,
    littleEndian,
    nanosecondUnits: magic === NANOSECOND || aixLinkType !== undefined,
    lengths: lengthOrder(major, minorVersion),
    // The upper bits say how long a frame check sequence is and carry flags.
    linkType: aixLinkType ?? network & 0xffff,
    snapLength: view.getUint32(offset + 16, littleEndian),
    headerBytes,
  });
}

/** tcpdump turned the two lengths round with version 2.4; 2.3 exists both ways, and DG/UX calls the old order version 543.0. */
function lengthOrder(major: number, minor: number): PcapLayout['lengths'] {
  if ((major === 543 && minor === 0) || (major === 2 && minor < 3)) return 'original-first';
  return major === 2 && minor === 3 ? 'smaller-first' : 'captured-first';
}

/** Files that carry a magic number of others are told by whether their first records make sense, as libpcap's readers do. */
export function choosePcapLayout(header: PcapHeader, view: DataView, from: number, to: number, facts: CaptureFacts): PcapLayout {
  const layout = (headerBytes: Bytes, name: string | null): PcapLayout => ({ headerBytes, lengths: header.lengths, name });
  const candidates =
    header.magic === MODIFIED
      ? [layout(24, 'modified libpcap'), layout(28, 'modified libpcap of 1999-09-15')]
      : header.magic === STANDARD
        ? [layout(16, null), layout(24, 'modified libpcap of 1999-04-17'), layout(20, 'Nokia IPSO')]
        : [layout(16, header.magic === NANOSECOND ? null : 'Ixia')];
  let chosen = candidates[0] ?? layout(16, null);
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates.length > 1 ? candidates : []) {
    const oddities = countOddities(candidate, header, view, from, to);
    if (oddities < fewest) {
      fewest = oddities;
      chosen = candidate;
    }
  }
  if (chosen.name !== null) facts.details.variant = chosen.name;
  return chosen;
}

/** No sender makes frames of this size; beyond it a length is read from the wrong place. */
const MAX_PLAUSIBLE_LENGTH: Bytes = 128 * 1024 * 1024;
const RECORDS_TRIED = 3;

/** How much of the first records would be impossible in this layout. Wireshark weighs the same things. */
function countOddities(layout: PcapLayout, header: PcapHeader, view: DataView, from: number, to: number): number {
  let oddities = 0;
  let at = from;
  for (let record = 0; record < RECORDS_TRIED && at + layout.headerBytes <= to; record++) {
    const first = view.getUint32(at + 8, header.littleEndian);
    const second = view.getUint32(at + 12, header.littleEndian);
    const [captured, original] =
      layout.lengths === 'captured-first'
        ? [first, second]
        : layout.lengths === 'original-first'
          ? [second, first]
          : [Math.min(first, second), Math.max(first, second)];
    oddities += Number(captured > header.snapLength) + Number(captured > original);
    oddities += Number(captured > MAX_PLAUSIBLE_LENGTH) + Number(original > MAX_PLAUSIBLE_LENGTH);
    if (captured > MAX_CAPTURED_LENGTH) break;
    at += layout.headerBytes + captured;
  }
  return oddities;
}
