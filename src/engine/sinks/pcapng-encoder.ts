import type { Bytes } from '../../shared/model/units';

/** What a pcapng file says about an interface (draft-ietf-opsawg-pcapng, Interface Description Block). */
export interface InterfaceDescription {
  readonly linkType: number;
  readonly snapLength: Bytes;
  readonly name: string | null;
  readonly description: string | null;
  /** libpcap's language; null: everything. */
  readonly filter: string | null;
}

/** Counts of an Interface Statistics Block since the capture's start; null: not known, and not written. */
export interface InterfaceCounts {
  readonly received: number | null;
  readonly droppedByInterface: number | null;
  readonly droppedByKernel: number | null;
}

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
/** Type, length, interface, time, two lengths. */
const PACKET_HEADER: Bytes = 28;
/** Copied byte by byte: that costs less than the view that a copy in one piece needs. */
const SHORT_FRAME: Bytes = 128;
const COMMENT = 1;
const NANOSECONDS = 9;
/** Option lengths have 16 bits; no name or filter that is kept needs as many. */
const MAX_TEXT: Bytes = 16_384;
/** Of one comment: what 16 bits can say. */
const MAX_COMMENT: Bytes = 65_535;
/** Comments of one packet: with its bytes they stay within the 16 MiB that readers take as a block. */
const MAX_COMMENTS: Bytes = 8 * 1024 * 1024;
const NO_COMMENTS: readonly string[] = [];
const FIRST_BUFFER: Bytes = 64 * 1024;
/** A buffer that one large batch made larger is given up. */
const KEPT_BUFFER: Bytes = 4 * 1024 * 1024;

const text = new TextEncoder();
const scratch = new Uint8Array(MAX_COMMENT);
const padded = (length: Bytes): Bytes => (length + 3) & ~3;

/**
 * Builds the blocks of one pcapng section, little endian, times in nanoseconds. They gather in a buffer until `take`; nothing is allocated for
 * short packets. Only whole blocks are ever given out.
 */
export class PcapngEncoder {
  #bytes = new Uint8Array(FIRST_BUFFER);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #taken = 0;
  #interfaces = 0;

  constructor(application: string) {
    const start = this.#begin(SECTION_HEADER, 16 + application.length * 3);
    this.#view.setUint32(this.#length, BYTE_ORDER, true);
    this.#view.setUint16(this.#length + 4, 1, true);
    this.#view.setUint16(this.#length + 6, 0, true);
    // The section's length is not known: it goes on to the file's end.
    this.#view.setBigInt64(this.#length + 8, -1n, true);
    this.#length += 16;
    this.#textOption(4, application);
    this.#endOptions();
    this.#end(start);
  }

  /** Bytes of all blocks so far, taken or not: where the next one begins in the file. */
  get position(): Bytes {
    return this.#taken + this.#length;
  }

  /** Bytes that wait to be taken. */
  get pending(): Bytes {
    return this.#length;
  }

  /** Gives the number by which packets name the interface. */
  addInterface(described: InterfaceDescription): number {
    const { linkType, snapLength, name, description, filter } = described;
    const start = this.#begin(INTERFACE_DESCRIPTION, 32 + 3 * MAX_TEXT);
    this.#view.setUint16(this.#length, linkType, true);
    this.#view.setUint16(this.#length + 2, 0, true);
    this.#view.setUint32(this.#length + 4, snapLength, true);
    this.#length += 8;
    if (name !== null) this.#textOption(2, name);
    if (description !== null) this.#textOption(3, description);
    this.#option(9, Uint8Array.of(NANOSECONDS));
    // The octet in front says that it is a libpcap expression.
    if (filter !== null && filter !== '') this.#option(11, text.encode(`\0${filter}`).subarray(0, MAX_TEXT));
    this.#endOptions();
    this.#end(start);
    return this.#interfaces++;
  }

  /**
   * A packet of `bytes[start .. start + captured)`; gives the position of its first byte in the file. `seconds` since the epoch and
   * `nanoseconds` within the second; times before the epoch become 0, the format has none.
   */
  addPacket(
    interfaceId: number,
    seconds: number,
    nanoseconds: number,
    bytes: Uint8Array,
    start: number,
    captured: Bytes,
    length: Bytes,
    comments: readonly string[] = NO_COMMENTS,
  ): Bytes {
    const begin = this.#begin(ENHANCED_PACKET, PACKET_HEADER + padded(captured));
    const view = this.#view;
    view.setUint32(this.#length, interfaceId, true);
    this.#time(this.#length + 4, seconds, nanoseconds);
    view.setUint32(this.#length + 12, captured, true);
    view.setUint32(this.#length + 16, length, true);
    const at = this.#length + 20;
    if (captured > SHORT_FRAME) this.#bytes.set(bytes.subarray(start, start + captured), at);
    else for (let i = 0; i < captured; i++) this.#bytes[at + i] = bytes[start + i] ?? 0;
    this.#bytes.fill(0, at + captured, at + padded(captured));
    this.#length = at + padded(captured);
    if (comments.length > 0) this.#comments(comments);
    this.#end(begin);
    return this.#taken + at;
  }

  /** `from` and `to`: epoch milliseconds of the capture's start and of the counts. */
  addStatistics(interfaceId: number, counts: InterfaceCounts, from: number, to: number): void {
    const start = this.#begin(INTERFACE_STATISTICS, 128);
    this.#view.setUint32(this.#length, interfaceId, true);
    this.#time(this.#length + 4, Math.floor(to / 1000), (to % 1000) * 1e6);
    this.#length += 12;
    for (const [code, time] of [
      [2, from],
      [3, to],
    ] as const) {
      this.#optionHeader(code, 8);
      this.#time(this.#length, Math.floor(time / 1000), (time % 1000) * 1e6);
      this.#length += 8;
    }
    for (const [code, count] of [
      [4, counts.received],
      [5, counts.droppedByInterface],
      [7, counts.droppedByKernel],
    ] as const) {
      if (count === null) continue;
      this.#optionHeader(code, 8);
      this.#view.setBigUint64(this.#length, BigInt(count), true);
      this.#length += 8;
    }
    this.#endOptions();
    this.#end(start);
  }

  /** The blocks since the last call; valid until the next call of any other method. */
  take(): Uint8Array {
    const blocks = this.#bytes.subarray(0, this.#length);
    this.#taken += this.#length;
    this.#length = 0;
    if (this.#bytes.length > KEPT_BUFFER) {
      this.#bytes = new Uint8Array(FIRST_BUFFER);
      this.#view = new DataView(this.#bytes.buffer);
    }
    return blocks;
  }

  /** One option each, as long as an option can be. */
  #comments(comments: readonly string[]): void {
    let left = MAX_COMMENTS;
    for (const comment of comments) {
      // Characters are not cut in two.
      const { written } = text.encodeInto(comment, scratch);
      if (written > left) break;
      left -= written;
      this.#reserve(written + 24);
      this.#option(COMMENT, scratch.subarray(0, written));
    }
    this.#endOptions();
  }

  #reserve(room: Bytes): void {
    const needed = this.#length + room;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Begins a block of at most 16 bytes more than `room`; gives where. */
  #begin(type: number, room: Bytes): number {
    this.#reserve(room + 16);
    this.#view.setUint32(this.#length, type, true);
    this.#length += 8;
    return this.#length - 8;
  }

  #end(start: number): void {
    const length = this.#length + 4 - start;
    this.#view.setUint32(start + 4, length, true);
    this.#view.setUint32(this.#length, length, true);
    this.#length += 4;
  }

  /** 64 bits of nanoseconds, the upper 32 first; exact without big integers, which would be made for every packet. */
  #time(at: number, seconds: number, nanoseconds: number): void {
    const second = Math.max(0, seconds);
    const upper = Math.floor(second / 65_536) * 1e9;
    const lower = (second % 65_536) * 1e9 + (seconds < 0 ? 0 : nanoseconds);
    const low = (upper % 65_536) * 65_536 + (lower % 2 ** 32);
    const high = Math.floor(upper / 65_536) + Math.floor(lower / 2 ** 32) + Math.floor(low / 2 ** 32);
    this.#view.setUint32(at, high, true);
    this.#view.setUint32(at + 4, low % 2 ** 32, true);
  }

  #textOption(code: number, value: string): void {
    this.#option(code, text.encode(value).subarray(0, MAX_TEXT));
  }

  #option(code: number, value: Uint8Array): void {
    this.#optionHeader(code, value.length);
    this.#bytes.set(value, this.#length);
    this.#bytes.fill(0, this.#length + value.length, this.#length + padded(value.length));
    this.#length += padded(value.length);
  }

  #optionHeader(code: number, length: Bytes): void {
    this.#view.setUint16(this.#length, code, true);
    this.#view.setUint16(this.#length + 2, length, true);
    this.#length += 4;
  }

  #endOptions(): void {
    this.#view.setUint32(this.#length, 0, true);
    this.#length += 4;
  }
}
