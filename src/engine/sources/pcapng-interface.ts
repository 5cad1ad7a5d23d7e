import type { Bytes } from '../../shared/model/units';
import { addDetail, COMMENT, type PcapngOption } from './pcapng-options';
import type { CaptureInterface } from './source';
import { readText } from './text';
import { MICROSECONDS, type TimeResolution, timeResolution } from './time';

/** `FrameBatch.interfaceId` has 16 bits. A file with more interfaces was made to harm. */
export const MAX_INTERFACES = 65_536;
/** Names and descriptions are one line; with this bound, those of all interfaces take 32 MiB at most. */
const MAX_NAME_BYTES = 255;
/** Interfaces of which comment, filter, hardware and system are kept; a real machine has fewer. */
const MAX_DESCRIBED = 1024;

/** What packets of one interface of the current section need. */
export interface SectionInterface {
  readonly linkType: number;
  readonly snapLength: Bytes;
  readonly time: TimeResolution;
  /** Index into `CaptureSource.interfaces`. */
  readonly index: number;
  readonly shown: CaptureInterface;
  /** Whether `shown.droppedPackets` comes from a statistics block, which counts from the start of the capture. */
  hasStatistics: boolean;
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

/** The interface of an Interface Description Block's fields and options. */
export function describeInterface(
  linkType: number,
  snapLength: Bytes,
  options: readonly PcapngOption[],
  bytes: Uint8Array,
  view: DataView,
  little: boolean,
  index: number,
): SectionInterface {
  const details: Record<string, string> = {};
  let name: string | null = null;
  let description: string | null = null;
  let resolution = 6;
  let offset = 0;
  for (const { code, start, length } of options) {
    const key = TEXTS.get(code);
    if (code === IF_NAME) name = readText(bytes, start, Math.min(length, MAX_NAME_BYTES));
    else if (code === IF_DESCRIPTION) description = readText(bytes, start, Math.min(length, MAX_NAME_BYTES));
    else if (code === IF_TSRESOL && length === 1) resolution = view.getUint8(start);
    else if (code === IF_TSOFFSET && length === 8) offset = boundedSeconds(view.getBigInt64(start, little));
    else if (index >= MAX_DESCRIBED) continue;
    // Its first octet says in which form the rest is; 0 is a libpcap expression.
    else if (code === IF_FILTER && bytes[start] === 0) addDetail(details, 'captureFilter', readText(bytes, start + 1, length - 1));
    else if (key !== undefined) addDetail(details, key, readText(bytes, start, length));
  }
  const time = resolution === 6 && offset === 0 ? MICROSECONDS : timeResolution(resolution, offset);
  const shown = { name, description, linkType, snapLength, droppedPackets: null, details };
  return { linkType, snapLength, time, index, shown, hasStatistics: false };
}

function boundedSeconds(seconds: bigint): number {
  const limit = 2 ** 52;
  return Math.max(-limit, Math.min(limit, Number(seconds)));
}

const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

/** Adds packets that were lost since the interface's last packet, unless statistics already said how many were lost in all. */
export function countDrops(source: SectionInterface, dropped: number): void {
  if (dropped > 0 && !source.hasStatistics) source.shown.droppedPackets = (source.shown.droppedPackets ?? 0) + dropped;
}

/** Takes the drop counts of an Interface Statistics Block; a later block replaces an earlier one. */
export function takeStatistics(source: SectionInterface, options: readonly PcapngOption[], view: DataView, little: boolean): void {
  const drops = options.filter(({ code, length }) => (code === ISB_IFDROP || code === ISB_OSDROP) && length === 8);
  if (drops.length === 0) return;
  source.hasStatistics = true;
  source.shown.droppedPackets = drops.reduce((sum, { start }) => sum + Number(view.getBigUint64(start, little)), 0);
}
