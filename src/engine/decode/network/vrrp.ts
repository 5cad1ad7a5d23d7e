import { u8 } from '../../../shared/base/bytes';
import { bits, hexUint, ipv4Address, ipv6Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter } from '../tree/writer';

const PRIORITIES = {
  0: 'Current Master has stopped participating in VRRP',
  100: 'Default priority for a backup VRRP router',
  255: 'This VRRP router owns the virtual IP address(es)',
};

const fields = {
  'vrrp.version': bits('VRRP protocol version', 1, 0xf0),
  'vrrp.type': bits('VRRP packet type', 1, 0x0f, { 1: 'Advertisement' }),
  'vrrp.virt_rtr_id': uint('Virtual Rtr ID', 1),
  'vrrp.prio': uint('Priority', 1, PRIORITIES),
  'vrrp.addr_count': uint('Addr Count', 1),
  'vrrp.auth_type': uint('Auth Type', 1, { 0: 'No Authentication', 1: 'Simple Text Authentication', 2: 'IP Authentication Header' }),
  'vrrp.adver_int': uint('Adver Int', 1),
  'vrrp.reserved_mbz': bits('Reserved', 1, 0xf0),
  'vrrp.short_adver_int': bits('Adver Int', 2, 0x0fff),
  'vrrp.checksum': hexUint('Checksum', 2),
  'vrrp.ip_addr': ipv4Address('IP Address'),
  'vrrp.ipv6_addr': ipv6Address('IPv6 Address'),
} as const;
const write = fieldWriter(fields);

/** RFC 3768 (version 2) and RFC 5798 (version 3). */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('vrrp', 'Virtual Router Redundancy Protocol', null, start, Math.max(0, end - start));
  if (end - start < 8) {
    d.stop('VRRP', start, `header has ${Math.max(0, end - start)} of 8 bytes`);
    return;
  }
  const version = u8(d.bytes, start) >>> 4;
  write.uint(d, 'vrrp.version', start);
  const type = write.uint(d, 'vrrp.type', start);
  write.uint(d, 'vrrp.virt_rtr_id', start + 1);
  write.uint(d, 'vrrp.prio', start + 2);
  const count = write.uint(d, 'vrrp.addr_count', start + 3);
  if (version === 3) {
    write.uint(d, 'vrrp.reserved_mbz', start + 4);
    write.uint(d, 'vrrp.short_adver_int', start + 4);
  } else {
    write.uint(d, 'vrrp.auth_type', start + 4);
    write.uint(d, 'vrrp.adver_int', start + 5);
  }
  write.uint(d, 'vrrp.checksum', start + 6);
  const size = d.network?.version === 6 ? 16 : 4;
  for (let i = 0, at = start + 8; i < count && at + size <= end; i++, at += size) {
    if (size === 16) write.ipv6(d, 'vrrp.ipv6_addr', at);
    else write.ipv4(d, 'vrrp.ip_addr', at);
  }
  d.info = type === 1 ? `Announcement (v${version})` : `Unknown type ${type} (v${version})`;
  d.close();
}

export const vrrp: Dissector = { name: 'vrrp', title: 'Virtual Router Redundancy Protocol', fields, dissect };
