import { utf8 } from '../../../shared/base/bytes';
import { PacketFlag } from '../../../shared/model/packet-flags';
import { data } from '../tree/data';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { oneLine } from '../tree/writer';

/** Longer first lines than this are not shown in Info before their message is whole. */
const MAX_OPENING = 2048;
const RESENT = PacketFlag.Retransmission | PacketFlag.FastRetransmission | PacketFlag.SpuriousRetransmission;

/** The application protocol that the first tier recognised, where this packet shows it; null for quoted and fragmented packets. */
function application(d: Dissection) {
  const { application: name } = d.context;
  return name === null || d.quoted ? null : (d.layers.applications.get(name) ?? null);
}

/** Payload of a UDP datagram: a tunnel by its port, else the application protocol, else data. */
export function dissectDatagramPayload(d: Dissection, sourcePort: number, destinationPort: number, start: number, end: number): void {
  if (end <= start) return;
  const tunnels = d.layers.udpTunnels;
  const dissector = tunnels.get(destinationPort) ?? tunnels.get(sourcePort) ?? application(d) ?? data;
  dissectLayer(d, dissector, start, end);
}

/** The segment's bytes belong to a message that later segments complete: the Protocol column says TCP for them, though the flow is known. */
export const isPartOfMessage = (d: Dissection): boolean =>
  !d.quoted && d.context.application !== null && d.context.protocol === 'TCP' && (d.context.flags & PacketFlag.Message) === 0;

const HTTP_START = /^(?:HTTP\/1\.\d \d{3}[^\r\n]*|[A-Z]{3,16} [^\r\n]+ HTTP\/1\.\d)\r?\n/;

/** Wireshark shows an HTTP message's first line already with the segment that holds it, though the message goes on in others. */
function openingLine(d: Dissection, start: number, end: number): string | null {
  if (d.context.application !== 'http') return null;
  const line = HTTP_START.exec(utf8(d.bytes, start, Math.min(end, start + MAX_OPENING)))?.[0];
  return line === undefined ? null : `${oneLine(line.trimEnd())} `;
}

/** Messages behind the one that the segment completed: what they say joins what it said. */
function dissectRest(d: Dissection, dissector: Dissector, start: number, end: number): void {
  const before = d.info;
  dissectLayer(d, dissector, start, end);
  if (d.info !== before) d.info = `${before}, ${d.info}`;
}

/**
 * Payload of a TCP segment. A message that began in earlier segments is dissected from its own source; a segment that is part of a message
 * which later ones complete stays bytes.
 */
export function dissectSegmentPayload(d: Dissection, start: number, end: number): void {
  const dissector = application(d);
  const message = d.quoted || d.source !== 0 ? null : d.context.reassembledMessage;
  if (message !== null && dissector !== null) {
    const { reportedEnd } = d;
    d.source = d.addSource('Reassembled TCP', message);
    d.reportedEnd = message.length;
    dissectLayer(d, dissector, 0, message.length);
    d.source = 0;
    d.reportedEnd = reportedEnd;
    const rest = Math.max(start, end - d.context.messageRest);
    if (rest < end) dissectRest(d, dissector, rest, end);
  } else if (end > start && isPartOfMessage(d)) {
    // A segment that was sent again is no new part.
    if ((d.context.flags & RESENT) === 0) d.info = `${openingLine(d, start, end) ?? d.info} [TCP segment of a reassembled PDU]`;
  } else if (end > start) {
    dissectLayer(d, dissector ?? data, start, end);
  }
}
