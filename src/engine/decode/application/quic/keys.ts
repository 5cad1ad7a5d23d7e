import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { u8 } from '../bytes';
import { type LongHeader, QUIC_2 } from './header';

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

/** Initial salts: RFC 9001, 5.2; RFC 9369, 3.3.1; drafts 29 to 32 and 23 to 28 of the former. */
const SALT_1 = bytesOf('38762cf7f55934b34d179ae6a4c80cadccbb7f0a');
const SALT_2 = bytesOf('0dede3def700a6db819381be6e269dcbf9bd2ed9');
const SALT_DRAFT_29 = bytesOf('afbfec289993d24c9e9786f19c6111e04390a899');
const SALT_DRAFT_23 = bytesOf('c3eef712c72ebb5a11a7d2432bb46365bef9f502');

const TAG_LENGTH = 16;
const SAMPLE_LENGTH = 16;

export interface InitialKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly headerKey: Uint8Array;
}

function saltOf(version: number): Uint8Array {
  if (version === QUIC_2) return SALT_2;
  const draft = version >>> 8 === 0xff0000 ? version & 0xff : 0;
  if (draft === 0 || draft > 32) return SALT_1;
  return draft >= 29 ? SALT_DRAFT_29 : SALT_DRAFT_23;
}

/** HKDF-Expand-Label of TLS 1.3 (RFC 8446, 7.1) with an empty context; up to 32 bytes. */
function expandLabel(secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = `tls13 ${label}`;
  const info = Buffer.concat([Buffer.from([0, length, name.length]), Buffer.from(name), Buffer.from([0, 1])]);
  return createHmac('sha256', secret).update(info).digest().subarray(0, length);
}

/** Keys of Initial packets, which anybody can derive from the client's first Destination Connection ID (RFC 9001, 5.2). */
export function initialKeys(version: number, connectionId: Uint8Array, fromServer: boolean): InitialKeys {
  const initial = createHmac('sha256', saltOf(version)).update(connectionId).digest();
  const secret = expandLabel(initial, fromServer ? 'server in' : 'client in', 32);
  const prefix = version === QUIC_2 ? 'quicv2' : 'quic';
  return {
    key: expandLabel(secret, `${prefix} key`, 16),
    iv: expandLabel(secret, `${prefix} iv`, 12),
    headerKey: expandLabel(secret, `${prefix} hp`, 16),
  };
}

export interface OpenedPacket {
  /** First byte without its protection. */
  readonly first: number;
  readonly number: number;
  readonly numberLength: number;
  readonly payload: Uint8Array;
}

/** Removes header protection and decrypts an Initial packet (RFC 9001, 5.3 and 5.4); null where it is cut off or the keys are others. */
export function openInitial(bytes: Uint8Array, start: number, end: number, header: LongHeader, keys: InitialKeys): OpenedPacket | null {
  const numberStart = header.numberStart;
  if (header.end > end || numberStart + 4 + SAMPLE_LENGTH > header.end) return null;
  const cipher = createCipheriv('aes-128-ecb', keys.headerKey, null);
  const mask = cipher.update(bytes.subarray(numberStart + 4, numberStart + 4 + SAMPLE_LENGTH));
  const first = u8(bytes, start) ^ (u8(mask, 0) & 0x0f);
  const numberLength = (first & 3) + 1;
  const associated = bytes.slice(start, numberStart + numberLength);
  associated[0] = first;
  let number = 0;
  for (let i = 0; i < numberLength; i++) {
    const byte = u8(bytes, numberStart + i) ^ u8(mask, 1 + i);
    associated[numberStart - start + i] = byte;
    number = number * 256 + byte;
  }
  const payloadStart = numberStart + numberLength;
  const tagStart = header.end - TAG_LENGTH;
  if (tagStart < payloadStart) return null;
  const nonce = Uint8Array.from(keys.iv);
  for (let i = 0; i < 4; i++) nonce[11 - i] = u8(nonce, 11 - i) ^ ((number >>> (8 * i)) & 0xff);
  const decipher = createDecipheriv('aes-128-gcm', keys.key, nonce);
  decipher.setAAD(associated);
  decipher.setAuthTag(bytes.subarray(tagStart, header.end));
  const payload = decipher.update(bytes.subarray(payloadStart, tagStart));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return { first, number, numberLength, payload };
}
