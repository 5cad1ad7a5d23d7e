/** What is wrong with a stream that is joined to another. */
export type JoinDamage = 'not-pcap' | 'other-kind' | 'bad-length';

/** Room for what a login script prints before the capture begins. */
const MAX_GREETING = 64 << 10;
const HEADER = 24;
const RECORD_HEADER = 16;
/** tcpdump's own bound of a snap length (MAXIMUM_SNAPLEN). */
const MAX_CAPTURED = 262_144;

/**
 * Makes one pcap stream of several (draft-ietf-opsawg-pcap): the header of the first only, and whole records only. Every `begin` starts
 * another; a record that was cut there is dropped and counted. Holds at most one record.
 */
export class PcapJoiner {
  /** Epoch milliseconds of the newest record; null before the first. */
  lastTime: number | null = null;
  /** Of the first record since `begin`. */
  firstTime: number | null = null;
  packets = 0;
  cutRecords = 0;
  /** Bytes of the capture that were handed on. */
  bytes = 0;
  damage: JoinDamage | null = null;
  #mark: Buffer = Buffer.alloc(0);
  #rest: Buffer = Buffer.alloc(0);
  #state: 'greeting' | 'header' | 'records' = 'greeting';
  #skipped = 0;
  #first: { readonly magic: number; readonly link: number } | null = null;
  #little = true;
  #nanoseconds = false;

  /** The header of this part arrived. */
  get begun(): boolean {
    return this.#state === 'records';
  }

  /** `mark`: the line after which the capture begins. */
  begin(mark: string): void {
    if (this.#state === 'records' && this.#rest.length > 0) this.cutRecords++;
    this.#mark = Buffer.from(`${mark}\n`, 'latin1');
    this.#rest = Buffer.alloc(0);
    this.#state = 'greeting';
    this.#skipped = 0;
    this.firstTime = null;
  }

  /** The records (and once the header) that `chunk` completed, or null for none. After damage it gives nothing more. */
  push(chunk: Buffer): Buffer | null {
    if (this.damage !== null) return null;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (this.#state === 'greeting') {
      const found = bytes.indexOf(this.#mark);
      if (found < 0) {
        const kept = bytes.subarray(Math.max(0, bytes.length - this.#mark.length));
        this.#skipped += bytes.length - kept.length;
        this.#rest = Buffer.from(kept);
        if (this.#skipped > MAX_GREETING) this.damage = 'not-pcap';
        return null;
      }
      at = found + this.#mark.length;
      this.#state = 'header';
    }
    let from = at;
    if (this.#state === 'header') {
      if (bytes.length - at < HEADER) {
        this.#rest = Buffer.from(bytes.subarray(at));
        return null;
      }
      if (!this.#header(bytes, at)) return null;
      at += HEADER;
      this.#state = 'records';
      if (this.#first === null) this.#first = { magic: bytes.readUInt32BE(from), link: this.#u32(bytes, from + 20) };
      else from = at;
    }
    const end = this.#records(bytes, at);
    this.#rest = end === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(end));
    this.bytes += end - from;
    return end > from ? bytes.subarray(from, end) : null;
  }

  #u32(bytes: Buffer, at: number): number {
    return this.#little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  #header(bytes: Buffer, at: number): boolean {
    const magic = bytes.readUInt32BE(at);
    this.#little = magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1;
    this.#nanoseconds = magic === 0xa1b23c4d || magic === 0x4d3cb2a1;
    if (!this.#little && magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) this.damage = 'not-pcap';
    else if (this.#first !== null && (this.#first.magic !== magic || this.#first.link !== this.#u32(bytes, at + 20)))
      this.damage = 'other-kind';
    return this.damage === null;
  }

  /** Where the last whole record ends. */
  #records(bytes: Buffer, start: number): number {
    let at = start;
    while (bytes.length - at >= RECORD_HEADER) {
      const captured = this.#u32(bytes, at + 8);
      if (captured > MAX_CAPTURED) {
        this.damage = 'bad-length';
        return at;
      }
      if (bytes.length - at < RECORD_HEADER + captured) return at;
      this.packets++;
      this.lastTime = this.#u32(bytes, at) * 1000 + this.#u32(bytes, at + 4) / (this.#nanoseconds ? 1e6 : 1e3);
      this.firstTime ??= this.lastTime;
      at += RECORD_HEADER + captured;
    }
    return at;
  }
}
