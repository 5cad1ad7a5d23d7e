import { protocolNames } from '../../protocol-names';

/** Versions that a session can have, as the number on the wire and Wireshark's name for the Protocol column. Index 0: not known yet. */
const VERSIONS: readonly (readonly [number, string])[] = [
  [0, 'SSL'],
  [0x0002, 'SSLv2'],
  [0x0300, 'SSLv3'],
  [0x0301, 'TLSv1'],
  [0x0302, 'TLSv1.1'],
  [0x0303, 'TLSv1.2'],
  [0x0304, 'TLSv1.3'],
  [0x0101, 'TLCP'],
];
const IDS = VERSIONS.map(([, name]) => protocolNames.id(name));

export const UNKNOWN = 0;
export const SSL_2 = 1;

/** Index of a version number; drafts of TLS 1.3 (0x7f00 and the number of the draft, 0xfb00 for Facebook's) count as it. 0: not a version. */
export function versionIndex(version: number): number {
  const high = version >>> 8;
  if ((high === 0x7f && (version & 0xff) >= 12) || high === 0xfb) return 6;
  for (let i = 1; i < VERSIONS.length; i++) if (VERSIONS[i]?.[0] === version) return i;
  return UNKNOWN;
}

/** Id of the Protocol column's text. */
export const versionProtocol = (index: number): number => IDS[index] ?? IDS[0] ?? 0;

/** 'TLSv1.2'. */
export const versionTitle = (index: number): string => VERSIONS[index]?.[1] ?? 'SSL';

/** RFC 8701: 0x0a0a, 0x1a1a ... are offered so that servers learn to ignore what they do not know. */
export const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >>> 8 === (value & 0xff);
