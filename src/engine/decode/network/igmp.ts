import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { checksumStatusNames, internetChecksum } from '../tree/checksum';
import { bits, byteArray, derivedUint, flag, hexUint, ipv4Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, ipv4At } from '../tree/writer';

const TYPES: Readonly<Record<number, string>> = {
  17: 'Membership Query',
  18: 'Membership Report',
  19: 'DVMRP Protocol',
  20: 'PIM Routing Protocol',
  22: 'Membership Report',
  23: 'Leave Group',
  34: 'Membership Report',
};
const RECORD_TYPES: Readonly<Record<number, string>> = {
  1: 'Mode Is Include',
  2: 'Mode Is Exclude',
  3: 'Change To Include Mode',
  4: 'Change To Exclude Mode',
  5: 'Allow New Sources',
  6: 'Block Old Sources',
};

const fields = {
  'igmp.version': derivedUint('IGMP Version'),
  'igmp.type': hexUint('Type', 1, TYPES),
  'igmp.max_resp': uint('Max Resp Time', 1),
  'igmp.reserved': byteArray('Reserved'),
  'igmp.checksum': hexUint('Checksum', 2),
  'igmp.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'igmp.maddr': ipv4Address('Multicast Address'),
  'igmp.s': flag('S', 1, 0x08),
  'igmp.qrv': bits('QRV', 1, 0x07),
  'igmp.qqic': uint('QQIC', 1),
  'igmp.num_src': uint('Num Src', 2),
  'igmp.saddr': ipv4Address('Source Address'),
  'igmp.num_grp_recs': uint('Num Group Records', 2),
  'igmp.record_type': uint('Record Type', 1, RECORD_TYPES),
  'igmp.aux_data_len': uint('Aux Data Len', 1),
} as const;
const write = fieldWriter(fields);

/** RFC 3376, 7.1: version 1 queries have no response time, version 3 queries are longer than 8 bytes. */
function versionOf(d: Dissection, type: number, start: number, end: number): number {
  if (type === 0x22) return 3;
  if (type === 0x12) return 1;
  if (type === 0x11) return end - start >= 12 ? 3 : u8(d.bytes, start + 1) === 0 ? 1 : 2;
  return 2;
}

function sourceList(d: Dissection, count: number, start: number, end: number): number {
  let at = start;
  for (let i = 0; i < count && at + 4 <= end && !d.full; i++, at += 4) write.ipv4(d, 'igmp.saddr', at);
  return at;
}

function recordInfo(d: Dissection, type: number, sources: number, group: string, listAt: number, end: number): string {
  const list = Array.from({ length: Math.min(sources, Math.floor((end - listAt) / 4), 64) }, (_, i) =>
    ipv4At(d.bytes, listAt + i * 4),
  ).join(', ');
  const exclude = type === 2 || type === 4;
  if (type > 4) return ` / ${RECORD_TYPES[type] ?? 'Unknown'} ${group} {${list}}`;
  if (sources === 0) return exclude ? ` / Join group ${group} for any sources` : ` / Leave group ${group}`;
  return ` / Join group ${group} for source${exclude ? 's not' : ''} in {${list}}`.replace('sources in', 'source in');
}

function reportV3(d: Dissection, start: number, end: number): void {
  const count = write.uint(d, 'igmp.num_grp_recs', start + 6);
  let at = start + 8;
  for (let i = 0; i < count && at + 8 <= end && !d.full; i++) {
    const record = d.open('', '', null, at, 8);
    const type = write.uint(d, 'igmp.record_type', at);
    const auxiliary = write.uint(d, 'igmp.aux_data_len', at + 1) * 4;
    const sources = write.uint(d, 'igmp.num_src', at + 2);
    const group = write.ipv4(d, 'igmp.maddr', at + 4);
    record.label = `Group Record : ${group}  ${RECORD_TYPES[type] ?? 'Unknown'}`;
    d.info += recordInfo(d, type, sources, group, at + 8, end);
    at = sourceList(d, sources, at + 8, end) + auxiliary;
    record.length = Math.min(at, end) - record.start;
    d.close();
  }
}

/** RFC 1112, 2236, 3376. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('igmp', 'Internet Group Management Protocol', null, start, Math.max(0, end - start));
  if (end - start < 8) {
    d.stop('IGMP', start, `message has ${Math.max(0, end - start)} of 8 bytes`);
    return;
  }
  const { bytes } = d;
  const type = u8(bytes, start);
  const version = versionOf(d, type, start, end);
  write.derived(d, 'igmp.version', version);
  write.uint(d, 'igmp.type', start);
  if (type === 0x22 || version === 1) write.bytes(d, 'igmp.reserved', start + 1, 1);
  else
    write.uint(
      d,
      'igmp.max_resp',
      start + 1,
      `${(u8(bytes, start + 1) / 10).toFixed(1)} sec (0x${u8(bytes, start + 1)
        .toString(16)
        .padStart(2, '0')})`,
    );
  const status = d.reportedEnd > end ? 2 : internetChecksum(bytes, start, end) === 0 ? 1 : 0;
  write.uint(d, 'igmp.checksum', start + 2, `${hexNumber(u16(bytes, start + 2), 4)} [${['incorrect', 'correct', 'unverified'][status]}]`);
  write.derived(d, 'igmp.checksum.status', status, checksumStatusNames[status], start + 2, 0);
  d.info = TYPES[type] ?? `Unknown (${hexNumber(type, 2)})`;
  if (type === 0x22) {
    write.bytes(d, 'igmp.reserved', start + 4, 2);
    reportV3(d, start, end);
  } else {
    const group = write.ipv4(d, 'igmp.maddr', start + 4);
    if (type === 0x11) d.info += group === '0.0.0.0' ? ', general' : `, specific for group ${group}`;
    else d.info += version === 1 || type === 0x16 ? ` group ${group}` : ` ${group}`;
    if (type === 0x11 && version === 3) {
      write.flag(d, 'igmp.s', start + 8);
      write.uint(d, 'igmp.qrv', start + 8);
      write.uint(d, 'igmp.qqic', start + 9);
      sourceList(d, write.uint(d, 'igmp.num_src', start + 10), start + 12, end);
    }
  }
  d.close();
}

export const igmp: Dissector = { name: 'igmp', title: 'Internet Group Management Protocol', fields, dissect };
