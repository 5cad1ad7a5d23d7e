/** Words for DNS numbers (IANA, Domain Name System Parameters). */

/** Record types: short name for lists, long one for the tree where people use it. */
const TYPES: Readonly<Record<number, readonly [string, string?]>> = {
  1: ['A', 'Host Address'],
  2: ['NS', 'authoritative Name Server'],
  5: ['CNAME', 'Canonical NAME for an alias'],
  6: ['SOA', 'Start Of a zone of Authority'],
  10: ['NULL'],
  11: ['WKS', 'well known service description'],
  12: ['PTR', 'domain name PoinTeR'],
  13: ['HINFO', 'host information'],
  15: ['MX', 'Mail eXchange'],
  16: ['TXT', 'Text strings'],
  17: ['RP', 'for Responsible Person'],
  18: ['AFSDB'],
  24: ['SIG', 'security signature'],
  25: ['KEY', 'security key'],
  28: ['AAAA', 'IPv6 Address'],
  29: ['LOC', 'Location Information'],
  33: ['SRV', 'Server Selection'],
  35: ['NAPTR', 'Naming Authority Pointer'],
  37: ['CERT'],
  38: ['A6'],
  39: ['DNAME'],
  41: ['OPT'],
  42: ['APL'],
  43: ['DS', 'Delegation Signer'],
  44: ['SSHFP', 'SSH Key Fingerprint'],
  45: ['IPSECKEY'],
  46: ['RRSIG', 'Resource Record Signature'],
  47: ['NSEC', 'Next Secure'],
  48: ['DNSKEY', 'DNS Public Key'],
  49: ['DHCID'],
  50: ['NSEC3', 'Next Secure v3'],
  51: ['NSEC3PARAM', 'NSEC3 parameters'],
  52: ['TLSA'],
  53: ['SMIMEA'],
  55: ['HIP', 'Host Identity Protocol'],
  59: ['CDS', 'Child DS'],
  60: ['CDNSKEY', 'DNSKEY(s) the Child wants reflected in DS'],
  61: ['OPENPGPKEY'],
  62: ['CSYNC', 'Child-To-Parent Synchronization'],
  63: ['ZONEMD'],
  64: ['SVCB', 'General Purpose Service Endpoints'],
  65: ['HTTPS', 'HTTPS Specific Service Endpoints'],
  99: ['SPF'],
  249: ['TKEY', 'Transaction Key'],
  250: ['TSIG', 'Transaction Signature'],
  251: ['IXFR', 'incremental transfer'],
  252: ['AXFR', 'transfer of an entire zone'],
  255: ['ANY', 'any record'],
  256: ['URI'],
  257: ['CAA', 'Certification Authority Restriction'],
  65305: ['WINS'],
};

/** 'A'; 'Unknown (1234)' without brackets in lists of records: 'TYPE1234' is what RFC 3597 calls them. */
export const typeName = (type: number): string => TYPES[type]?.[0] ?? `Unknown (${type})`;

/** 'A (Host Address) (1)'. */
export function typeWords(type: number): string | undefined {
  const known = TYPES[type];
  if (known === undefined) return 'Unknown';
  return known[1] === undefined ? known[0] : `${known[0]} (${known[1]})`;
}

export const CLASSES: Readonly<Record<number, string>> = { 1: 'IN', 2: 'CS', 3: 'CH', 4: 'HS', 254: 'NONE', 255: 'ANY' };

export const OPCODES: Readonly<Record<number, string>> = {
  0: 'Standard query',
  1: 'Inverse query',
  2: 'Server status request',
  4: 'Zone change notification',
  5: 'Dynamic update',
  6: 'DNS stateful operations',
};

export const RCODES: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'Format error',
  2: 'Server failure',
  3: 'No such name',
  4: 'Not implemented',
  5: 'Refused',
  6: 'Name exists',
  7: 'RRset exists',
  8: 'RRset does not exist',
  9: 'Not authoritative',
  10: 'Name out of zone',
  11: 'DSO-TYPE not implemented',
};

export const EDNS_OPTIONS: Readonly<Record<number, string>> = {
  1: 'LLQ - Long-lived query',
  2: 'UL - Update lease',
  3: 'NSID - Name Server Identifier',
  5: 'DAU - DNSSEC Algorithm Understood',
  6: 'DHU - DS Hash Understood',
  7: 'N3U - NSEC3 Hash Understood',
  8: 'CSUBNET - Client subnet',
  9: 'EDNS EXPIRE',
  10: 'COOKIE',
  11: 'EDNS TCP Keepalive',
  12: 'PADDING',
  13: 'CHAIN',
  15: 'Extended DNS Error',
};

export const SVC_PARAMS: Readonly<Record<number, string>> = {
  0: 'mandatory',
  1: 'alpn',
  2: 'no-default-alpn',
  3: 'port',
  4: 'ipv4hint',
  5: 'ech',
  6: 'ipv6hint',
  7: 'dohpath',
};

export const DNSSEC_ALGORITHMS: Readonly<Record<number, string>> = {
  1: 'RSA/MD5',
  3: 'DSA',
  5: 'RSA/SHA1',
  6: 'DSA-NSEC3-SHA1',
  7: 'RSASHA1-NSEC3-SHA1',
  8: 'RSA/SHA-256',
  10: 'RSA/SHA-512',
  13: 'ECDSA Curve P-256 with SHA-256',
  14: 'ECDSA Curve P-384 with SHA-384',
  15: 'Ed25519',
  16: 'Ed448',
};
export const DS_DIGESTS: Readonly<Record<number, string>> = { 1: 'SHA-1', 2: 'SHA-256', 3: 'GOST R 34.11-94', 4: 'SHA-384' };
