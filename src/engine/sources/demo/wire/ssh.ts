import type { Random } from '../random';
import { ascii, concat, u32 } from './bytes';

const Message = { KeyExchangeInit: 20, NewKeys: 21, EcdhInit: 30, EcdhReply: 31 } as const;
const BLOCK = 8;
const MIN_PADDING = 4;
const KEY_EXCHANGE = 'curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,diffie-hellman-group16-sha512';
const HOST_KEYS = 'rsa-sha2-512,rsa-sha2-256,ecdsa-sha2-nistp256,ssh-ed25519';
const CIPHERS = 'chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com';
const MACS = 'umac-64-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256';

const string = (bytes: Uint8Array): Uint8Array => concat(u32(bytes.length), bytes);
const text = (value: string): Uint8Array => string(ascii(value));

/** A packet before there are keys (RFC 4253, 6). */
function packet(payload: Uint8Array): Uint8Array {
  const padding = MIN_PADDING + ((BLOCK - ((5 + payload.length + MIN_PADDING) % BLOCK)) % BLOCK);
  return concat(u32(1 + payload.length + padding), [padding], payload, new Uint8Array(padding));
}

function keyExchangeInit(random: Random): Uint8Array {
  const lists = [KEY_EXCHANGE, HOST_KEYS, CIPHERS, CIPHERS, MACS, MACS, 'none', 'none', '', ''];
  return packet(concat([Message.KeyExchangeInit], random.bytes(16), ...lists.map(text), [0, 0, 0, 0, 0]));
}

/** Both sides' messages up to the keys, in their order; true: the client's. */
export function sshHandshake(
  random: Random,
  client: string,
  server: string,
): readonly (readonly [fromClient: boolean, bytes: Uint8Array])[] {
  const hostKey = concat(text('ssh-ed25519'), string(random.bytes(32)));
  const signature = concat(text('ssh-ed25519'), string(random.bytes(64)));
  const reply = concat([Message.EcdhReply], string(hostKey), string(random.bytes(32)), string(signature));
  const newKeys = packet(Uint8Array.of(Message.NewKeys));
  return [
    [true, ascii(`SSH-2.0-${client}\r\n`)],
    [false, ascii(`SSH-2.0-${server}\r\n`)],
    [true, keyExchangeInit(random)],
    [false, keyExchangeInit(random)],
    [true, packet(concat([Message.EcdhInit], string(random.bytes(32))))],
    [false, concat(packet(reply), newKeys)],
    [true, newKeys],
  ];
}

/** Bytes of encrypted packets with chacha20-poly1305@openssh.com, by what they say. */
export const SshSize = {
  /** SERVICE_REQUEST and SERVICE_ACCEPT. */
  Service: 44,
  /** USERAUTH_REQUEST that asks what is allowed, or has a password (OpenSSH hides its length). */
  Ask: 60,
  Password: 148,
  PublicKey: 500,
  /** The server knows the key. */
  KeyKnown: 468,
  Refused: 52,
  Accepted: 28,
  Keystroke: 36,
} as const;

/** Size of an encrypted packet with about so many bytes. */
export const sshPacket = (payload: number): number => 20 + 8 * Math.ceil(payload / 8);
