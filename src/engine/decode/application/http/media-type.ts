import { protocolNames } from '../../protocol-names';
import { startsWith } from './head';

const HTTP = protocolNames.id('HTTP');
const JSON_BODY = protocolNames.id('HTTP/JSON');
const XML_BODY = protocolNames.id('HTTP/XML');
const OCSP = protocolNames.id('OCSP');
const IPP = protocolNames.id('IPP');

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const APPLICATION_OCSP = bytesOf('application/ocsp-re');
const APPLICATION_IPP = bytesOf('application/ipp');
const JSON_NAME = bytesOf('json');
const XML_NAME = bytesOf('xml');

/** Protocol column for a message with a body of the media type bytes[start..end): Wireshark names the body's protocol too. */
export function protocolOfMediaType(bytes: Uint8Array, start: number, end: number): number {
  let stop = start;
  let subtype = start;
  for (; stop < end; stop++) {
    const byte = bytes[stop];
    if (byte === 0x3b || byte === 0x20) break;
    // '/' and '+': what follows the last of them is the syntax ('application/problem+json').
    if (byte === 0x2f || byte === 0x2b) subtype = stop + 1;
  }
  if (stop - subtype === JSON_NAME.length && startsWith(bytes, subtype, stop, JSON_NAME)) return JSON_BODY;
  if (stop - subtype === XML_NAME.length && startsWith(bytes, subtype, stop, XML_NAME)) return XML_BODY;
  if (startsWith(bytes, start, stop, APPLICATION_OCSP)) return OCSP;
  if (startsWith(bytes, start, stop, APPLICATION_IPP)) return IPP;
  return HTTP;
}
