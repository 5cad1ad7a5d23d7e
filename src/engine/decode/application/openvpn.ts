import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16, u24 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE } from './protocol';

const name = protocolNames.id('OpenVPN');
/** Shown where the tunnel runs over another port: Wireshark goes by the port alone. The flow is known all the same. */
const udpName = protocolNames.id('UDP');
const PORT = 1194;
const CLIENT_RESET = 7 << 3;
/** Of a client's first packet, without or with the HMACs of tls-auth (MD5, SHA-1, SHA-256, SHA-512). */
const RESET_LENGTHS = [14, 38, 42, 54, 86];
const opcodes: Readonly<Record<number, string>> = {
  1: 'P_CONTROL_HARD_RESET_CLIENT_V1',
  2: 'P_CONTROL_HARD_RESET_SERVER_V1',
  3: 'P_CONTROL_SOFT_RESET_V1',
  4: 'P_CONTROL_V1',
  5: 'P_ACK_V1',
  6: 'P_DATA_V1',
  7: 'P_CONTROL_HARD_RESET_CLIENT_V2',
  8: 'P_CONTROL_HARD_RESET_SERVER_V2',
  9: 'P_DATA_V2',
  10: 'P_CONTROL_HARD_RESET_CLIENT_V3',
  11: 'P_CONTROL_WKC_V1',
};
const isData = (opcode: number): boolean => opcode === 6 || opcode === 9;

/** A client's first packet ends in an empty list of acknowledgements and packet number 0. */
function isFirst(bytes: Uint8Array, start: number, end: number): boolean {
  return u8(bytes, start) === CLIENT_RESET && RESET_LENGTHS.includes(end - start) && u24(bytes, end - 5) === 0 && u16(bytes, end - 2) === 0;
}

function dissect(d: Dissection, start: number, end: number): void {
  const overTcp = d.root.some((layer) => layer.name === 'tcp');
  const said: string[] = [];
  for (let at = start; at < end && !d.full; ) {
    const stop = overTcp && end - at >= 2 ? at + 2 + u16(d.bytes, at) : end;
    if (stop > end && said.length > 0) break;
    said.push(message(d, at, Math.min(stop, end), overTcp));
    at = stop;
  }
  say(d, said.join(', '));
}

function message(d: Dissection, start: number, end: number, overTcp: boolean): string {
  const layer = new Layer(d, openvpn, start, end);
  if (overTcp) layer.uint('openvpn.plen', 2);
  const type = layer.hex('openvpn.type', 1);
  const opcode = type >>> 3;
  layer.bits('openvpn.opcode', type, 1, 0xf8, opcodes);
  layer.bits('openvpn.keyid', type, 1, 0x07);
  if (opcode === 9 && layer.left >= 3) layer.uint('openvpn.peerid', 3);
  if (!isData(opcode) && layer.left >= 8) layer.uint64('openvpn.sessionid', false, true);
  if (layer.left > 0) layer.data('openvpn.data', layer.left);
  layer.finish();
  return `MessageType: ${opcodes[opcode] ?? `Unknown (${opcode})`}`;
}

/** OpenVPN's wire format over UDP, and over TCP behind a length. What follows the session id depends on the tunnel's keys. */
export const openvpn: ApplicationProtocol = {
  name: 'openvpn',
  title: 'OpenVPN Protocol',
  tcpPorts: [PORT],
  udpPorts: [PORT],
  frame: (bytes, start, end) => (end - start < 2 ? NEED_MORE : u16(bytes, start) + 2),
  recogniseUdp: isFirst,
  summarise: (bytes, start, end, conversation, summary) => {
    const standard = conversation.sourcePort === PORT || conversation.destinationPort === PORT;
    summary.protocol = standard ? name : udpName;
    return end > start && (standard || opcodes[u8(bytes, start) >>> 3] !== undefined);
  },
  fields: fieldList(
    'openvpn',
    'OpenVPN Protocol',
    `.plen uint Plain Packet Length
    .type uint Type
    .opcode uint Opcode
    .keyid uint Key ID
    .peerid uint Peer ID
    .sessionid uint Session ID
    .data bytes Data`,
  ),
  dissect,
};
