import type { Bytes } from '../../shared/model/units';
import { addDetail, COMMENT, readOptions } from './pcapng-options';
import type { CaptureInterface } from './source';
import { readText } from './text';
import { MICROSECONDS, type TimeResolution, timeResolution } from './time';

/** `FrameBatch.interfaceId` has 16 bits. A file with more interfaces was made to harm. */
export const MAX_INTERFACES = 65_536;

/** What packets of one interface of the current section need. */
export interface SectionInterface {
  readonly linkType: number;
  readonly snapLength: Bytes;
  readonly time: TimeResolution;
  /** Index into `CaptureSource.interfaces`. */
  readonly index: number;
  readonly shown: CaptureInterface;
}

const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_FILTER = 11;
const IF_TSOFFSET = 14;
const TEXTS = new Map([
  [COMMENT, 'comment'],
  [12, 'operatingSystem'],
  [15, 'hardware'],
]);

/** Reads the Interface Description Block that lies in `[from, to)`, its header and trailer included. */
export function readInterface(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  little: boolean,
  index: number,
): SectionInterface {
  const linkType = view.getUint16(from + 8, little);
  const snapLength = view.getUint32(from + 12, little);
  const details: Record<string, string> = {};
  let name: string | null = null;
  let description: string | null = null;
  let resolution = 6;
  let offset = 0;
  for (const option of readOptions(view, from + 16, to - 4, little)) {
    const { code, start, length } = option;
    if (code === IF_NAME) name = readText(bytes, start, length);
    else if (code === IF_DESCRIPTION) description = readText(bytes, start, length);
    else if (code === IF_TSRESOL && length >= 1) resolution = view.getUint8(start);
    else if (code === IF_TSOFFSET && length >= 8) offset = boundedSeconds(view.getBigInt64(start, little));
    // Its first octet says in which form the rest is; 0 is a libpcap expression.
    else if (code === IF_FILTER && length > 1 && bytes[start] === 0)
      addDetail(details, 'captureFilter', readText(bytes, start + 1, length - 1));
    else {
      const key = TEXTS.get(code);
      if (key !== undefined) addDetail(details, key, readText(bytes, start, length));
    }
  }
  const time = resolution === 6 && offset === 0 ? MICROSECONDS : timeResolution(resolution, offset);
  return { linkType, snapLength, time, index, shown: { name, description, linkType, snapLength, droppedPackets: null, details } };
}

function boundedSeconds(seconds: bigint): number {
  const limit = 2 ** 52;
  return Math.max(-limit, Math.min(limit, Number(seconds)));
}
