import { hexNumber } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { hexUint, ipv4Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { cdp } from './cdp';
import { etherTypeNames } from './ethertypes';

const SLARP = 0x8035;
const CDP = 0x2000;
const protocols = { ...etherTypeNames, [SLARP]: 'SLARP', [CDP]: 'CDP' };

const fields = {
  'chdlc.address': hexUint('Address', 1, { 15: 'Unicast', 143: 'Multicast' }),
  'chdlc.control': hexUint('Control', 1),
  'chdlc.protocol': hexUint('Protocol', 2, protocols),
} as const;
const write = fieldWriter(fields);

const slarpFields = {
  'slarp.ptype': uint('Packet type', 4, { 0: 'Address request', 1: 'Address reply', 2: 'Line keepalive' }),
  'slarp.address': ipv4Address('Address'),
  'slarp.mysequence': uint('Outgoing sequence number', 4),
  'slarp.yoursequence': uint('Returned sequence number', 4),
  'slarp.reliability': hexUint('Reliability', 2),
} as const;
const writeSlarp = fieldWriter(slarpFields);

function dissectSlarp(d: Dissection, start: number, end: number): void {
  d.open('slarp', 'Cisco SLARP', null, start, Math.max(0, end - start));
  if (end - start < 12) {
    d.stop('SLARP', start, `message has ${Math.max(0, end - start)} of 12 bytes`);
    return;
  }
  const type = writeSlarp.uint(d, 'slarp.ptype', start);
  if (type === 2) {
    const mine = writeSlarp.uint(d, 'slarp.mysequence', start + 4);
    const yours = writeSlarp.uint(d, 'slarp.yoursequence', start + 8);
    if (end - start >= 14) writeSlarp.uint(d, 'slarp.reliability', start + 12);
    d.info = `Line keepalive, outgoing sequence ${mine}, returned sequence ${yours}`;
  } else if (type < 2) {
    const address = writeSlarp.ipv4(d, 'slarp.address', start + 4);
    d.info = `${type === 0 ? 'Address request' : 'Address reply'}, from ${address}`;
  } else {
    d.info = `Unknown packet type ${hexNumber(type, 8)}`;
  }
  d.close();
}

export const slarp: Dissector = { name: 'slarp', title: 'Cisco SLARP', fields: slarpFields, dissect: dissectSlarp };

/** LINKTYPE_C_HDLC: address, control, EtherType. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('chdlc', 'Cisco HDLC', null, start, Math.max(0, Math.min(4, end - start)));
  if (end - start < 4) {
    d.stop('Cisco HDLC', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  write.uint(d, 'chdlc.address', start);
  write.uint(d, 'chdlc.control', start + 1);
  const protocol = write.uint(d, 'chdlc.protocol', start + 2);
  d.close();
  const next = protocol === SLARP ? slarp : protocol === CDP ? cdp : (d.layers.etherTypes.get(protocol) ?? data);
  dissectLayer(d, next, start + 4, end);
}

export const ciscoHdlc: Dissector = { name: 'chdlc', title: 'Cisco HDLC', fields, dissect };
