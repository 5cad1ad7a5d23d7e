import type { Bytes } from '../../shared/model/units';
import { BATCH_FULL, type CaptureFacts, DAMAGED, type Damage, type FormatParser, grouped, type ParseStatus } from './parser';
import { addStatistics, countDrops } from './pcapng-drops';
import { MAX_INTERFACES, readInterface, type SectionInterface } from './pcapng-interface';
import { addNames } from './pcapng-names';
import { addTexts, COMMENT, readOptions } from './pcapng-options';
import { type FrameBatch, MAX_CAPTURED_LENGTH } from './source';
import { readText } from './text';
import { putTime } from './time';
import type { InputWindow } from './window';

export const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const NAME_RESOLUTION = 4;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Wireshark's bound for one block; without one, four bytes could ask for 4 GiB. */
const MAX_BLOCK: Bytes = 16 * 1024 * 1024;
const EPB_DROPCOUNT = 4;

const SECTION_TEXTS = new Map([
  [COMMENT, 'comment'],
  [2, 'hardware'],
  [3, 'operatingSystem'],
  [4, 'application'],
]);

/** Reads a pcapng file (draft-ietf-opsawg-pcapng) block by block, every section with its own byte order and interfaces. */
export class PcapngParser implements FormatParser {
  readonly format = 'pcapng';
  damage: Damage | null = null;
  readonly #facts: CaptureFacts;
  #little = true;
  #interfaces: SectionInterface[] = [];
  #packets = 0;
  #blocks = 0;

  constructor(facts: CaptureFacts) {
    this.#facts = facts;
  }

  parse(window: InputWindow, batch: FrameBatch, max: number): ParseStatus {
    const { view, to } = window;
    while (batch.count < max) {
      const from = window.from;
      if (to - from < 12) return 12;
      const type = view.getUint32(from, this.#little);
      if (type === SECTION_HEADER && !this.#readByteOrder(view, from)) return this.#damaged(window, 'it has no valid byte-order mark');
      const length = view.getUint32(from + 4, this.#little);
      if (length < 12 || length > MAX_BLOCK) return this.#damaged(window, `its length of ${grouped(length)} bytes is impossible`);
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

  /** Gives what is wrong with the block, or null. */
  #readBlock(window: InputWindow, batch: FrameBatch, type: number, end: number): string | null {
    const { from, bytes, view } = window;
    const little = this.#little;
    switch (type) {
      case ENHANCED_PACKET: {
        if (end - from < 32) return 'it is too short for a packet';
        const id = view.getUint32(from + 8, little);
        return this.#addPacket(window, batch, id, from + 28, view.getUint32(from + 20, little), view.getUint32(from + 24, little), end);
      }
      case SIMPLE_PACKET: {
        if (end - from < 16) return 'it is too short for a packet';
        const length = view.getUint32(from + 8, little);
        const snapLength = this.#interfaces[0]?.snapLength ?? 0;
        const captured = snapLength === 0 ? length : Math.min(length, snapLength);
        return this.#addPacket(window, batch, -1, from + 12, captured, length, end);
      }
      case OBSOLETE_PACKET: {
        if (end - from < 32) return 'it is too short for a packet';
        const id = view.getUint16(from + 8, little);
        const drops = view.getUint16(from + 10, little);
        const source = this.#interfaces[id];
        if (source !== undefined && drops !== 0xffff && drops > 0) countDrops(source.shown, drops);
        return this.#addPacket(window, batch, id, from + 28, view.getUint32(from + 20, little), view.getUint32(from + 24, little), end);
      }
      case SECTION_HEADER:
        return this.#startSection(window, end);
      case INTERFACE_DESCRIPTION: {
        if (end - from < 20) return 'it is too short for an interface description';
        const index = this.#facts.interfaces.length;
        if (index >= MAX_INTERFACES) return `the file describes more than ${grouped(MAX_INTERFACES)} interfaces`;
        const added = readInterface(bytes, view, from, end, little, index);
        this.#interfaces.push(added);
        this.#facts.interfaces.push(added.shown);
        return null;
      }
      case NAME_RESOLUTION:
        addNames(this.#facts.names, bytes, view, from + 8, end - 4, little);
        return null;
      case INTERFACE_STATISTICS: {
        if (end - from < 24) return 'it is too short for interface statistics';
        const source = this.#interfaces[view.getUint32(from + 8, little)];
        if (source !== undefined) addStatistics(source.shown, readOptions(view, from + 20, end - 4, little), view, little);
        return null;
      }
      default:
        // Decryption secrets, custom blocks, systemd journal, sysdig and what is not defined yet hold no packets.
        return null;
    }
  }

  /** `id` is the interface within the section; -1 for simple packets, which are the first interface's and have no time. */
  #addPacket(
    window: InputWindow,
    batch: FrameBatch,
    id: number,
    start: number,
    captured: Bytes,
    length: Bytes,
    end: number,
  ): string | null {
    const { from, view } = window;
    const source = this.#interfaces[Math.max(0, id)];
    if (source === undefined) return `it belongs to interface ${grouped(Math.max(0, id))}, which the file does not describe`;
    if (captured > MAX_CAPTURED_LENGTH) return `it claims ${grouped(captured)} captured bytes, more than any packet can have`;
    if (captured > end - 4 - start) return `it claims ${grouped(captured)} captured bytes, more than it holds`;
    const index = batch.count;
    batch.start[index] = start;
    batch.capturedLength[index] = captured;
    batch.length[index] = length;
    batch.linkType[index] = source.linkType;
    batch.interfaceId[index] = source.index;
    batch.position[index] = window.base + start;
    if (id < 0) {
      batch.seconds[index] = 0;
      batch.nanoseconds[index] = 0;
      batch.hasTime[index] = 0;
    } else {
      putTime(batch, index, source.time, view.getUint32(from + 12, this.#little), view.getUint32(from + 16, this.#little));
      const options = start + ((captured + 3) & ~3);
      if (options + 8 <= end) this.#readPacketOptions(window, batch, source, options, end - 4);
    }
    this.#packets++;
    batch.count++;
    return null;
  }

  #readPacketOptions(window: InputWindow, batch: FrameBatch, source: SectionInterface, from: number, to: number): void {
    const little = this.#little;
    for (const { code, start, length } of readOptions(window.view, from, to, little)) {
      if (code === COMMENT) batch.comments.push({ index: batch.count, text: readText(window.bytes, start, length) });
      else if (code === EPB_DROPCOUNT && length >= 8) countDrops(source.shown, Number(window.view.getBigUint64(start, little)));
    }
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
    if (end - from < 28) return 'it is too short for a section header';
    const major = view.getUint16(from + 12, this.#little);
    const minor = view.getUint16(from + 14, this.#little);
    // 1.2 was written by some programs and is the same as 1.0.
    if (major !== 1 || (minor !== 0 && minor !== 2)) return `it begins a section of the unknown version ${major}.${minor}`;
    this.#interfaces = [];
    addTexts(this.#facts.details, SECTION_TEXTS, readOptions(view, from + 24, end - 4, this.#little), bytes);
    return null;
  }

  #damaged(window: InputWindow, reason: string): ParseStatus {
    const position = window.position;
    this.damage = {
      code: 'bad-block',
      sentence: `Block ${grouped(this.#blocks + 1)} at byte ${grouped(position)}, after ${grouped(this.#packets)} packets, cannot be read: ${reason}.`,
      next: 'The packets before it are shown.',
      position,
    };
    return DAMAGED;
  }
}
