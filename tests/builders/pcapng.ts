import { ByteWriter } from './pcap';

/** An option's code and value; text is written as UTF-8, a bigint as a 64-bit number, a number as one octet. */
export type Option = readonly [code: number, value: string | bigint | number | Uint8Array];

export interface PacketFields {
  /** Interface within the section. */
  readonly id?: number;
  readonly stamp?: bigint;
  readonly length?: number;
  /** Written instead of the number of bytes in the data, to lie. */
  readonly capturedLength?: number;
  readonly options?: readonly Option[];
}

/** Builds a pcapng file block by block; `section` starts it and may change the byte order on the way. */
export class PcapngBuilder {
  readonly #blocks: Uint8Array[] = [];
  #little = true;

  section({
    littleEndian = true,
    options = [],
    version = [1, 0],
  }: {
    littleEndian?: boolean;
    options?: readonly Option[];
    version?: readonly [number, number];
  } = {}): this {
    this.#little = littleEndian;
    const body = this.#writer().u32(0x1a2b3c4d).u16(version[0], version[1]).u64(0xffff_ffff_ffff_ffffn);
    return this.#withOptions(0x0a0d0d0a, body, options);
  }

  interface({
    linkType = 1,
    snapLength = 0,
    options = [],
  }: {
    linkType?: number;
    snapLength?: number;
    options?: readonly Option[];
  } = {}): this {
    return this.#withOptions(1, this.#writer().u16(linkType, 0).u32(snapLength), options);
  }

  /** Enhanced Packet Block. */
  packet(data: Uint8Array, { id = 0, stamp = 0n, length, capturedLength, options = [] }: PacketFields = {}): this {
    const body = this.#writer().u32(id);
    this.#packetData(body, data, stamp, length, capturedLength);
    return this.#withOptions(6, body, options);
  }

  /** Packet Block, as written before 2010. */
  obsoletePacket(
    data: Uint8Array,
    { id = 0, drops = 0xffff, stamp = 0n, length, options = [] }: PacketFields & { drops?: number } = {},
  ): this {
    const body = this.#writer().u16(id, drops);
    this.#packetData(body, data, stamp, length, undefined);
    return this.#withOptions(2, body, options);
  }

  simplePacket(data: Uint8Array, length = data.length): this {
    return this.block(3, this.#writer().u32(length).bytes(data).zeros(padding(data.length)).done());
  }

  names(entries: readonly (readonly [address: Uint8Array, ...names: string[]])[], options: readonly Option[] = []): this {
    const body = this.#writer();
    for (const [address, ...names] of entries) {
      const value = Buffer.concat([address, ...names.map((name) => Buffer.from(`${name}\0`))]);
      body
        .u16(address.length === 4 ? 1 : 2, value.length)
        .bytes(value)
        .zeros(padding(value.length));
    }
    body.u16(0, 0);
    return this.#withOptions(4, body, options);
  }

  statistics(id: number, options: readonly Option[]): this {
    return this.#withOptions(5, this.#writer().u32(id, 0, 0), options);
  }

  /** Decryption Secrets Block of a TLS key log. */
  secrets(text: string): this {
    return this.block(10, this.#writer().u32(0x544c534b, text.length).bytes(text).zeros(padding(text.length)).done());
  }

  /** Any block from its type and body. */
  block(type: number, body: Uint8Array): this {
    const length = 12 + body.length;
    this.#blocks.push(this.#writer().u32(type, length).bytes(body).u32(length).done());
    return this;
  }

  done(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#blocks));
  }

  #writer(): ByteWriter {
    return new ByteWriter(this.#little);
  }

  #packetData(body: ByteWriter, data: Uint8Array, stamp: bigint, length = data.length, capturedLength = data.length): void {
    body.u32(Number(stamp >> 32n), Number(stamp & 0xffff_ffffn), capturedLength, length);
    body.bytes(data).zeros(padding(data.length));
  }

  #withOptions(type: number, body: ByteWriter, options: readonly Option[]): this {
    for (const [code, value] of options) {
      const bytes = this.#optionValue(value);
      body.u16(code, bytes.length).bytes(bytes).zeros(padding(bytes.length));
    }
    if (options.length > 0) body.u16(0, 0);
    return this.block(type, body.done());
  }

  #optionValue(value: Option[1]): Uint8Array {
    if (typeof value === 'bigint') return this.#writer().u64(value).done();
    if (typeof value === 'number') return Uint8Array.of(value);
    return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  }
}

const padding = (length: number): number => (4 - (length % 4)) % 4;
