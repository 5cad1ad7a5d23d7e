import { u8, u32le } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { hexUint, little, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const MIN_HEADER = 108;
const fields = {
  'pktap.hdrlen': little(uint('Header length', 4)),
  'pktap.rectype': little(uint('Record type', 4)),
  'pktap.dlt': little(uint('DLT', 4)),
  'pktap.ifname': text('Interface name'),
  'pktap.flags': little(hexUint('Flags', 4)),
  'pktap.pfamily': little(uint('Protocol family', 4)),
  'pktap.llhdrlen': little(uint('Link-layer header length', 4)),
  'pktap.lltrlrlen': little(uint('Link-layer trailer length', 4)),
  'pktap.pid': little(uint('Process ID', 4)),
  'pktap.cmdname': text('Command name'),
  'pktap.svc_class': little(uint('Service class', 4)),
  'pktap.iftype': little(uint('Interface type', 2)),
  'pktap.ifunit': little(uint('Interface unit', 2)),
  'pktap.epid': little(uint('Effective process ID', 4)),
  'pktap.ecmdname': text('Effective command name'),
} as const;
const write = fieldWriter(fields);

const zeroTerminated = (d: Dissection, name: 'pktap.ifname' | 'pktap.cmdname' | 'pktap.ecmdname', at: number, size: number): void => {
  let length = 0;
  while (length < size && u8(d.bytes, at + length) !== 0) length++;
  write.text(d, name, at, length);
};

/** Apple's header in front of a packet of any link type: who sent it. */
function dissect(d: Dissection, start: number, end: number): void {
  const length = u32le(d.bytes, start);
  d.open('pktap', 'PKTAP packet header', null, start, Math.max(0, Math.min(length, end - start)));
  if (end - start < MIN_HEADER || length < MIN_HEADER || length > end - start) {
    d.stop('PKTAP', start, `header of ${length} bytes in ${Math.max(0, end - start)}`);
    return;
  }
  write.uint(d, 'pktap.hdrlen', start);
  const record = write.uint(d, 'pktap.rectype', start + 4);
  const linkType = write.uint(d, 'pktap.dlt', start + 8);
  zeroTerminated(d, 'pktap.ifname', start + 12, 24);
  write.uint(d, 'pktap.flags', start + 36);
  write.uint(d, 'pktap.pfamily', start + 40);
  write.uint(d, 'pktap.llhdrlen', start + 44);
  write.uint(d, 'pktap.lltrlrlen', start + 48);
  write.uint(d, 'pktap.pid', start + 52);
  zeroTerminated(d, 'pktap.cmdname', start + 56, 20);
  write.uint(d, 'pktap.svc_class', start + 76);
  write.uint(d, 'pktap.iftype', start + 80);
  write.uint(d, 'pktap.ifunit', start + 82);
  write.uint(d, 'pktap.epid', start + 84);
  zeroTerminated(d, 'pktap.ecmdname', start + 88, 20);
  d.close();
  if (record !== 1) return;
  d.protocols.push('pcap_pktdata');
  dissectLayer(d, d.layers.linkTypes.get(linkType) ?? data, start + length, end);
}

export const pktap: Dissector = { name: 'pktap', title: 'PKTAP packet header', fields, dissect };
