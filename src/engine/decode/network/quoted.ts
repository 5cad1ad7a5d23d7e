import type { Dissection } from '../tree/dissection';
import { dissectLayer } from '../tree/next';
import type { Dissector } from '../tree/dissector';

/** Dissects the packet that an error message quotes; Info and what is known of the network layer stay those of the message. */
export function dissectQuoted(d: Dissection, dissector: Dissector | undefined, start: number, end: number): void {
  if (dissector === undefined || end <= start) return;
  const { info, network, quoted, reportedEnd, malformed } = d;
  d.quoted = true;
  dissectLayer(d, dissector, start, end);
  d.quoted = quoted;
  d.network = network;
  d.reportedEnd = reportedEnd;
  d.info = d.malformed !== malformed ? `${info}[Malformed Packet]` : info;
}
