import type { FieldNode, FlowRow } from '../../shared/model/records';

/** Pieces of filter text made from what a person points at. Names and quoting are those of the filter language (Wireshark's). */

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
const FIELD_NAME = /^[a-z_][\w.-]*$/i;
/** Longest byte value that is worth comparing; a longer one makes a filter that nobody can read. */
const MAX_BYTES = 64;

type Side = 'src' | 'dst' | 'addr';

/** 'ip.src == 10.0.0.1'; null where the text is no address (a host name, a bus id). */
export function addressTest(side: Side, address: string): string | null {
  if (IPV4.test(address)) return `ip.${side} == ${address}`;
  if (MAC.test(address)) return `eth.${side} == ${address}`;
  if (address.includes(':') && /^[0-9a-f:.]+$/i.test(address)) return `ipv6.${side} == ${address}`;
  return null;
}

/** 'TLSv1.3' is tested as 'tls', 'HTTP/JSON' as 'http', 'SSHv2' as 'ssh'; null where the name can be no field. */
export function protocolTest(protocol: string): string | null {
  const name = protocol
    .toLowerCase()
    .replace(/^tlsv.*|^sslv.*/, 'tls')
    .replace(/[/ ].*$/, '')
    .replace(/^(ssh|snmp|igmp|ntp|smb)v?\d.*$/, '$1')
    .replace(/^802\.11$/, 'wlan')
    .replace(/-/g, '_');
  return FIELD_NAME.test(name) ? name : null;
}

/** '_ws.col.protocol == "TLSv1.3"': exactly what the Protocol column says. */
export const protocolColumnTest = (protocol: string): string => `_ws.col.protocol == ${quoted(protocol)}`;

export function quoted(text: string): string {
  const escaped = Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
    return character === '"' || character === '\\' ? `\\${character}` : character;
  });
  return `"${escaped.join('')}"`;
}

const hexBytes = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');

/** 'tcp.dstport == 443', or the bare name where the field has no value that can be written. Null for a text without a name. */
export function fieldTest({ name, value }: Pick<FieldNode, 'name' | 'value'>): string | null {
  if (!FIELD_NAME.test(name)) return null;
  if (value === null) return name;
  if (typeof value === 'boolean') return `${name} == ${value ? 1 : 0}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `${name} == ${value}`;
  if (typeof value === 'string') return `${name} == ${isBareAddress(value) ? value : quoted(value)}`;
  return value.length === 0 || value.length > MAX_BYTES ? name : `${name} == ${hexBytes(value)}`;
}

const isBareAddress = (text: string): boolean => addressTest('addr', text) !== null;

const needsParentheses = (text: string): boolean => /\|\||\bor\b/i.test(text);
const wrapped = (text: string): string => (needsParentheses(text) ? `(${text})` : text);

/** Both must hold. The same test is not written twice. */
export function also(text: string, test: string): string {
  const base = text.trim();
  if (base === '') return test;
  if (base === test || base.endsWith(` && ${wrapped(test)}`)) return base;
  return `${wrapped(base)} && ${wrapped(test)}`;
}

/** '!(ip.src == 10.0.0.1)': unlike '!=' also true for packets without the field. */
export const not = (test: string): string => `!(${test})`;

/** 'flow == 12': the packets that the engine counted to this flow. */
export const flowNumberTest = (flow: Pick<FlowRow, 'index'>): string => `flow == ${flow.index}`;

/** 'tcp.port == 443'; null for a protocol without ports. */
export function portTest(transport: string, port: number | null): string | null {
  const name = transport.toLowerCase();
  return port === null || !WITH_PORTS.includes(name) ? null : `${name}.port == ${port}`;
}

/** Packets that say this host name: the DNS question, the TLS server name, the HTTP host. */
export const hostNameTest = (name: string): string =>
  ['dns.qry.name', 'tls.handshake.extensions_server_name', 'http.host'].map((field) => `${field} == ${quoted(name)}`).join(' || ');

/** Packets with an end in this country, ISO 3166. */
export const countryTest = (code: string): string => `country == ${quoted(code)}`;

/** Packets of flows that ended so: one of Zeek's states. */
export const flowStateTest = (state: string): string => `flow.state == ${quoted(state)}`;

/** Packets of flows of this program. */
export const processTest = (name: string): string => `flow.process == ${quoted(name)}`;

interface Ends {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
}

const WITH_PORTS = ['tcp', 'udp', 'sctp'];

/** 'ip.addr == 10.0.0.1 && ip.addr == 10.0.0.4 && tcp.port == 41022 && tcp.port == 22'. */
export function conversationTest(transport: string, { source, destination, sourcePort, destinationPort }: Ends): string | null {
  const ends = [addressTest('addr', source), addressTest('addr', destination)];
  if (ends.includes(null)) return null;
  if (!WITH_PORTS.includes(transport) || sourcePort === null || destinationPort === null) return ends.join(' && ');
  return [...ends, `${transport}.port == ${sourcePort}`, `${transport}.port == ${destinationPort}`].join(' && ');
}
