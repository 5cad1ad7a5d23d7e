import { u8, u16 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { derivedUint, flag, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectEtherType, dissectLayer, dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';

const TRUE_FALSE = { 0: 'False', 1: 'True' };
const NLPIDS = { 8: 'Q.933', 128: 'SNAP', 204: 'IP', 142: 'IPv6', 207: 'PPP' };

const fields = {
  'fr.first_addr_octet': hexUint('First address octet', 1),
  'fr.upper_dlci': hexUint('Upper DLCI', 1, undefined, { mask: 0xfc }),
  'fr.cr': flag('CR', 1, 0x02, { 0: 'Response', 1: 'Command' }),
  'fr.ea': flag('EA', 1, 0x01, { 0: 'More Follows', 1: 'Last Octet' }),
  'fr.second_addr_octet': hexUint('Second address octet', 1),
  'fr.second_dlci': hexUint('Second DLCI', 1, undefined, { mask: 0xf0 }),
  'fr.fecn': flag('FECN', 1, 0x08, TRUE_FALSE),
  'fr.becn': flag('BECN', 1, 0x04, TRUE_FALSE),
  'fr.de': flag('DE', 1, 0x02, TRUE_FALSE),
  'fr.dlci': derivedUint('DLCI'),
  'fr.chdlctype': hexUint('Type', 2, etherTypeNames),
  'fr.control': hexUint('Control field', 1),
  'fr.nlpid': hexUint('NLPID', 1, NLPIDS),
  'fr.snap.pid': hexUint('Protocol ID', 2),
  'fr.snap.oui': uint('Organization Code', 3),
} as const;
const write = fieldWriter(fields);

/** RFC 2427 multiprotocol encapsulation: control, padding, NLPID. */
function multiprotocol(d: Dissection, start: number, end: number): void {
  write.uint(d, 'fr.control', start);
  const at = u8(d.bytes, start + 1) === 0 ? start + 2 : start + 1;
  if (at >= end) {
    d.stop('Frame Relay', start, 'network layer identifier is cut');
    return;
  }
  const nlpid = write.uint(d, 'fr.nlpid', at);
  if (nlpid === 0x80 && at + 6 <= end) {
    write.uint(d, 'fr.snap.oui', at + 1);
    write.uint(d, 'fr.snap.pid', at + 4);
    d.close();
    dissectEtherType(d, u16(d.bytes, at + 4), at + 6, end);
    return;
  }
  d.close();
  const type = nlpid === 0xcc ? 0x0800 : nlpid === 0x8e ? 0x86dd : 0;
  dissectNext(d, d.layers.etherTypes, type, at + 1, end);
}

/** Two address bytes; Cisco's encapsulation puts an EtherType behind them. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('fr', 'Frame Relay', null, start, Math.max(0, Math.min(4, end - start)));
  if (end - start < 4) {
    d.stop('Frame Relay', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  write.uint(d, 'fr.first_addr_octet', start);
  d.nest();
  write.uint(d, 'fr.upper_dlci', start);
  write.flags(d, ['fr.cr', 'fr.ea'], start);
  d.close();
  write.uint(d, 'fr.second_addr_octet', start + 1);
  d.nest();
  write.uint(d, 'fr.second_dlci', start + 1);
  write.flags(d, ['fr.fecn', 'fr.becn', 'fr.de', 'fr.ea'], start + 1);
  d.close();
  const dlci = ((u8(d.bytes, start) >>> 2) << 4) | (u8(d.bytes, start + 1) >>> 4);
  write.derived(d, 'fr.dlci', dlci, undefined, start, 2);
  d.info = `DLCI ${dlci}`;
  if ((u8(d.bytes, start + 1) & 1) === 0) {
    d.close();
    dissectLayer(d, data, start + 2, end);
  } else if (u8(d.bytes, start + 2) === 0x03) {
    multiprotocol(d, start + 2, end);
  } else {
    const type = write.uint(d, 'fr.chdlctype', start + 2);
    d.close();
    dissectNext(d, d.layers.etherTypes, type, start + 4, end);
  }
}

export const frameRelay: Dissector = { name: 'fr', title: 'Frame Relay', fields, dissect };
