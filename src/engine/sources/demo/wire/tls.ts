import type { Random } from '../random';
import { ascii, concat, u16, u24 } from './bytes';

const Content = { ChangeCipherSpec: 20, Handshake: 22, ApplicationData: 23 } as const;
const TLS_1_0 = 0x0301;
const TLS_1_2 = 0x0303;
const MAX_RECORD = 16_384;
/** Of AEAD ciphers: tag and content type (RFC 8446, 5.2). */
const RECORD_OVERHEAD = 17;

/** What a client offers, as browsers and libraries do. */
interface Profile {
  readonly ciphers: readonly number[];
  readonly groups: readonly number[];
  readonly signatures: readonly number[];
  readonly alpn: readonly string[];
}

const PROFILES: readonly [Profile, ...Profile[]] = [
  {
    ciphers: [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035],
    groups: [0x001d, 0x0017, 0x0018],
    signatures: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
    alpn: ['h2', 'http/1.1'],
  },
  {
    ciphers: [0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030, 0xc00a, 0xc009, 0xc013, 0xc014, 0x009c],
    groups: [0x001d, 0x0017, 0x0018, 0x0019, 0x0100, 0x0101],
    signatures: [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203],
    alpn: ['h2', 'http/1.1'],
  },
  {
    ciphers: [0x1302, 0x1303, 0x1301, 0xc02c, 0xc030, 0x009f, 0xcca9, 0xcca8, 0xc02b, 0xc02f, 0x009e, 0xc024, 0xc028, 0x006b],
    groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
    signatures: [0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x0804, 0x0805, 0x0806, 0x0401],
    alpn: ['http/1.1'],
  },
];

const extension = (type: number, ...data: readonly ArrayLike<number>[]): Uint8Array => {
  const body = concat(...data);
  return concat(u16(type), u16(body.length), body);
};
const list16 = (values: readonly number[]): number[] => [...u16(values.length * 2), ...values.flatMap(u16)];
const withLength16 = (bytes: Uint8Array): Uint8Array => concat(u16(bytes.length), bytes);
const message = (type: number, body: Uint8Array): Uint8Array => concat([type], u24(body.length), body);
const record = (type: number, body: Uint8Array, version = TLS_1_2): Uint8Array => concat([type], u16(version), u16(body.length), body);

/** A Client Hello as a handshake message (RFC 8446, 4.1.2); `more`: further extensions, `session`: QUIC has none. */
export function clientHello(
  random: Random,
  name: string,
  more: readonly Uint8Array[] = [],
  session = 32,
  alpn?: readonly string[],
): Uint8Array {
  const profile = random.pick(PROFILES);
  const host = ascii(name);
  const protocols = concat(...(alpn ?? profile.alpn).map((protocol) => concat([protocol.length], ascii(protocol))));
  const extensions = concat(
    extension(0, u16(host.length + 3), [0], withLength16(host)),
    extension(23),
    extension(10, list16(profile.groups)),
    extension(16, withLength16(protocols)),
    extension(13, list16(profile.signatures)),
    extension(51, u16(36), u16(0x001d), u16(32), random.bytes(32)),
    extension(45, [1, 1]),
    extension(43, [4], u16(0x0304), u16(TLS_1_2)),
    ...more,
  );
  const ciphers = list16(profile.ciphers);
  return message(1, concat(u16(TLS_1_2), random.bytes(32), [session], random.bytes(session), ciphers, [1, 0], withLength16(extensions)));
}

/** A Server Hello of TLS 1.3. */
export function serverHello(random: Random, session = 32): Uint8Array {
  const extensions = concat(extension(51, u16(0x001d), u16(32), random.bytes(32)), extension(43, u16(0x0304)));
  return message(2, concat(u16(TLS_1_2), random.bytes(32), [session], random.bytes(session), u16(0x1301), [0], withLength16(extensions)));
}

export const quicTransportParameters = (connectionId: Uint8Array): Uint8Array =>
  extension(57, [1, 4, 0x80, 0, 0x75, 0x30], [4, 4, 0x80, 0x10, 0, 0], [8, 2, 0x40, 0x64], [15, connectionId.length], connectionId);

/** So much encrypted data, in records. */
export function encrypted(random: Random, length: number): Uint8Array {
  const records: Uint8Array[] = [];
  for (let left = length; left > 0; left -= MAX_RECORD)
    records.push(record(Content.ApplicationData, random.bytes(Math.min(MAX_RECORD, left) + RECORD_OVERHEAD)));
  return concat(...records);
}

const changeCipherSpec = record(Content.ChangeCipherSpec, Uint8Array.of(1));

/** Flights of a TLS 1.3 handshake. */
export const tls = {
  hello: (random: Random, name: string): Uint8Array => record(Content.Handshake, clientHello(random, name), TLS_1_0),
  /** Server Hello, and encrypted the certificate and the rest. */
  answer: (random: Random): Uint8Array =>
    concat(
      record(Content.Handshake, serverHello(random)),
      changeCipherSpec,
      encrypted(random, 36),
      encrypted(random, random.whole(2300, 3100)),
    ),
  finished: (random: Random): Uint8Array => concat(changeCipherSpec, encrypted(random, 53)),
} as const;
