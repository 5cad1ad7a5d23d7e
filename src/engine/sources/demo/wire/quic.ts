import { createCipheriv, createHmac } from 'node:crypto';
import type { Random } from '../random';
import { ascii, concat, u16, u32 } from './bytes';
import { clientHello, quicTransportParameters, serverHello } from './tls';

/** RFC 9001, 5.2. */
const SALT = Buffer.from('38762cf7f55934b34d179ae6a4c80cadccbb7f0a', 'hex');
const VERSION_1 = [0, 0, 0, 1];
const LONG_INITIAL = 0xc3;
const PACKET_NUMBER_BYTES = 4;
const TAG = 16;
/** Datagrams with an Initial are filled up to this (RFC 9000, 14.1). */
export const INITIAL_SIZE = 1200;

const hmac = (key: Uint8Array, data: Uint8Array): Uint8Array => createHmac('sha256', key).update(data).digest();

/** HKDF-Expand-Label (RFC 8446, 7.1) of one block. */
function expand(secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = ascii(`tls13 ${label}`);
  return hmac(secret, concat(u16(length), [name.length], name, [0, 1])).subarray(0, length);
}

interface Initial {
  /** Of the client's first packet: both sides' keys come of it. */
  readonly original: Uint8Array;
  readonly from: 'client' | 'server';
  readonly destination: Uint8Array;
  readonly source: Uint8Array;
  readonly number: number;
  readonly frames: Uint8Array;
}

/** A protected Initial that fills a datagram (RFC 9001, 5). */
function initial({ original, from, destination, source, number, frames }: Initial): Uint8Array {
  const secret = expand(hmac(SALT, original), `${from} in`, 32);
  const nonce = expand(secret, 'quic iv', 12);
  nonce[11] = (nonce[11] ?? 0) ^ number;
  const start = concat([LONG_INITIAL], VERSION_1, [destination.length], destination, [source.length], source, [0]);
  const length = INITIAL_SIZE - start.length - 2;
  const header = concat(start, u16(0x4000 | length), u32(number));
  const plain = new Uint8Array(length - PACKET_NUMBER_BYTES - TAG);
  plain.set(frames);
  const cipher = createCipheriv('aes-128-gcm', expand(secret, 'quic key', 16), nonce);
  cipher.setAAD(header);
  const packet = concat(header, cipher.update(plain), cipher.final(), cipher.getAuthTag());
  const at = header.length - PACKET_NUMBER_BYTES;
  const sample = packet.subarray(at + 4, at + 20);
  const mask = createCipheriv('aes-128-ecb', expand(secret, 'quic hp', 16), null).update(sample);
  packet[0] = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & 0x0f);
  for (let i = 0; i < PACKET_NUMBER_BYTES; i++) packet[at + i] = (packet[at + i] ?? 0) ^ (mask[1 + i] ?? 0);
  return packet;
}

const cryptoFrame = (message: Uint8Array): Uint8Array => concat([6, 0], u16(0x4000 | message.length), message);
const ACKNOWLEDGES_FIRST = [2, 0, 0, 0, 0];

/** First datagrams of both sides, and the connection ID that the client's later ones have. */
export function quicHandshake(
  random: Random,
  name: string,
): { readonly hello: Uint8Array; readonly answer: Uint8Array; readonly id: Uint8Array } {
  const [original, client, server] = [random.bytes(8), random.bytes(8), random.bytes(8)];
  const hello = clientHello(random, name, [quicTransportParameters(client)], 0, ['h3']);
  const common = { original, number: 0 } as const;
  return {
    hello: initial({ ...common, from: 'client', destination: original, source: client, frames: cryptoFrame(hello) }),
    answer: initial({
      ...common,
      from: 'server',
      destination: client,
      source: server,
      frames: concat(ACKNOWLEDGES_FIRST, cryptoFrame(serverHello(random, 0))),
    }),
    id: server,
  };
}

/** A packet of the established connection (RFC 9000, 17.3); who receives it gave out the ID. */
export const quicData = (random: Random, id: Uint8Array, length: number): Uint8Array =>
  concat([0x40 | (random.word() & 0x3f)], id, random.bytes(length));
