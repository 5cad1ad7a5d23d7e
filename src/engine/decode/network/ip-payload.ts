import type { Dissection } from '../tree/dissection';
import { dissectNext } from '../tree/next';

/** What an IP header's protocol number says. False: nothing here knows the number, and the bytes became data. */
export const dissectTransport = (d: Dissection, protocol: number, start: number, end: number): boolean =>
  dissectNext(d, d.layers.ipProtocols, protocol, start, end);

/**
 * Dissects the datagram that this fragment completed, from a source of its own, and closes the IP header's node. False: the fragment
 * did not complete one (or an outer layer took it).
 */
export function dissectReassembled(d: Dissection, title: string, lengthField: string, protocol: number): boolean {
  const datagram = d.context.reassembledDatagram;
  if (datagram === null || d.source !== 0 || d.quoted) return false;
  const { network, reportedEnd } = d;
  d.source = d.addSource(title, datagram);
  d.add(lengthField, `[${title} length: ${datagram.length}]`, datagram.length, 0, datagram.length);
  d.close();
  if (network !== null) d.network = { ...network, fragment: false };
  d.reportedEnd = datagram.length;
  dissectTransport(d, protocol, 0, datagram.length);
  d.source = 0;
  d.reportedEnd = reportedEnd;
  return true;
}
