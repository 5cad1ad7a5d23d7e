import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('CoAP');
const PAYLOAD_MARKER = 0xff;
const URI_PATH = 11;
const URI_QUERY = 15;

const types: readonly string[] = ['Confirmable', 'Non-Confirmable', 'Acknowledgement', 'Reset'];
const shortTypes: readonly string[] = ['CON', 'NON', 'ACK', 'RST'];
const codes: Readonly<Record<number, string>> = {
  0: 'Empty Message',
  1: 'GET',
  2: 'POST',
  3: 'PUT',
  4: 'DELETE',
  5: 'FETCH',
  6: 'PATCH',
  7: 'iPATCH',
  65: '2.01 Created',
  66: '2.02 Deleted',
  67: '2.03 Valid',
  68: '2.04 Changed',
  69: '2.05 Content',
  95: '2.31 Continue',
  128: '4.00 Bad Request',
  129: '4.01 Unauthorized',
  130: '4.02 Bad Option',
  131: '4.03 Forbidden',
  132: '4.04 Not Found',
  133: '4.05 Method Not Allowed',
  134: '4.06 Not Acceptable',
  140: '4.12 Precondition Failed',
  141: '4.13 Request Entity Too Large',
  143: '4.15 Unsupported Content-Format',
  160: '5.00 Internal Server Error',
  161: '5.01 Not Implemented',
  162: '5.02 Bad Gateway',
  163: '5.03 Service Unavailable',
  164: '5.04 Gateway Timeout',
};
const options: Readonly<Record<number, string>> = {
  1: 'If-Match',
  3: 'Uri-Host',
  4: 'Etag',
  5: 'If-None-Match',
  6: 'Observe',
  7: 'Uri-Port',
  8: 'Location-Path',
  11: 'Uri-Path',
  12: 'Content-Format',
  14: 'Max-age',
  15: 'Uri-Query',
  17: 'Accept',
  20: 'Location-Query',
  23: 'Block2',
  27: 'Block1',
  28: 'Size2',
  35: 'Proxy-Uri',
  39: 'Proxy-Scheme',
  60: 'Size1',
};

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, coap, start, end);
  const first = layer.left > 0 ? u8(layer.bytes, start) : 0;
  layer.take(1);
  layer.bits('coap.version', first, 1, 0xc0);
  const type = layer.bits('coap.type', first, 1, 0x30, (value) => `${types[value]} (${value})`);
  const tokenLength = layer.bits('coap.token_len', first, 1, 0x0f);
  const code = layer.uint('coap.code', 1, codes);
  const id = layer.uint('coap.mid', 2);
  let info = `${shortTypes[type]}, MID:${id}, ${codes[code] ?? `Unknown ${code}`}`;
  if (tokenLength > 0) {
    const at = layer.at;
    layer.data('coap.token', tokenLength);
    if (!layer.failed)
      info += `, TKN:${Array.from(layer.bytes.subarray(at, at + tokenLength), (byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
  }
  info += optionList(layer);
  if (layer.left > 0) layer.data('coap.payload', layer.left);
  layer.finish();
  say(d, info);
}

/** RFC 7252, section 3.1: each option adds to the number of the one before. */
function optionList(layer: Layer): string {
  let number = 0;
  let path = '';
  let query = '';
  while (layer.more) {
    const byte = u8(layer.bytes, layer.at);
    if (byte === PAYLOAD_MARKER) {
      layer.take(1);
      break;
    }
    const node = layer.open('', 'Option');
    layer.take(1);
    number += extended(layer, byte >>> 4);
    const length = extended(layer, byte & 15);
    node.label = `Option: ${options[number] ?? `#${number}`}`;
    if (length > layer.left) layer.fail(`option announces ${length} bytes and ${layer.left} are left`);
    else if (number === URI_PATH) path += `/${readable(layer.text('coap.opt.uri_path', length))}`;
    else if (number === URI_QUERY) query += `${query === '' ? '?' : '&'}${readable(layer.text('coap.opt.uri_query', length))}`;
    else layer.rest('Value', length);
    layer.close(node);
  }
  return path + query === '' ? '' : `, ${path === '' ? '/' : path}${query}`;
}

function extended(layer: Layer, value: number): number {
  if (value < 13) return value;
  const at = layer.take(value === 13 ? 1 : 2);
  if (at < 0) return 0;
  return value === 13 ? u8(layer.bytes, at) + 13 : u16(layer.bytes, at) + 269;
}

/** RFC 7252. */
export const coap: ApplicationProtocol = {
  name: 'coap',
  title: 'Constrained Application Protocol',
  udpPorts: [5683],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return end - start >= 4 && u8(bytes, start) >>> 6 === 1;
  },
  fields: fieldList(
    'coap',
    'Constrained Application Protocol',
    `.version uint Version
    .type uint Type
    .token_len uint Token Length
    .code uint Code
    .mid uint Message ID
    .token bytes Token
    .opt.uri_path string Uri-Path
    .opt.uri_query string Uri-Query
    .payload bytes Payload`,
  ),
  dissect,
};
