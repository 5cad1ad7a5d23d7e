/** What a decoded field can hold; `bytes` values are views that are valid as long as the frame's bytes. */
export type FieldValue = string | number | bigint | boolean | Uint8Array | null;

/** How a field's value is to be read, compared and written. 'none' marks protocols and plain texts. */
export type FieldType = 'none' | 'uint' | 'int' | 'bool' | 'string' | 'bytes' | 'ipv4' | 'ipv6' | 'ether' | 'time' | 'float';

/** A node of the packet's tree. Plain data: it crosses to the window as it is. */
export interface Field {
  /** Wireshark's display-filter name ('ip.src'); a protocol's own node has its filter name ('ip'); '' for a text only. */
  readonly name: string;
  /** What people read: 'Source Address: 10.0.0.1'. */
  label: string;
  /** Addresses as text; times as epoch seconds; numbers beyond 2^53 as bigint. */
  readonly value: FieldValue;
  /** Byte range within `source`; length 0 where the field is derived rather than read. */
  readonly start: number;
  length: number;
  /** 0: the frame's bytes; n: `Dissection.sources[n]` (a reassembled datagram or message, decrypted bytes). */
  readonly source: number;
  readonly children: Field[];
}

/** Definition of a field: type and the words for it. Keyed by filter name in each dissector's `fields`. `FieldWriter` reads by it. */
export interface FieldDefinition {
  readonly type: FieldType;
  readonly title: string;
  /** Bytes that a number is read from; absent where the field is not a plain number. */
  readonly size?: number;
  /** Bits of those bytes that are the field; the value is shifted down to the lowest of them. */
  readonly mask?: number;
  readonly littleEndian?: boolean;
  /** How a number is written: '0x0800', '0x1f2a (7978)'; default decimal. */
  readonly base?: 'hex' | 'hexdec';
  /** Words for values: 'Type: IPv4 (0x0800)'. For a bool: 0 and 1. */
  readonly names?: Readonly<Record<number, string>>;
  /** Written after the number: ' bytes'. */
  readonly unit?: string;
}
export type FieldTable = Readonly<Record<string, FieldDefinition>>;
