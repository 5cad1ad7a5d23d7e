import { u24 } from '../bytes';

/** First byte of the four that begin a message; 'SMB' follows. */
export const SMB1 = 0xff;
export const SMB2 = 0xfe;
export const SMB2_ENCRYPTED = 0xfd;
export const SMB2_COMPRESSED = 0xfc;

export const isSmb = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= 4 && (bytes[at] ?? 0) >= SMB2_COMPRESSED && u24(bytes, at + 1) === 0x534d42;
