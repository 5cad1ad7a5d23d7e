import ipaddr from 'ipaddr.js';

const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

/** Bytes of an IPv4, IPv6 or MAC address as people write it. */
export const addressBytes = (text: string): Uint8Array =>
  MAC.test(text)
    ? Uint8Array.from(text.split(':'), (part) => Number.parseInt(part, 16))
    : Uint8Array.from(ipaddr.parse(text).toByteArray());

export const isMac = (text: string): boolean => MAC.test(text);
export const isIpv6 = (text: string): boolean => text.includes(':') && !isMac(text);

/** A locally administered MAC address made of the last four bytes of an IP address: a host keeps its own. */
export const macOf = (ip: string): string =>
  ['02', '00', ...[...addressBytes(ip).slice(-4)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
