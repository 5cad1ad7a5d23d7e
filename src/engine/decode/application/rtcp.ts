import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('RTCP');
/** Feedback and extended reports only follow in a compound packet, which begins with one of the first five. */
const LAST_PLAIN = 204;
const types: Readonly<Record<number, string>> = {
  200: 'Sender Report',
  201: 'Receiver Report',
  202: 'Source description',
  203: 'Goodbye',
  204: 'Application specific',
  205: 'Generic RTP Feedback',
  206: 'Payload-specific Feedback',
  207: 'Extended report (RFC 3611)',
};

function isRtcp(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 8 &&
    u8(bytes, start) >>> 6 === 2 &&
    types[u8(bytes, start + 1)] !== undefined &&
    (u16(bytes, start + 2) + 1) * 4 <= end - start
  );
}

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  for (let at = start; at < end && isRtcp(d.bytes, at, end) && !d.full; ) {
    const stop = at + (u16(d.bytes, at + 2) + 1) * 4;
    const type = u8(d.bytes, at + 1);
    const layer = new Layer(d, rtcp, at, stop, `Real-time Transport Control Protocol (${types[type]})`);
    const first = layer.left > 0 ? u8(d.bytes, at) : 0;
    layer.take(1);
    layer.bits('rtcp.version', first, 1, 0xc0);
    layer.bits('rtcp.padding', first, 1, 0x20);
    layer.bits('rtcp.rc', first, 1, 0x1f);
    layer.uint('rtcp.pt', 1, types);
    layer.uint('rtcp.length', 2);
    layer.hex('rtcp.senderssrc', 4);
    layer.rest('Data');
    layer.finish();
    said.push(`${types[type]}   `);
    at = stop;
  }
  say(d, said.join(''));
}

/** RFC 3550 beside STUN on its port (RFC 7983); elsewhere it looks like too much else. */
export const rtcp: ApplicationProtocol = {
  name: 'rtcp',
  title: 'Real-time Transport Control Protocol',
  udpPorts: [3478, 5005],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return isRtcp(bytes, start, end) && u8(bytes, start + 1) <= LAST_PLAIN;
  },
  fields: fieldList(
    'rtcp',
    'Real-time Transport Control Protocol',
    `.version uint Version
    .padding bool Padding
    .rc uint Reception report count
    .pt uint Packet type
    .length uint Length
    .senderssrc uint Sender SSRC`,
  ),
  dissect,
};
