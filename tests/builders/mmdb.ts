import ipaddr from 'ipaddr.js';

/** number: a double; bigint: an unsigned integer. `{ pointer: n }` points to byte n of the data. */
export type MmdbInput = string | number | bigint | boolean | readonly MmdbInput[] | { readonly [key: string]: MmdbInput } | Pointer;
export class Pointer {
  readonly to: number;
  constructor(to: number) {
    this.to = to;
  }
}

export interface MmdbOptions {
  readonly ipVersion?: 4 | 6;
  readonly recordBits?: 24 | 28 | 32;
  readonly type?: string;
  /** Epoch seconds. */
  readonly built?: number;
  /** Data in place of the records: every network then points to its byte 0. */
  readonly data?: Uint8Array;
}

type Tree = { left: Branch; right: Branch };
type Branch = Tree | number | null;

/** A MaxMind database of `networks` (CIDR to record). IPv4 networks in a tree of IPv6 lie below ninety-six zeros. */
export function writeMmdb(networks: Readonly<Record<string, MmdbInput>>, options: MmdbOptions = {}): Uint8Array {
  const { ipVersion = 6, recordBits = 24, type = 'Test-City', built = 1_750_000_000 } = options;
  const data: number[] = [...(options.data ?? [])];
  const root: Tree = { left: null, right: null };
  for (const [network, record] of Object.entries(networks)) {
    const offset = options.data ? 0 : data.length;
    if (!options.data) data.push(...mmdbValue(record));
    const bits = bitsOf(network, ipVersion);
    let node = root;
    for (const [depth, bit] of bits.entries()) {
      const side = bit === 0 ? 'left' : 'right';
      if (depth === bits.length - 1) node[side] = offset;
      else {
        const next = node[side];
        const inner: Tree = next !== null && typeof next === 'object' ? next : { left: null, right: null };
        node[side] = inner;
        node = inner;
      }
    }
  }
  const nodes: Tree[] = [];
  const numbers = new Map<Tree, number>();
  const number = (node: Tree): void => {
    numbers.set(node, nodes.push(node) - 1);
    for (const branch of [node.left, node.right]) if (branch !== null && typeof branch === 'object') number(branch);
  };
  number(root);
  const value = (branch: Branch): number => {
    if (branch === null) return nodes.length;
    return typeof branch === 'number' ? nodes.length + 16 + branch : (numbers.get(branch) ?? 0);
  };
  const tree = nodes.flatMap(({ left, right }) => record(value(left), value(right), recordBits));
  const metadata = mmdbValue({
    binary_format_major_version: 2n,
    binary_format_minor_version: 0n,
    build_epoch: BigInt(built),
    database_type: type,
    ip_version: BigInt(ipVersion),
    node_count: BigInt(nodes.length),
    record_size: BigInt(recordBits),
  });
  return Uint8Array.from([...tree, ...new Array<number>(16).fill(0), ...data, 0xab, 0xcd, 0xef, ...ascii('MaxMind.com'), ...metadata]);
}

/** Bytes of a value. */
export function mmdbValue(value: MmdbInput): number[] {
  if (typeof value === 'string') return [...head(2, new TextEncoder().encode(value).length), ...new TextEncoder().encode(value)];
  if (typeof value === 'number') return [...head(3, 8), ...new Uint8Array(new Float64Array([value]).buffer).reverse()];
  if (typeof value === 'bigint') return integer(value);
  if (typeof value === 'boolean') return head(14, value ? 1 : 0);
  if (value instanceof Pointer) return [0x38, ...big(value.to, 4)];
  if (Array.isArray(value)) return [...head(11, value.length), ...value.flatMap(mmdbValue)];
  const entries = Object.entries(value);
  return [...head(7, entries.length), ...entries.flatMap(([key, inner]) => [...mmdbValue(key), ...mmdbValue(inner)])];
}

function integer(value: bigint): number[] {
  const bytes = value > 0xffffffffn ? 8 : 4;
  return [
    ...head(bytes === 8 ? 9 : 6, bytes),
    ...Array.from({ length: bytes }, (_, i) => Number((value >> BigInt(8 * (bytes - 1 - i))) & 255n)),
  ];
}

/** Control byte of a field: types above seven take a second one, sizes above 28 more. */
function head(type: number, size: number): number[] {
  const bits = size < 29 ? size : size < 285 ? 29 : 30;
  const more = size < 29 ? [] : size < 285 ? [size - 29] : big(size - 285, 2);
  return type > 7 ? [bits, type - 7, ...more] : [(type << 5) | bits, ...more];
}

function record(left: number, right: number, bits: 24 | 28 | 32): number[] {
  if (bits === 28) return [...big(left & 0xffffff, 3), ((left >>> 24) << 4) | (right >>> 24), ...big(right & 0xffffff, 3)];
  return [...big(left, bits / 8), ...big(right, bits / 8)];
}

function bitsOf(network: string, ipVersion: 4 | 6): number[] {
  const [address, length] = ipaddr.parseCIDR(network);
  const bits = address.toByteArray().flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >>> (7 - i)) & 1));
  const prefix = address.kind() === 'ipv4' && ipVersion === 6 ? new Array<number>(96).fill(0) : [];
  return [...prefix, ...bits.slice(0, length)];
}

const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);
const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
