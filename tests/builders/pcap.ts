/** Writes pcap and snoop captures in every variant that exists, for tests. */

export interface PcapPacket {
  readonly data: Uint8Array;
  readonly seconds?: number;
  /** In the units of the file: micro- or nanoseconds. */
  readonly fraction?: number;
  /** Bytes on the wire; those of `data` if left out. */
  readonly length?: number;
  /** Written instead of the number of bytes in `data`, to lie. */
  readonly capturedLength?: number;
}

export interface PcapOptions {
  readonly magic?: keyof typeof PCAP_MAGIC;
  readonly littleEndian?: boolean;
  readonly version?: readonly [major: number, minor: number];
  /** All 32 bits of the field: frame check sequence bits included. */
  readonly linkType?: number;
  readonly snapLength?: number;
  /** Bytes put between a record's lengths and its data: 8 or 12 for the modified libpcap, 4 for Nokia. */
  readonly extraRecordBytes?: number;
  readonly originalLengthFirst?: boolean;
}

export const PCAP_MAGIC = {
  microseconds: 0xa1b2c3d4,
  nanoseconds: 0xa1b23c4d,
  modified: 0xa1b2cd34,
  ixiaHardware: 0x1c0001ac,
  ixiaSoftware: 0x1c0001ab,
} as const;

/** Numbers and bytes one after the other, in one byte order. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #littleEndian: boolean;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  u16(...values: number[]): this {
    for (const value of values) this.#number(2, (view) => view.setUint16(0, value, this.#littleEndian));
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) this.#number(4, (view) => view.setUint32(0, value, this.#littleEndian));
    return this;
  }

  u64(value: bigint): this {
    return this.#number(8, (view) => view.setBigUint64(0, value, this.#littleEndian));
  }

  bytes(data: Uint8Array | string): this {
    this.#parts.push(typeof data === 'string' ? Buffer.from(data, 'utf8') : data);
    return this;
  }

  zeros(count: number): this {
    return this.bytes(new Uint8Array(count));
  }

  done(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  #number(size: number, write: (view: DataView) => void): this {
    const part = new Uint8Array(size);
    write(new DataView(part.buffer));
    this.#parts.push(part);
    return this;
  }
}

export function writePcap(packets: readonly PcapPacket[], options: PcapOptions = {}): Uint8Array {
  const writer = new ByteWriter(options.littleEndian ?? true);
  const [major, minor] = options.version ?? [2, 4];
  const magic = options.magic ?? 'microseconds';
  writer
    .u32(PCAP_MAGIC[magic])
    .u16(major, minor)
    .u32(0, 0, options.snapLength ?? 262_144, options.linkType ?? 1);
  if (magic.startsWith('ixia')) writer.u32(packets.reduce((sum, { data }) => sum + 16 + data.length, 0));
  for (const { data, seconds = 0, fraction = 0, length = data.length, capturedLength = data.length } of packets) {
    writer.u32(seconds, fraction);
    if (options.originalLengthFirst === true) writer.u32(length, capturedLength);
    else writer.u32(capturedLength, length);
    writer.zeros(options.extraRecordBytes ?? 0).bytes(data);
  }
  return writer.done();
}

export interface SnoopPacket {
  readonly data: Uint8Array;
  readonly seconds?: number;
  readonly microseconds?: number;
  readonly length?: number;
  /** Lost since the capture began. */
  readonly drops?: number;
}

/** RFC 1761; `dataLink` 4 is Ethernet. */
export function writeSnoop(packets: readonly SnoopPacket[], dataLink = 4, version = 2): Uint8Array {
  const writer = new ByteWriter(false).bytes('snoop\0\0\0').u32(version, dataLink);
  for (const { data, seconds = 0, microseconds = 0, length = data.length, drops = 0 } of packets) {
    const padding = (4 - (data.length % 4)) % 4;
    writer.u32(length, data.length, 24 + data.length + padding, drops, seconds, microseconds);
    writer.bytes(data).zeros(padding);
  }
  return writer.done();
}
