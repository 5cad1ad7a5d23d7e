import { formatIpv4 } from '../../../shared/model/addresses';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { type BerElement, berElement, berInteger, berObjectId } from './ber';
import { isText, u8, u32 } from './bytes';
import { fieldList } from './field-list';
import { hexText, Layer, readable, say, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('SNMP');
const [INTEGER, OCTETS, OBJECT_ID, SEQUENCE] = [0x02, 0x04, 0x06, 0x30] as const;
const pdus: Readonly<Record<number, string>> = {
  160: 'get-request',
  161: 'get-next-request',
  162: 'get-response',
  163: 'set-request',
  164: 'trap',
  165: 'getBulkRequest',
  166: 'informRequest',
  167: 'snmpV2-trap',
  168: 'report',
};
const versions: Readonly<Record<number, string>> = { 0: 'version-1', 1: 'v2c', 2: 'v2u', 3: 'snmpv3' };
const errors: Readonly<Record<number, string>> = {
  0: 'noError',
  1: 'tooBig',
  2: 'noSuchName',
  3: 'badValue',
  4: 'readOnly',
  5: 'genErr',
  6: 'noAccess',
  16: 'authorizationError',
};
const MAX_NAMES = 20;
const valueFields: Readonly<Record<number, string>> = {
  2: 'snmp.value.int',
  4: 'snmp.value.octets',
  6: 'snmp.value.oid',
  64: 'snmp.value.ipv4',
  65: 'snmp.value.counter',
  66: 'snmp.value.g32',
  67: 'snmp.value.timeticks',
};
const valueField = (tag: number): string => valueFields[tag] ?? '';

/** A sequence whose first element is a version. */
function isSnmp(bytes: Uint8Array, start: number, end: number): boolean {
  const message = u8(bytes, start) === SEQUENCE ? berElement(bytes, start, end) : null;
  return (
    message !== null && u8(bytes, message.start) === INTEGER && u8(bytes, message.start + 1) === 1 && u8(bytes, message.start + 2) <= 3
  );
}

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, snmp, start, end);
  const message = berElement(layer.bytes, start, end);
  if (message) {
    layer.at = message.start;
    layer.end = message.end;
    const version = integer(layer, 'snmp.version', versions);
    if (version === 3) say(d, 'SNMPv3 message');
    else if (version >= 0) {
      octets(layer, 'snmp.community');
      say(d, pdu(layer));
    }
  }
  if (!layer.failed && layer.left > 0) layer.data('snmp.data', layer.left);
  layer.finish();
}

/** The element at the cursor, when it has this tag; moves behind it. */
function take(layer: Layer, tag: number): BerElement | null {
  const element = layer.left >= 2 && u8(layer.bytes, layer.at) === tag ? berElement(layer.bytes, layer.at, layer.end) : null;
  if (element) layer.at = element.end;
  return element;
}

function integer(layer: Layer, field: string, words?: Readonly<Record<number, string>>): number {
  const element = take(layer, INTEGER);
  if (!element) return -1;
  const value = berInteger(layer.bytes, element);
  layer.add(field, value, words?.[value] ? `${words[value]} (${value})` : String(value), element.start, element.end - element.start);
  return value;
}

function octets(layer: Layer, field: string): void {
  const element = take(layer, OCTETS);
  if (!element) return;
  const text = utf8(layer.bytes, element.start, element.end);
  layer.add(field, text, readable(text), element.start, element.end - element.start);
}

function pdu(layer: Layer): string {
  const tag = u8(layer.bytes, layer.at);
  const element = pdus[tag] === undefined ? null : take(layer, tag);
  if (!element) return '';
  const info = pdus[tag] ?? '';
  const node = layer.open('snmp.data', `data: ${info}`, 0, tag & 0x1f);
  const outerEnd = layer.end;
  layer.at = element.start;
  layer.end = element.end;
  let names = '';
  if (tag === 0xa4) {
    const enterprise = take(layer, OBJECT_ID);
    if (enterprise) {
      const text = berObjectId(layer.bytes, enterprise);
      layer.add('snmp.enterprise', text, text, enterprise.start, enterprise.end - enterprise.start);
    }
  } else {
    integer(layer, 'snmp.request_id');
    integer(layer, tag === 0xa5 ? 'snmp.non_repeaters' : 'snmp.error_status', tag === 0xa5 ? undefined : errors);
    integer(layer, tag === 0xa5 ? 'snmp.max_repetitions' : 'snmp.error_index');
    const bindings = take(layer, SEQUENCE);
    if (bindings) names = variableBindings(layer, bindings);
  }
  layer.end = outerEnd;
  layer.at = element.end;
  layer.close(node);
  return info + names;
}

function variableBindings(layer: Layer, list: BerElement): string {
  const { bytes } = layer;
  const names: string[] = [];
  layer.at = list.start;
  while (layer.more && layer.at < list.end) {
    const pair = take(layer, SEQUENCE);
    if (!pair) break;
    const object = u8(bytes, pair.start) === OBJECT_ID ? berElement(bytes, pair.start, pair.end) : null;
    if (!object) continue;
    const id = berObjectId(bytes, object);
    const value = berElement(bytes, object.end, pair.end);
    const text = value ? valueText(bytes, value) : '';
    const node = layer.d.open('', `${id}: ${text}`, null, pair.start, pair.end - pair.start);
    layer.add('snmp.name', id, id, object.start, object.end - object.start);
    if (value && value.end > value.start) layer.add(valueField(value.tag), text, text, value.start, value.end - value.start);
    layer.close(node);
    if (names.length < MAX_NAMES) names.push(id);
  }
  return names.length > 0 ? ` ${names.join(' ')}` : '';
}

function valueText(bytes: Uint8Array, value: BerElement): string {
  if (value.tag === OBJECT_ID) return berObjectId(bytes, value);
  if (value.tag === OCTETS)
    return isText(bytes, value.start, value.end) ? readable(utf8(bytes, value.start, value.end)) : hexText(bytes, value.start, value.end);
  if (value.tag === 0x40 && value.end - value.start === 4) return formatIpv4(u32(bytes, value.start));
  if (value.tag === INTEGER || (value.tag >= 0x41 && value.tag <= 0x47)) return String(berInteger(bytes, value));
  return value.end > value.start ? hexText(bytes, value.start, value.end) : 'Value (Null)';
}

/** RFC 1157 and 3416 (versions 1 and 2c); of version 3 the version only. */
export const snmp: ApplicationProtocol = {
  name: 'snmp',
  title: 'Simple Network Management Protocol',
  udpPorts: [161, 162],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return isSnmp(bytes, start, end);
  },
  fields: fieldList(
    'snmp',
    'Simple Network Management Protocol',
    `.version uint version
    .community string community
    .data uint data
    .request_id int request-id
    .error_status uint error-status
    .error_index uint error-index
    .non_repeaters uint non-repeaters
    .max_repetitions uint max-repetitions
    .enterprise string enterprise
    .name string Object Name
    ${Object.values(valueFields)
      .map((field) => `${field} string Value`)
      .join('\n')}`,
  ),
  dissect,
};
