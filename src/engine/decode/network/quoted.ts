import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';

/** Dissects the packet that an error message quotes; Info and what is known of the network layer stay those of the message. */
export function dissectQuoted(d: Dissection, dissector: Dissector | undefined, start: number, end: number): void {
  if (dissector === undefined || end <= start) return;
  const { info, network, quoted, reportedEnd, payloadEnd, malformed } = d;
  d.quoted = true;
  dissectLayer(d, dissector, start, end);
  d.quoted = quoted;
  d.network = network;
  d.reportedEnd = reportedEnd;
  d.payloadEnd = payloadEnd;
  d.info = d.malformed !== malformed ? `${info}[Malformed Packet]` : info;
}
