import { createHash } from 'node:crypto';
import { isGrease } from './versions';

/** What a hello says of the software that sent it, in the order of the wire. */
export interface HelloFacts {
  readonly isClient: boolean;
  /** The hello's version field. */
  version: number;
  readonly ciphers: number[];
  readonly extensions: number[];
  readonly groups: number[];
  readonly pointFormats: number[];
  readonly signatureAlgorithms: number[];
  readonly versions: number[];
  readonly alpn: Uint8Array[];
  serverName: string | null;
}

export const newFacts = (isClient: boolean, version: number): HelloFacts => ({
  isClient,
  version,
  ciphers: [],
  extensions: [],
  groups: [],
  pointFormats: [],
  signatureAlgorithms: [],
  versions: [],
  alpn: [],
  serverName: null,
});

const SERVER_NAME = 0;
const ALPN = 16;

const withoutGrease = (values: readonly number[]): number[] => values.filter((value) => !isGrease(value));
const dashed = (values: readonly number[]): string => withoutGrease(values).join('-');
const hex4 = (value: number): string => value.toString(16).padStart(4, '0');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
const twoDigits = (count: number): string => String(Math.min(count, 99)).padStart(2, '0');

/** JA3 of a client and JA3S of a server (Salesforce, 2017): decimal numbers and the MD5 of them. */
export function ja3(facts: HelloFacts): readonly [full: string, hash: string] {
  const parts = [String(facts.version), dashed(facts.ciphers), dashed(facts.extensions)];
  if (facts.isClient) parts.push(dashed(facts.groups), facts.pointFormats.join('-'));
  const full = parts.join(',');
  return [full, md5(full)];
}

const JA4_VERSIONS: Readonly<Record<number, string>> = {
  772: '13',
  771: '12',
  770: '11',
  769: '10',
  768: 's3',
  2: 's2',
};

/** First and last character of the first protocol offered; digits of their hexadecimal form where either is not a letter or digit. */
function alpnMark(alpn: Uint8Array | undefined): string {
  const first = alpn?.at(0);
  const last = alpn?.at(-1);
  if (first === undefined || last === undefined) return '00';
  const isAlphanumeric = (byte: number): boolean => /[0-9A-Za-z]/.test(String.fromCharCode(byte));
  if (isAlphanumeric(first) && isAlphanumeric(last)) return String.fromCharCode(first, last);
  return `${(first >> 4).toString(16)}${(last & 15).toString(16)}`;
}

/** JA4 of a Client Hello and its unhashed form (FoxIO, technical details of JA4). 't' TCP, 'q' QUIC. */
export function ja4(facts: HelloFacts, transport: 't' | 'q'): readonly [hash: string, raw: string] {
  const ciphers = withoutGrease(facts.ciphers);
  const extensions = withoutGrease(facts.extensions);
  const offered = withoutGrease(facts.versions);
  const version = offered.length > 0 ? Math.max(...offered) : facts.version;
  const head =
    transport +
    (JA4_VERSIONS[version] ?? '00') +
    (facts.extensions.includes(SERVER_NAME) ? 'd' : 'i') +
    twoDigits(ciphers.length) +
    twoDigits(extensions.length) +
    alpnMark(facts.alpn[0]);
  const cipherList = ciphers.map(hex4).sort().join(',');
  const sorted = extensions
    .filter((type) => type !== SERVER_NAME && type !== ALPN)
    .map(hex4)
    .sort()
    .join(',');
  const algorithms = withoutGrease(facts.signatureAlgorithms).map(hex4).join(',');
  const extensionList = algorithms === '' ? sorted : `${sorted}_${algorithms}`;
  const hash = (text: string, isEmpty: boolean): string => (isEmpty ? '000000000000' : sha256(text));
  return [
    `${head}_${hash(cipherList, ciphers.length === 0)}_${hash(extensionList, extensions.length === 0)}`,
    `${head}_${cipherList}_${extensionList}`,
  ];
}
