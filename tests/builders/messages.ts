import { addressBytes } from './addresses';
import { ascii, be16, be24, be32, join } from './layers';

const RECORD_TYPES: Readonly<Record<string, number>> = { A: 1, NS: 2, CNAME: 5, NULL: 10, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33 };

const recordType = (name: string): number => {
  const type = RECORD_TYPES[name];
  if (type === undefined) throw new Error(`not a DNS record type: ${name}`);
  return type;
};

/** A domain name as labels, not compressed. */
export const dnsName = (name: string): Uint8Array =>
  join(...name.split('.').map((label) => join([label.length], ascii(label))), name === '' ? [] : [0]);

export interface Dns {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** All 16 bits; a query and an answer have their usual ones if left out. */
  readonly flags: number;
  /** Addresses (A, AAAA) or a name (CNAME), each its own record for the question's name. */
  readonly answers: readonly string[];
}

const isAddress = (text: string): boolean => /^[\d.]+$/.test(text) || text.includes(':');

/** RFC 1035. */
export function dns({ id = 0x1234, name = 'example.com', type = 'A', answers, flags }: Partial<Dns> = {}): Uint8Array {
  const records = (answers ?? []).map((answer) => {
    const data = isAddress(answer) ? addressBytes(answer) : dnsName(answer);
    const answerType = isAddress(answer) ? (data.length === 4 ? 1 : 28) : 5;
    return join([0xc0, 12], be16(answerType), be16(1), be32(300), be16(data.length), data);
  });
  const counts = [be16(1), be16(records.length), be16(0), be16(0)].flat();
  const bits = flags ?? (answers ? 0x8180 : 0x0100);
  return join(be16(id), be16(bits), counts, dnsName(name), be16(recordType(type)), be16(1), ...records);
}

export const dnsQuery = (name: string, more: Partial<Dns> = {}): Uint8Array => dns({ name, ...more });

export const dnsAnswer = (name: string, answers: readonly string[], more: Partial<Dns> = {}): Uint8Array => dns({ name, answers, ...more });

/** As DNS goes over TCP: two bytes of length before the message. */
export const dnsOverTcp = (message: Uint8Array): Uint8Array => join(be16(message.length), message);

export interface ClientHello {
  readonly serverName: string | null;
  readonly alpn: readonly string[];
  readonly versions: readonly number[];
  readonly cipherSuites: readonly number[];
  /** Makes the hello longer (padding extension, RFC 7685). */
  readonly padding: number;
}

const extension = (type: number, body: Uint8Array): Uint8Array => join(be16(type), be16(body.length), body);

/** A TLS record of any type. */
export const tlsRecord = (type: number, body: Uint8Array, version = 0x0303): Uint8Array =>
  join([type], be16(version), be16(body.length), body);

export const handshake = (type: number, body: Uint8Array): Uint8Array => join([type], be24(body.length), body);

/** RFC 8446, 4.1.2, within its record. */
export function tlsClientHello(hello: Partial<ClientHello> = {}): Uint8Array {
  const { serverName = 'example.com', alpn = [], versions = [], cipherSuites = [0x1301, 0xc02f], padding = 0 } = hello;
  const name = ascii(serverName ?? '');
  const names = alpn.map((one) => join([one.length], ascii(one)));
  const extensions = join(
    serverName === null ? [] : extension(0, join(be16(name.length + 3), [0], be16(name.length), name)),
    alpn.length === 0 ? [] : extension(16, join(be16(join(...names).length), ...names)),
    versions.length === 0 ? [] : extension(43, join([versions.length * 2], versions.flatMap(be16))),
    padding === 0 ? [] : extension(21, new Uint8Array(padding)),
  );
  const body = join(
    be16(0x0303),
    new Uint8Array(32).fill(0x11),
    [0],
    be16(cipherSuites.length * 2),
    cipherSuites.flatMap(be16),
    [1, 0],
    be16(extensions.length),
    extensions,
  );
  return tlsRecord(22, handshake(1, body), 0x0301);
}

/** RFC 5246, 7.4.1.3. */
export const tlsServerHello = (cipherSuite = 0xc02f, version = 0x0303): Uint8Array =>
  tlsRecord(22, handshake(2, join(be16(version), new Uint8Array(32).fill(0x22), [0], be16(cipherSuite), [0])));

export const tlsApplicationData = (length: number): Uint8Array => tlsRecord(23, new Uint8Array(length).fill(0x5a));

export interface HttpMessage {
  readonly method: string;
  readonly uri: string;
  readonly host: string;
  readonly headers: readonly string[];
  readonly body: string;
}

const httpMessage = (start: string, headers: readonly string[], body: string): Uint8Array =>
  ascii(`${[start, ...headers, ...(body === '' ? [] : [`Content-Length: ${body.length}`])].join('\r\n')}\r\n\r\n${body}`);

export const httpRequest = ({ method = 'GET', uri = '/', host = 'example.com', headers = [], body = '' }: Partial<HttpMessage> = {}) =>
  httpMessage(`${method} ${uri} HTTP/1.1`, [`Host: ${host}`, ...headers], body);

export const httpResponse = (status: number, body = '', headers: readonly string[] = []): Uint8Array =>
  httpMessage(`HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Status'}`, body === '' ? ['Content-Length: 0', ...headers] : headers, body);
