import { u8, u16 } from '../../../shared/base/bytes';
import { bits, flag, hexUint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectEtherType, dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';

const SAPS: Readonly<Record<number, string>> = {
  0: 'NULL LSAP',
  2: 'LLC Sub-Layer Management',
  4: 'SNA Path Control',
  6: 'TCP/IP',
  66: 'Spanning Tree BPDU',
  152: 'ARP',
  170: 'SNAP',
  224: 'NetWare',
  240: 'NetBIOS',
  254: 'ISO Network Layer',
  255: 'Global DSAP',
};
const SNAP = 0xaa;
const CISCO = 0x00000c;
const FRAME_TYPES = { 0: 'Information frame', 1: 'Supervisory frame', 3: 'Unnumbered frame' };
const MODIFIERS = {
  0: 'Unnumbered Information',
  11: 'Exchange identification',
  15: 'SABME',
  16: 'Disconnect',
  24: 'Unnumbered Acknowledgement',
  56: 'Test',
  43: 'Exchange identification',
};

const fields = {
  'llc.dsap': hexUint('DSAP', 1, SAPS),
  'llc.dsap.ig': flag('IG Bit', 1, 0x01, { 0: 'Individual', 1: 'Group' }),
  'llc.ssap': hexUint('SSAP', 1, SAPS),
  'llc.ssap.cr': flag('CR Bit', 1, 0x01, { 0: 'Command', 1: 'Response' }),
  'llc.control': hexUint('Control', 1),
  'llc.control.u_modifier_cmd': hexUint('Command', 1, MODIFIERS, { mask: 0xec }),
  'llc.control.ftype': bits('Frame type', 1, 0x03, FRAME_TYPES),
  'llc.oui': hexUint('Organization Code', 3),
  'llc.type': hexUint('Type', 2, etherTypeNames),
  'llc.cisco_pid': hexUint('PID', 2, { 8192: 'CDP', 8195: 'VTP', 8196: 'DTP', 267: 'PVSTP+', 273: 'UDLD' }),
  'llc.pid': hexUint('Protocol ID', 2),
} as const;
const write = fieldWriter(fields);
/** Key in the table of service access points under which SNAP protocols of Cisco's are listed. */
export const ciscoPid = (pid: number): number => CISCO * 0x10000 + pid;

function snap(d: Dissection, at: number, end: number): void {
  const oui = write.uint(d, 'llc.oui', at);
  const pid = u16(d.bytes, at + 3);
  if (oui === 0 || oui === 0x0000f8) {
    write.uint(d, 'llc.type', at + 3);
    d.close();
    dissectEtherType(d, pid, at + 5, end);
  } else {
    write.uint(d, oui === CISCO ? 'llc.cisco_pid' : 'llc.pid', at + 3);
    d.close();
    dissectNext(d, d.layers.llcSaps, oui * 0x10000 + pid, at + 5, end);
  }
}

/** IEEE 802.2 logical link control, with SNAP (RFC 1042). */
function dissect(d: Dissection, start: number, end: number): void {
  if (end - start < 3) {
    d.open('llc', 'Logical-Link Control', null, start, Math.max(0, end - start));
    d.stop('LLC', start, `header has ${Math.max(0, end - start)} of 3 bytes`);
    return;
  }
  const control = u8(d.bytes, start + 2);
  const unnumbered = (control & 3) === 3;
  const headerLength = unnumbered ? 3 : 4;
  const isSnap = u8(d.bytes, start) === SNAP && u8(d.bytes, start + 1) === SNAP && unnumbered;
  d.open('llc', 'Logical-Link Control', null, start, Math.min(end - start, isSnap ? 8 : headerLength));
  write.uint(d, 'llc.dsap', start);
  d.nest();
  write.flag(d, 'llc.dsap.ig', start);
  d.close();
  write.uint(d, 'llc.ssap', start + 1);
  d.nest();
  write.flag(d, 'llc.ssap.cr', start + 1);
  d.close();
  write.uint(d, 'llc.control', start + 2);
  d.nest();
  if (unnumbered) write.uint(d, 'llc.control.u_modifier_cmd', start + 2);
  write.uint(d, 'llc.control.ftype', start + 2);
  d.close();
  const dsap = u8(d.bytes, start);
  d.info = unnumbered ? 'U, func=UI' : (control & 1) === 0 ? 'I' : 'S';
  d.info = `${d.info}; DSAP ${SAPS[dsap & 0xfe] ?? `0x${dsap.toString(16)}`} ${dsap & 1 ? 'Group' : 'Individual'}`;
  if (isSnap) {
    if (end - start < 8) {
      d.stop('LLC', start + 3, `SNAP header has ${end - start - 3} of 5 bytes`);
      return;
    }
    snap(d, start + 3, end);
    return;
  }
  d.close();
  if (end - start < headerLength) {
    d.stop('LLC', start, 'control field is cut');
    return;
  }
  dissectNext(d, d.layers.llcSaps, dsap & 0xfe, start + headerLength, end);
}

export const llc: Dissector = { name: 'llc', title: 'Logical-Link Control', fields, dissect };
