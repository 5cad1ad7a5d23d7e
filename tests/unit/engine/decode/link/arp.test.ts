import { expect, it } from 'vitest';
import { type Arp, arp, ethernet } from '../../../../builders/layers';
import { dissect, values } from '../tree/tree-of';

const mac = '02:00:00:00:00:01';
const none = '00:00:00:00:00:00';
const broadcast = 'ff:ff:ff:ff:ff:ff';

it.each<[Partial<Arp>, string]>([
  [{}, 'Who has 10.0.0.2? Tell 10.0.0.1'],
  [{ operation: 2, targetMac: mac }, `10.0.0.1 is at ${mac}`],
  [{ sender: '0.0.0.0' }, 'Who has 10.0.0.2? (ARP Probe)'],
  [{ target: '10.0.0.1', targetMac: none }, 'ARP Announcement for 10.0.0.1'],
  [{ target: '10.0.0.1', targetMac: broadcast }, 'Gratuitous ARP for 10.0.0.1 (Request)'],
  [{ operation: 2, target: '10.0.0.1' }, 'Gratuitous ARP for 10.0.0.1 (Reply)'],
  [{ operation: 3, targetMac: mac }, `Who is ${mac}? Tell ${mac}`],
  [{ operation: 99 }, 'Unknown ARP opcode 0x0063'],
])('%o is "%s"', (header, info) => {
  expect(dissect(ethernet({ payload: arp(header) })).info).toBe(info);
});

it('marks gratuitous requests, announcements and probes', () => {
  const announcement = dissect(ethernet({ payload: arp({ target: '10.0.0.1', targetMac: none }) }));
  expect(values(announcement, 'arp.isgratuitous')).toEqual([true]);
  expect(values(announcement, 'arp.isannouncement')).toEqual([true]);
  expect(values(dissect(ethernet({ payload: arp({ sender: '0.0.0.0' }) })), 'arp.isprobe')).toEqual([true]);
});
