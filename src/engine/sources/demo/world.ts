import type { Random } from './random';

/** A host that packets come from or go to. */
export interface Host {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  /** Seconds to it and back. */
  readonly roundTrip: number;
  /** What is left of its packets' hop limit when they arrive here. */
  readonly hopLimit: number;
}

/** Addresses of a provider in one country; the host part is drawn by lot. */
interface Network {
  readonly prefix: readonly number[];
  /** Milliseconds to it and back, from central Europe. */
  readonly milliseconds: number;
}

/** First 16 bits and milliseconds: networks of large providers all over the world. */
const NETWORKS_IPV4 = `
  73.162 155, 108.28 105, 24.5 150, 98.210 152, 107.170 98, 99.224 108, 24.200 104, 189.203 165, 201.141 168, 177.32 205,
  189.6 215, 200.158 208, 181.46 240, 190.18 238, 190.160 245, 181.49 180, 190.236 205, 81.107 28, 86.14 30, 90.196 27,
  86.40 38, 90.63 22, 78.192 20, 84.128 12, 91.4 15, 217.224 18, 84.80 16, 145.53 17, 81.240 19, 83.36 42,
  88.0 44, 85.240 50, 79.0 33, 151.20 30, 85.0 14, 178.192 16, 91.112 19, 81.224 34, 90.224 36, 84.208 38,
  85.76 36, 80.160 27, 83.0 29, 79.184 31, 84.0 24, 86.120 38, 78.83 40, 79.128 48, 93.72 42, 46.118 44,
  95.24 52, 178.64 50, 5.3 58, 78.160 55, 88.224 58, 79.176 62, 188.48 98, 94.200 112, 41.32 68, 105.224 175,
  41.0 172, 105.112 108, 105.160 158, 105.128 60, 117.192 135, 106.192 140, 59.88 138, 39.32 128, 114.80 235, 218.0 245,
  36.32 240, 61.128 255, 112.118 200, 1.160 250, 114.32 252, 121.128 260, 211.32 258, 126.0 235, 60.32 238, 153.128 236,
  1.46 190, 171.96 188, 14.160 205, 113.160 210, 36.68 195, 125.160 198, 60.48 180, 116.86 172, 49.144 215, 1.120 285,
  121.208 290, 101.160 282, 122.56 295, 2.132 78`;
/** First 64 bits. */
const NETWORKS_IPV6 = `
  2600:1700:1:2 120, 2601:600:1:2 155, 2003:e0:1:2 13, 2a01:cb00:1:2 21, 2a02:c7c:1:2 28, 2804:14c:1:2 208, 240b:10:1:2 236,
  2409:4000:1:2 140, 240e:3a0:1:2 245, 2001:8003:1:2 285, 2a02:a440:1:2 16, 2001:2042:1:2 35, 2a02:a310:1:2 30, 2001:2d8:1:2 258`;

const ipv4 = (text: string): number[] => text.split('.').map(Number);
const ipv6 = (text: string): number[] =>
  text.split(':').flatMap((group) => [Number.parseInt(group, 16) >>> 8, Number.parseInt(group, 16) & 255]);

const networksOf = (list: string, parse: (text: string) => number[]): Network[] =>
  list.split(',').map((line) => {
    const [prefix = '', milliseconds = ''] = line.trim().split(' ');
    return { prefix: parse(prefix), milliseconds: Number(milliseconds) };
  });

const IPV4 = networksOf(NETWORKS_IPV4, ipv4);
const IPV6 = networksOf(NETWORKS_IPV6, ipv6);

/** The server whose day it is, in the network of a hosting company in Nuremberg. */
export const OWN_IPV4 = '116.203.96.57';
export const OWN_IPV6 = '2a01:4f8:c17:2f3a::1';
export const SERVER: Host = { address: Uint8Array.from(ipv4(OWN_IPV4)), roundTrip: 0, hopLimit: 64 };
export const SERVER_IPV6: Host = {
  address: Uint8Array.from([...ipv6('2a01:4f8:c17:2f3a'), 0, 0, 0, 0, 0, 0, 0, 1]),
  roundTrip: 0,
  hopLimit: 64,
};
/** Locally administered. */
export const SERVER_MAC = Uint8Array.of(0x96, 0, 0, 0x3a, 0x51, 0x07);
export const GATEWAY_MAC = Uint8Array.of(0xd2, 0x74, 0x7f, 0x6e, 0x37, 0xe3);
export const GATEWAY = Uint8Array.of(172, 31, 1, 1);

/** A host by its address, near or far. */
export const hostAt = (address: string, milliseconds: number, hopLimit = 56): Host => ({
  address: Uint8Array.from(ipv4(address)),
  roundTrip: milliseconds / 1000,
  hopLimit,
});

export const isIpv6 = ({ address }: Host): boolean => address.length === 16;

/** Hosts of the internet, by a number: the same number is the same host, so that visitors come back. */
export class World {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Somebody with IPv4. */
  ipv4(number: number): Host {
    return this.#host(IPV4, number, 2);
  }

  ipv6(number: number): Host {
    return this.#host(IPV6, number, 8);
  }

  /** Somebody who was not here before, most likely. */
  stranger(random: Random): Host {
    return this.ipv4(random.whole(100_000, 1_000_000));
  }

  #host(networks: readonly Network[], number: number, hostBytes: number): Host {
    const drawn = mixed(number ^ this.#seed);
    const more = mixed(drawn + 1);
    const { prefix, milliseconds } = networks[drawn % networks.length] ?? { prefix: [198, 51], milliseconds: 20 };
    const host = Array.from({ length: hostBytes }, (_, i) => (mixed(more + i) >>> 8) & 255);
    // Neither a network's own address nor its broadcast.
    host[hostBytes - 1] = 1 + (more % 254);
    const far = milliseconds + 4 + (more % 16);
    const start = more % 5 < 2 ? 128 : 64;
    return { address: Uint8Array.from([...prefix, ...host]), roundTrip: far / 1000, hopLimit: start - 7 - (drawn % 11) };
  }
}

/** A hash of 32 bits (finaliser of MurmurHash3, Austin Appleby; public domain). */
function mixed(number: number): number {
  let hash = number | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
