import type { PagedFile } from './paged-file';

export type MmdbValue = string | number | bigint | boolean | Uint8Array | readonly MmdbValue[] | MmdbMap;
export type MmdbMap = ReadonlyMap<string, MmdbValue>;

/** The bytes are no value of the format, or one that is larger than any real one. */
export class DamagedValue extends Error {
  override name = 'DamagedValue';
}

/** Types of a field (MaxMind DB file format 2.0, "Output Data Section"). */
const Type = {
  Extended: 0,
  Pointer: 1,
  Text: 2,
  Double: 3,
  Bytes: 4,
  Uint16: 5,
  Uint32: 6,
  Map: 7,
  Int32: 8,
  Uint64: 9,
  Uint128: 10,
  Array: 11,
  Boolean: 14,
  Float: 15,
} as const;

// A record has some hundred values, nested four deep. Pointers let a small file describe a tree without end: these bounds end it.
const MAX_VALUES = 4096;
const MAX_DEPTH = 16;
/** Longest text or run of bytes that is read. */
const MAX_LENGTH = 4096;
/** What the pointers of one, two, three and four bytes begin at. */
const POINTER_BASE = [0, 2048, 526336, 0] as const;

const decoder = new TextDecoder();

/** Reads one value of the section that begins at `section`. Throws `DamagedValue`, after bounded work. */
export function readValue(file: PagedFile, section: number, at: number): MmdbValue {
  return new ValueReader(file, section).read(at);
}

class ValueReader {
  readonly #file: PagedFile;
  readonly #section: number;
  #values = 0;
  #at = 0;
  #view: DataView = new DataView(new ArrayBuffer(8));

  constructor(file: PagedFile, section: number) {
    this.#file = file;
    this.#section = section;
  }

  read(at: number): MmdbValue {
    this.#at = at;
    return this.#value(0);
  }

  #value(depth: number): MmdbValue {
    if (++this.#values > MAX_VALUES || depth > MAX_DEPTH || this.#at >= this.#file.size) throw new DamagedValue();
    const control = this.#next();
    let type = control >>> 5;
    if (type === Type.Pointer) {
      const target = this.#pointer(control);
      const back = this.#at;
      this.#at = this.#section + target;
      const value = this.#value(depth + 1);
      this.#at = back;
      return value;
    }
    if (type === Type.Extended) type = this.#next() + 7;
    const size = this.#size(control & 0x1f);
    switch (type) {
      case Type.Text:
        return decoder.decode(this.#bytes(size));
      case Type.Map:
        return this.#map(size, depth);
      case Type.Array:
        return this.#array(size, depth);
      case Type.Double:
        return this.#float(size, 8);
      case Type.Float:
        return this.#float(size, 4);
      case Type.Uint16:
      case Type.Uint32:
        return Number(this.#unsigned(size, 4));
      case Type.Int32:
        return Number(BigInt.asIntN(32, this.#unsigned(size, 4)));
      case Type.Uint64:
      case Type.Uint128:
        return this.#unsigned(size, 16);
      case Type.Boolean:
        return size !== 0;
      case Type.Bytes:
        return this.#bytes(size);
      default:
        throw new DamagedValue();
    }
  }

  #map(size: number, depth: number): MmdbMap {
    const map = new Map<string, MmdbValue>();
    for (let i = 0; i < size; i++) {
      const key = this.#value(depth + 1);
      if (typeof key !== 'string') throw new DamagedValue();
      map.set(key, this.#value(depth + 1));
    }
    return map;
  }

  #array(size: number, depth: number): MmdbValue[] {
    const values: MmdbValue[] = [];
    for (let i = 0; i < size; i++) values.push(this.#value(depth + 1));
    return values;
  }

  #float(size: number, bytes: 4 | 8): number {
    if (size !== bytes) throw new DamagedValue();
    for (let i = 0; i < bytes; i++) this.#view.setUint8(i, this.#next());
    return bytes === 8 ? this.#view.getFloat64(0) : this.#view.getFloat32(0);
  }

  #unsigned(size: number, longest: number): bigint {
    if (size > longest) throw new DamagedValue();
    let value = 0n;
    for (let i = 0; i < size; i++) value = (value << 8n) | BigInt(this.#next());
    return value;
  }

  #bytes(size: number): Uint8Array {
    if (size > MAX_LENGTH || this.#at + size > this.#file.size) throw new DamagedValue();
    const bytes = this.#file.bytes(this.#at, size);
    this.#at += size;
    return bytes;
  }

  /** Five bits of size, or 29, 30, 31: one, two, three bytes more. */
  #size(bits: number): number {
    if (bits < 29) return bits;
    if (bits === 29) return 29 + this.#next();
    if (bits === 30) return 285 + this.#number(2);
    return 65821 + this.#number(3);
  }

  #pointer(control: number): number {
    const size = (control >>> 3) & 3;
    const high = size === 3 ? 0 : (control & 7) * 2 ** (8 * (size + 1));
    return high + this.#number(size + 1) + (POINTER_BASE[size] ?? 0);
  }

  #number(bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + this.#next();
    return value;
  }

  #next(): number {
    return this.#file.byte(this.#at++);
  }
}
