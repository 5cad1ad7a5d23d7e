import type { Bytes } from '../../shared/model/units';
import { BATCH_FULL, type CaptureFacts, DAMAGED, type Damage, type FormatParser, grouped, type ParseStatus } from './parser';
import { countDrops, describeInterface, MAX_INTERFACES, type SectionInterface, takeStatistics } from './pcapng-interface';
import { addNames } from './pcapng-names';
import { addTexts, COMMENT, readOptions, readPacketOptions } from './pcapng-options';
import { type FrameBatch, MAX_CAPTURED_LENGTH } from './source';
import { putTime } from './time';
import type { InputWindow } from './window';

export const SECTION_HEADER = 0x0a0d0d0a;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const NAME_RESOLUTION = 4;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;
const SYSTEMD_JOURNAL = 9;
const DECRYPTION_SECRETS = 10;

/** Shortest length of each type of block, as Wireshark demands it. */
const MIN_LENGTHS = new Map([
  [SECTION_HEADER, 28],
  [INTERFACE_DESCRIPTION, 20],
  [OBSOLETE_PACKET, 32],
  [SIMPLE_PACKET, 16],
  [NAME_RESOLUTION, 16],
  [INTERFACE_STATISTICS, 24],
  [ENHANCED_PACKET, 32],
  [SYSTEMD_JOURNAL, 35],
  [DECRYPTION_SECRETS, 20],
  [0x0bad, 16],
  [0x4000_0bad, 16],
]);

/** Wireshark's bound for blocks that have to be in memory as a whole. Others are skipped as they pass, however long they are. */
const MAX_BLOCK: Bytes = 16 * 1024 * 1024;

const SECTION_TEXTS = new Map([
  [COMMENT, 'comment'],
  [2, 'hardware'],
  [3, 'operatingSystem'],
  [4, 'application'],
]);

const BAD_OPTIONS = 'its options do not fit into it';

/** Reads a pcapng file (draft-ietf-opsawg-pcapng) block by block, every section with its own byte order and interfaces. */
export class PcapngParser implements FormatParser {
  readonly format = 'pcapng';
  damage: Damage | null = null;
  readonly #facts: CaptureFacts;
  readonly #noted = new Set<string>();
  #little = true;
  #interfaces: SectionInterface[] = [];
  #packets = 0;
  #blocks = 0;
  /** Bytes still to pass by of a block that is not looked at. */
  #skip = 0;

  constructor(facts: CaptureFacts) {
    this.#facts = facts;
  }

  parse(window: InputWindow, batch: FrameBatch, max: number): ParseStatus {
    const { view, to } = window;
    while (batch.count < max) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, to - window.from);
        window.from += passed;
        this.#skip -= passed;
        if (this.#skip > 0) return this.#skip;
      }
      const from = window.from;
      if (to - from < 12) return 12;
      const type = view.getUint32(from, this.#little);
      if (type === SECTION_HEADER && !this.#readByteOrder(view, from)) return this.#damaged(window, 'it has no valid byte-order mark');
      const length = view.getUint32(from + 4, this.#little);
      if (length < (MIN_LENGTHS.get(type) ?? 12)) return this.#damaged(window, `its length of ${length} bytes is too short for its type`);
      if (length > MAX_BLOCK) {
        if (isInterpreted(type)) return this.#damaged(window, `its length of ${grouped(length)} bytes is impossible`);
        this.#note(type, window.position);
        this.#skip = length;
        this.#blocks++;
        continue;
      }
      const padded = (length + 3) & ~3;
      if (to - from < padded) return padded;
      if (view.getUint32(from + padded - 4, this.#little) !== length) {
        return this.#damaged(window, 'its length at its end differs from that at its start');
      }
      const reason = this.#readBlock(window, batch, type, from + padded);
      if (reason !== null) return this.#damaged(window, reason);
      window.from = from + padded;
      this.#blocks++;
    }
    return BATCH_FULL;
  }

  /** Reads the block from `window.from` to `end`; gives what is wrong with it, or null. */
  #readBlock(window: InputWindow, batch: FrameBatch, type: number, end: number): string | null {
    const { from, view, bytes } = window;
    const little = this.#little;
    switch (type) {
      case ENHANCED_PACKET:
        return this.#readPacket(window, batch, view.getUint32(from + 8, little), end);
      case OBSOLETE_PACKET: {
        const id = view.getUint16(from + 8, little);
        const drops = view.getUint16(from + 10, little);
        const source = this.#interfaces[id];
        if (source !== undefined && drops !== 0xffff) countDrops(source, drops);
        return this.#readPacket(window, batch, id, end);
      }
      case SIMPLE_PACKET:
        return this.#readSimplePacket(window, batch, end);
      case SECTION_HEADER:
        return this.#startSection(window, end);
      case INTERFACE_DESCRIPTION: {
        const options = readOptions(view, from + 16, end - 4, little);
        const index = this.#facts.interfaces.length;
        if (options === null) return BAD_OPTIONS;
        if (index >= MAX_INTERFACES) return `the file describes more than ${grouped(MAX_INTERFACES)} interfaces`;
        const linkType = view.getUint16(from + 8, little);
        const added = describeInterface(linkType, view.getUint32(from + 12, little), options, bytes, view, little, index);
        this.#interfaces.push(added);
        this.#facts.interfaces.push(added.shown);
        return null;
      }
      case NAME_RESOLUTION:
        return addNames(this.#facts.names, bytes, view, from + 8, end - 4, little) ? null : 'its names do not fit into it';
      case INTERFACE_STATISTICS: {
        const options = readOptions(view, from + 20, end - 4, little);
        const source = this.#interfaces[view.getUint32(from + 8, little)];
        if (options === null) return BAD_OPTIONS;
        if (source !== undefined) takeStatistics(source, options, view, little);
        return null;
      }
      case DECRYPTION_SECRETS:
        return view.getUint32(from + 12, little) > end - 20 - from ? 'its secrets do not fit into it' : null;
      default:
        this.#note(type, window.position);
        return null;
    }
  }

  #readPacket(window: InputWindow, batch: FrameBatch, id: number, end: number): string | null {
    const { from, view } = window;
    const little = this.#little;
    const captured = view.getUint32(from + 20, little);
    const source = this.#interfaces[id];
    if (source === undefined) return `it belongs to interface ${grouped(id)}, which the file does not describe`;
    const tooLong = lengthProblem(captured, end - 32 - from);
    if (tooLong !== null) return tooLong;
    const index = batch.count;
    putFrame(window, batch, source, from + 28, captured, view.getUint32(from + 24, little));
    putTime(batch, index, source.time, view.getUint32(from + 12, little), view.getUint32(from + 16, little));
    const options = from + 28 + ((captured + 3) & ~3);
    if (options + 8 <= end) {
      const dropped = readPacketOptions(window, batch, options, end - 4, little);
      if (dropped < 0) return BAD_OPTIONS;
      countDrops(source, dropped);
    }
    batch.count++;
    this.#packets++;
    return null;
  }

  /** Simple packets are the first interface's, and have neither time nor captured length of their own. */
  #readSimplePacket(window: InputWindow, batch: FrameBatch, end: number): string | null {
    const { from, view } = window;
    const source = this.#interfaces[0];
    if (source === undefined) return 'it belongs to an interface, and the file describes none';
    const length = view.getUint32(from + 8, this.#little);
    const captured = source.snapLength === 0 ? length : Math.min(length, source.snapLength);
    const tooLong = lengthProblem(captured, end - 16 - from);
    if (tooLong !== null) return tooLong;
    if (((captured + 3) & ~3) !== end - 16 - from) return 'its length does not match that of its packet';
    const index = batch.count;
    putFrame(window, batch, source, from + 12, captured, length);
    batch.seconds[index] = 0;
    batch.nanoseconds[index] = 0;
    batch.hasTime[index] = 0;
    batch.count++;
    this.#packets++;
    return null;
  }

  /** Sets the section's byte order; false where its mark has neither order. */
  #readByteOrder(view: DataView, from: number): boolean {
    const little = view.getUint32(from + 8, true) === BYTE_ORDER_MAGIC;
    if (!little && view.getUint32(from + 8, false) !== BYTE_ORDER_MAGIC) return false;
    this.#little = little;
    return true;
  }

  #startSection(window: InputWindow, end: number): string | null {
    const { from, view, bytes } = window;
    const major = view.getUint16(from + 12, this.#little);
    const minor = view.getUint16(from + 14, this.#little);
    // 1.2 was written by some programs and is the same as 1.0.
    if (major !== 1 || (minor !== 0 && minor !== 2)) return `it begins a section of the unknown version ${major}.${minor}`;
    const options = readOptions(view, from + 24, end - 4, this.#little);
    if (options === null) return BAD_OPTIONS;
    this.#interfaces = [];
    addTexts(this.#facts.details, SECTION_TEXTS, options, bytes);
    return null;
  }

  /** Says once for each kind that the file holds records which are not packets and are not shown. */
  #note(type: number, position: Bytes): void {
    const kind = type === SYSTEMD_JOURNAL ? 'systemd journal entries' : type >= 0x201 && type <= 0x21f ? 'system call events' : null;
    if (kind === null || this.#noted.has(kind)) return;
    this.#noted.add(kind);
    const sentence = `The file also holds ${kind}; they are not packets and are not shown.`;
    this.#facts.warnings.push({ code: 'other-records', sentence, position });
  }

  #damaged(window: InputWindow, reason: string): ParseStatus {
    const { position } = window;
    this.damage = {
      code: 'bad-block',
      sentence: `Block ${grouped(this.#blocks + 1)} at byte ${grouped(position)}, after packet ${grouped(this.#packets)}, cannot be read: ${reason}.`,
      next: 'The packets before it are shown.',
      position,
    };
    return DAMAGED;
  }
}

/** Whether the contents of such blocks are needed. */
const isInterpreted = (type: number): boolean => type === SECTION_HEADER || (type >= INTERFACE_DESCRIPTION && type <= ENHANCED_PACKET);

function lengthProblem(captured: Bytes, room: Bytes): string | null {
  if (captured > MAX_CAPTURED_LENGTH) return `it claims ${grouped(captured)} captured bytes, more than any packet can have`;
  return captured > room ? `it claims ${grouped(captured)} captured bytes, more than it holds` : null;
}

/** Fills everything but the time of the batch's next entry. */
function putFrame(window: InputWindow, batch: FrameBatch, source: SectionInterface, start: number, captured: Bytes, length: Bytes): void {
  const index = batch.count;
  batch.start[index] = start;
  batch.capturedLength[index] = captured;
  batch.length[index] = length;
  batch.linkType[index] = source.linkType;
  batch.interfaceId[index] = source.index;
  batch.position[index] = window.base + start;
}
