import { createCipheriv } from 'node:crypto';
import { wire } from './wire';

/** RFC 9001, appendix A.1: the client's Initial keys for the Destination Connection ID 0x8394c8f03e515708. */
export const CONNECTION_ID = '8394c8f03e515708';
const KEY = wire('1f369613dd76d5467730efcbe3b1a22d');
const IV = wire('fa044b2f42a3fd3b46fb255c');
const HEADER_KEY = wire('9f50449e04a0e810283a1e9933adedd2');

/** RFC 9001, appendix A.2: the CRYPTO frame of the sample client Initial. */
export const SAMPLE_CRYPTO = wire(
  '060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578' +
    '616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e000500050100000000003300260024001d00209370b2c9caa47fba' +
    'baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e0403050306030203080408050806002d00020101001c0002400100' +
    '3900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806048000ffff',
);

export const CLIENT_HELLO = SAMPLE_CRYPTO.subarray(4);

/** A CRYPTO frame with some bytes of a stream. */
export const cryptoFrame = (stream: Uint8Array, from: number, to: number): Uint8Array =>
  Uint8Array.from([6, 0x40 | (from >> 8), from & 0xff, 0x40 | ((to - from) >> 8), (to - from) & 0xff, ...stream.subarray(from, to)]);

/** A protected client Initial of 1,200 bytes with these frames, padded (RFC 9001, 5.3 and 5.4). */
export function clientInitial(number: number, frames: Uint8Array): Uint8Array {
  const header = wire(`c3 00000001 08 ${CONNECTION_ID} 00 00 449e ${number.toString(16).padStart(8, '0')}`);
  const plain = new Uint8Array(1200 - header.length - 16);
  plain.set(frames);
  const nonce = Uint8Array.from(IV);
  nonce[11] = (nonce[11] ?? 0) ^ number;
  const cipher = createCipheriv('aes-128-gcm', KEY, nonce);
  cipher.setAAD(header);
  const packet = Uint8Array.from([...header, ...cipher.update(plain), ...cipher.final(), ...cipher.getAuthTag()]);
  const at = header.length - 4;
  const mask = createCipheriv('aes-128-ecb', HEADER_KEY, null).update(packet.subarray(at + 4, at + 20));
  packet[0] = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & 0x0f);
  for (let i = 0; i < 4; i++) packet[at + i] = (packet[at + i] ?? 0) ^ (mask[1 + i] ?? 0);
  return packet;
}
