import type { Bytes, Nanoseconds } from '../../../../shared/model/units';

const NANOSECOND_MAGIC = 0xa1b23c4d;
const ETHERNET = 1;
const SNAP_LENGTH = 262_144;
const FILE_HEADER: Bytes = 24;
const RECORD_HEADER: Bytes = 16;
const SECOND: Nanoseconds = 1_000_000_000;
const FIRST_SIZE: Bytes = 262_144;

/** A capture file of Ethernet frames with times in nanoseconds, as bytes that are taken while they come. */
export class PcapWriter {
  packets = 0;
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #end: Bytes = 0;

  constructor() {
    this.#u32(NANOSECOND_MAGIC);
    this.#view.setUint16(this.#end, 2, true);
    this.#view.setUint16(this.#end + 2, 4, true);
    this.#end = FILE_HEADER - 8;
    this.#u32(SNAP_LENGTH);
    this.#u32(ETHERNET);
  }

  /** Bytes that wait. */
  get length(): Bytes {
    return this.#end;
  }

  /** Room for a frame, all zeros; `second` and `nanosecond` since 1970. */
  frame(second: number, nanosecond: Nanoseconds, length: Bytes): Uint8Array {
    this.#reserve(RECORD_HEADER + length);
    const carry = nanosecond >= SECOND ? 1 : 0;
    this.#u32(second + carry);
    this.#u32(nanosecond - carry * SECOND);
    this.#u32(length);
    this.#u32(length);
    const frame = this.#bytes.subarray(this.#end, this.#end + length);
    frame.fill(0);
    this.#end += length;
    this.packets++;
    return frame;
  }

  /** A copy of what was written since it was taken last. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#end);
    this.#end = 0;
    return taken;
  }

  #u32(value: number): void {
    this.#view.setUint32(this.#end, value, true);
    this.#end += 4;
  }

  #reserve(more: Bytes): void {
    if (this.#end + more <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * (this.#end + more));
    grown.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
