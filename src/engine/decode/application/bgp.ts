import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('BGP');
const MARKER = 16;
const HEADER = 19;
/** RFC 8654. */
const MAX_LENGTH = 65_535;
const [OPEN, UPDATE, NOTIFICATION] = [1, 2, 3] as const;

const types: Readonly<Record<number, string>> = {
  1: 'OPEN Message',
  2: 'UPDATE Message',
  3: 'NOTIFICATION Message',
  4: 'KEEPALIVE Message',
  5: 'ROUTE-REFRESH Message',
  6: 'CAPABILITY Message',
};
const errors: Readonly<Record<number, string>> = {
  1: 'Message Header Error',
  2: 'OPEN Message Error',
  3: 'UPDATE Message Error',
  4: 'Hold Timer Expired',
  5: 'Finite State Machine Error',
  6: 'Cease',
  7: 'ROUTE-REFRESH Message Error',
};

function hasMarker(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < MARKER; i++) if (u8(bytes, at + i) !== 0xff) return false;
  return true;
}

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  for (let at = start; end - at >= HEADER && hasMarker(d.bytes, at) && !d.full; ) {
    const length = u16(d.bytes, at + MARKER);
    if (length < HEADER || (at + length > end && said.length > 0)) break;
    said.push(one(d, at, Math.min(end, at + length)));
    at += length;
  }
  say(d, said.join(', '));
}

function one(d: Dissection, start: number, end: number): string {
  const type = u8(d.bytes, start + 18);
  const layer = new Layer(d, bgp, start, end, `Border Gateway Protocol - ${types[type] ?? 'Unknown Message'}`);
  layer.data('bgp.marker', MARKER);
  layer.uint('bgp.length', 2);
  layer.uint('bgp.type', 1, types);
  if (type === OPEN) {
    layer.uint('bgp.open.version', 1);
    layer.uint('bgp.open.myas', 2);
    layer.uint('bgp.open.holdtime', 2);
    layer.ipv4('bgp.open.identifier');
    const options = layer.uint('bgp.open.opt.len', 1);
    if (options > 0) layer.data('bgp.open.opt', Math.min(options, layer.left));
  } else if (type === UPDATE) {
    const withdrawn = layer.uint('bgp.update.withdrawn_routes.length', 2);
    prefixes(layer, withdrawn, 'bgp.withdrawn_prefix');
    const attributes = layer.uint('bgp.update.path_attributes.length', 2);
    if (attributes > 0) layer.data('bgp.update.path_attributes', Math.min(attributes, layer.left));
    prefixes(layer, layer.left, 'bgp.nlri_prefix');
  } else if (type === NOTIFICATION) {
    layer.uint('bgp.notify.major_error', 1, errors);
    layer.uint('bgp.notify.minor_error', 1);
  }
  if (!layer.failed) layer.rest('Data');
  layer.finish();
  return types[type] ?? `Unknown message type ${type}`;
}

/** RFC 4271, section 4.3: a length in bits and as many bytes as it needs. */
function prefixes(layer: Layer, length: number, field: string): void {
  const stop = Math.min(layer.end, layer.at + length);
  while (layer.more && layer.at < stop) {
    const bits = u8(layer.bytes, layer.at);
    const size = Math.ceil(bits / 8);
    if (bits > 32 || layer.at + 1 + size > stop) return;
    const at = layer.take(1 + size);
    const parts = Array.from({ length: 4 }, (_, i) => (i < size ? u8(layer.bytes, at + 1 + i) : 0));
    layer.add(field, parts.join('.'), `${parts.join('.')}/${bits}`, at, 1 + size);
  }
}

/** RFC 4271. */
export const bgp: ApplicationProtocol = {
  name: 'bgp',
  title: 'Border Gateway Protocol',
  tcpPorts: [179],
  frame: (bytes, start, end) => {
    if (end - start < HEADER) return NEED_MORE;
    const length = u16(bytes, start + MARKER);
    return hasMarker(bytes, start) && length >= HEADER && length <= MAX_LENGTH ? length : NOT_MINE;
  },
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = name;
    return true;
  },
  fields: fieldList(
    'bgp',
    'Border Gateway Protocol',
    `.marker bytes Marker
    .length uint Length
    .type uint Type
    .open.version uint Version
    .open.myas uint My AS
    .open.holdtime uint Hold Time
    .open.identifier ipv4 BGP Identifier
    .open.opt.len uint Optional Parameters Length
    .open.opt bytes Optional Parameters
    .update.withdrawn_routes.length uint Withdrawn Routes Length
    .withdrawn_prefix ipv4 Withdrawn prefix
    .update.path_attributes.length uint Total Path Attribute Length
    .update.path_attributes bytes Path attributes
    .nlri_prefix ipv4 NLRI prefix
    .notify.major_error uint Major error Code
    .notify.minor_error uint Minor error Code`,
  ),
  dissect,
};
