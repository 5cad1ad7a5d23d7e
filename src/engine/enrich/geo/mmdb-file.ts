import { fail, ok, type Result } from '../../../shared/base/result';
import { DamagedValue, type MmdbMap, type MmdbValue, readValue } from './mmdb-value';
import { PagedFile } from './paged-file';

/** "\xab\xcd\xefMaxMind.com": what follows its last occurrence, in the last 128 KiB, is the metadata. */
const MARKER = Uint8Array.of(0xab, 0xcd, 0xef, ...new TextEncoder().encode('MaxMind.com'));
const METADATA_REACH = 128 << 10;
/** Zero bytes between the search tree and the data. */
const SEPARATOR = 16;
const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** Where trees of IPv6 keep IPv4: below ninety-six zeros. */
const IPV4_PREFIX_BITS = 96;

interface Metadata {
  readonly type: string;
  /** Epoch milliseconds. */
  readonly built: number | null;
  readonly nodes: number;
  readonly recordBits: 24 | 28 | 32;
  readonly ipVersion: 4 | 6;
}

/**
 * A database in MaxMind's format (MaxMind DB file format specification 2.0), read where a look-up needs it. Takes any file: one that is
 * damaged or made to harm gives a problem or no record, after bounded work.
 */
export class MmdbFile {
  readonly metadata: Metadata;
  readonly #file: PagedFile;
  readonly #treeSize: number;
  #ipv4Root: number | null = null;

  private constructor(file: PagedFile, metadata: Metadata) {
    this.#file = file;
    this.metadata = metadata;
    this.#treeSize = (metadata.nodes * metadata.recordBits) / 4;
  }

  static async open(path: string): Promise<Result<MmdbFile>> {
    const opened = await PagedFile.open(path);
    if (!opened.ok) return opened;
    const file = opened.value;
    const metadata = readMetadata(file);
    if (metadata) return ok(new MmdbFile(file, metadata));
    await file.close();
    return fail('geo-damaged', `${path} is not a MaxMind database, or is cut short.`, 'Choose an .mmdb file, or download it again.');
  }

  get path(): string {
    return this.#file.path;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Record of an address given as 32-bit words, one or four of them, big-endian; null where there is none. */
  find(words: ArrayLike<number>): MmdbMap | null {
    const leaf = this.#leaf(words);
    if (leaf <= this.metadata.nodes) return null;
    try {
      const value = readValue(this.#file, this.#treeSize + SEPARATOR, leaf - this.metadata.nodes + this.#treeSize);
      return value instanceof Map ? value : null;
    } catch (error) {
      if (error instanceof DamagedValue) return null;
      throw error;
    }
  }

  #leaf(words: ArrayLike<number>): number {
    const bits = words.length === 1 ? IPV4_BITS : IPV6_BITS;
    if (bits === IPV6_BITS && this.metadata.ipVersion === 4) return 0;
    let node = bits === IPV4_BITS ? this.#rootOfIpv4() : 0;
    for (let depth = 0; depth < bits && node < this.metadata.nodes; depth++) {
      node = this.#child(node, ((words[depth >>> 5] ?? 0) >>> (31 - (depth & 31))) & 1);
    }
    return node;
  }

  #rootOfIpv4(): number {
    if (this.#ipv4Root === null) {
      let node = 0;
      const depth = this.metadata.ipVersion === 6 ? IPV4_PREFIX_BITS : 0;
      for (let i = 0; i < depth && node < this.metadata.nodes; i++) node = this.#child(node, 0);
      this.#ipv4Root = node;
    }
    return this.#ipv4Root;
  }

  #child(node: number, side: number): number {
    const { recordBits } = this.metadata;
    const at = (node * recordBits) / 4;
    if (recordBits === 24) return this.#number(at + side * 3, 3);
    if (recordBits === 32) return this.#number(at + side * 4, 4);
    // The byte in the middle holds the high four bits of both.
    const middle = this.#file.byte(at + 3);
    return (side === 0 ? middle >>> 4 : middle & 15) * 0x1000000 + this.#number(at + side * 4, 3);
  }

  #number(at: number, bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + this.#file.byte(at + i);
    return value;
  }
}

function readMetadata(file: PagedFile): Metadata | null {
  const from = Math.max(0, file.size - METADATA_REACH);
  const at = Buffer.from(file.bytes(from, METADATA_REACH)).lastIndexOf(MARKER);
  if (at < 0) return null;
  try {
    const start = from + at + MARKER.length;
    const map = readValue(file, start, start);
    return map instanceof Map ? checked(map, file.size) : null;
  } catch (error) {
    if (error instanceof DamagedValue) return null;
    throw error;
  }
}

function checked(map: MmdbMap, size: number): Metadata | null {
  const nodes = map.get('node_count');
  const recordBits = map.get('record_size');
  const ipVersion = map.get('ip_version');
  const type = map.get('database_type');
  if (map.get('binary_format_major_version') !== 2) return null;
  if (recordBits !== 24 && recordBits !== 28 && recordBits !== 32) return null;
  if (ipVersion !== 4 && ipVersion !== 6) return null;
  if (typeof nodes !== 'number' || nodes < 1 || (nodes * recordBits) / 4 + SEPARATOR > size) return null;
  return { type: typeof type === 'string' ? type : '', built: buildTime(map.get('build_epoch')), nodes, recordBits, ipVersion };
}

/** A time that a file cannot have been made at is no time. */
function buildTime(seconds: MmdbValue | undefined): number | null {
  const value = typeof seconds === 'bigint' || typeof seconds === 'number' ? Number(seconds) * 1000 : 0;
  return value > 0 && value < 8.64e15 ? value : null;
}
