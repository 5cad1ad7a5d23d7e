import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { lineEnd, startsWith, textEnd, u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, type LayerOwner, readable, say, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, TO_SEGMENT_END } from './protocol';

const tpktName = protocolNames.id('TPKT');
const cotpName = protocolNames.id('COTP');
const rdpName = protocolNames.id('RDP');
const TPKT_VERSION = 3;
const CONNECT_REQUEST = 0xe0;
const CONNECT_CONFIRM = 0xd0;
/** TPKT header and the fixed part of a connection request or confirm. */
const NEGOTIATION = 11;
/** 'TPKT Continuation' is what follows once the connection speaks TLS or fast-path. */
const isTpkt = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= 4 && u8(bytes, at) === TPKT_VERSION && u8(bytes, at + 1) === 0 && u16(bytes, at + 2) >= 7;

const pduTypes: Readonly<Record<number, string>> = {
  1: 'ED Expedited Data',
  5: 'RJ Reject',
  6: 'AK Data Acknowledgement',
  8: 'DR Disconnect Request',
  12: 'DC Disconnect Confirm',
  13: 'CC Connect Confirm',
  14: 'CR Connect Request',
  15: 'DT Data',
};
const negotiationTypes: Readonly<Record<number, string>> = {
  1: 'RDP Negotiation Request',
  2: 'RDP Negotiation Response',
  3: 'RDP Negotiation Failure',
};
const negotiationWords: Readonly<Record<number, string>> = { 1: 'Negotiate Request', 2: 'Negotiate Response', 3: 'Negotiate Failure' };
const failures: Readonly<Record<number, string>> = {
  1: 'SSL_REQUIRED_BY_SERVER',
  2: 'SSL_NOT_ALLOWED_BY_SERVER',
  3: 'SSL_CERT_NOT_ON_SERVER',
  4: 'INCONSISTENT_FLAGS',
  5: 'HYBRID_REQUIRED_BY_SERVER',
  6: 'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
};
const protocols: Readonly<Record<number, string>> = {
  0: 'Standard RDP Security',
  1: 'TLS security',
  2: 'CredSSP',
  4: 'RDSTLS',
  8: 'CredSSP with Early User Authorization Result PDU',
};

const title = 'TPKT - ISO on TCP - RFC1006';
const owners: Readonly<Record<'cotp' | 'rdp', Pick<LayerOwner, 'name' | 'title'>>> = {
  cotp: { name: 'cotp', title: 'ISO 8073/X.224 COTP Connection-Oriented Transport Protocol' },
  rdp: { name: 'rdp', title: 'Remote Desktop Protocol' },
};

/** A connection request or confirm that carries a cookie or an RDP negotiation. */
function isNegotiation(bytes: Uint8Array, start: number, end: number): boolean {
  const type = u8(bytes, start + 5) & 0xf0;
  if (type !== CONNECT_REQUEST && type !== CONNECT_CONFIRM) return false;
  const at = start + NEGOTIATION;
  return startsWith(bytes, at, end, 'Cookie: ') || (end - at >= 8 && u8(bytes, at) >= 1 && u8(bytes, at) <= 3 && u8(bytes, at + 2) === 8);
}

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  let at = start;
  while (at < end && !d.full) {
    if (!isTpkt(d.bytes, at, end)) {
      const layer = new Layer(d, rdp, at, end, 'TPKT');
      layer.data('tpkt.continuation_data', end - at);
      layer.finish();
      said.push('Continuation');
      break;
    }
    const stop = at + u16(d.bytes, at + 2);
    if (stop > end && said.length > 0) break;
    said.push(packet(d, at, Math.min(stop, end)));
    at = stop;
  }
  say(d, said.join(', '));
}

function packet(d: Dissection, start: number, end: number): string {
  const tpkt = new Layer(d, rdp, start, Math.min(end, start + 4), `TPKT, Version: 3, Length: ${u16(d.bytes, start + 2)}`);
  tpkt.uint('tpkt.version', 1);
  tpkt.uint('tpkt.reserved', 1);
  tpkt.uint('tpkt.length', 2);
  tpkt.finish();
  const cotp = new Layer(d, { ...owners.cotp, fields: rdp.fields }, start + 4, end);
  const length = cotp.uint('cotp.li', 1);
  const type = u8(d.bytes, cotp.at) >>> 4;
  cotp.take(1);
  if (!cotp.failed) cotp.add('cotp.type', type, `${pduTypes[type] ?? 'Unknown'} (0x${type.toString(16).padStart(2, '0')})`, cotp.at - 1, 1);
  const connection = type === CONNECT_REQUEST >>> 4 || type === CONNECT_CONFIRM >>> 4;
  if (connection) {
    cotp.hex('cotp.destref', 2);
    cotp.hex('cotp.srcref', 2);
    cotp.uint('cotp.class', 1);
  } else if (type === 15) cotp.hex('cotp.eot', 1);
  const negotiation = isNegotiation(d.bytes, start, end);
  cotp.node.length = Math.min(end - start - 4, negotiation ? 7 : length + 1);
  const from = cotp.at;
  if (!negotiation && cotp.left > 0) cotp.data('cotp.segment_data', cotp.left);
  cotp.finish();
  return negotiation ? negotiationPart(d, from, end) : (pduTypes[type] ?? 'Unknown');
}

/** [MS-RDPBCGR], sections 2.2.1.1 and 2.2.1.2. */
function negotiationPart(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, { ...owners.rdp, fields: rdp.fields }, start, end);
  const said: string[] = [];
  if (startsWith(layer.bytes, start, end, 'Cookie: ')) {
    const next = lineEnd(layer.bytes, start, end);
    const stop = next < 0 ? end : next;
    const text = utf8(layer.bytes, start, textEnd(layer.bytes, start, stop));
    layer.add('rdp.rt_cookie', text, readable(text), start, stop - start);
    layer.take(stop - start);
    said.push(readable(text));
  }
  if (layer.left >= 8) {
    const type = layer.uint('rdp.neg_type', 1, negotiationTypes);
    layer.hex(type === 2 ? 'rdp.negRsp.flags' : 'rdp.negReq.flags', 1);
    layer.uintLe('rdp.neg_length', 2);
    if (type === 3) layer.hex('rdp.negFailure.failureCode', 4, failures, true);
    else if (type === 2) layer.hex('rdp.negReq.selectedProtocol', 4, protocols, true);
    else layer.hex('rdp.negReq.requestedProtocols', 4, undefined, true);
    said.push(negotiationWords[type] ?? 'Unknown');
  }
  layer.finish();
  return said.join(', ');
}

/** RFC 1006, ITU-T X.224 and [MS-RDPBCGR] up to the negotiation of security. */
export const rdp: ApplicationProtocol = {
  name: 'tpkt',
  title,
  tcpPorts: [3389, 102],
  frame: (bytes, start, end) => {
    if (end - start < 4) return u8(bytes, start) === TPKT_VERSION ? NEED_MORE : TO_SEGMENT_END;
    return isTpkt(bytes, start, end) ? u16(bytes, start + 2) : TO_SEGMENT_END;
  },
  summarise: (bytes, start, end, _conversation, summary) => {
    if (!isTpkt(bytes, start, end)) summary.protocol = tpktName;
    else summary.protocol = isNegotiation(bytes, start, end) ? rdpName : cotpName;
    return true;
  },
  fields: fieldList(
    'tpkt',
    title,
    `.version uint Version
    .reserved uint Reserved
    .length uint Length
    .continuation_data bytes Continuation data
    cotp none ISO 8073/X.224 COTP Connection-Oriented Transport Protocol
    cotp.li uint Length
    cotp.type uint PDU Type
    cotp.destref uint Destination reference
    cotp.srcref uint Source reference
    cotp.class uint Class
    cotp.eot uint TPDU number and last data unit
    cotp.segment_data bytes COTP segment data
    rdp none Remote Desktop Protocol
    rdp.rt_cookie string Routing Token/Cookie
    rdp.neg_type uint Type
    rdp.neg_length uint Length
    rdp.negReq.flags uint Flags
    rdp.negRsp.flags uint Flags
    rdp.negReq.requestedProtocols uint requestedProtocols
    rdp.negReq.selectedProtocol uint selectedProtocol
    rdp.negFailure.failureCode uint failureCode`,
  ),
  dissect,
};
