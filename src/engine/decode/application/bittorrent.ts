import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { startsWith, u8, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('BitTorrent');
const HELLO = '\x13BitTorrent protocol';
const HANDSHAKE = 68;
/** Larger messages than any client sends (a bit field of 8 million pieces): the bytes are in the middle of a piece. */
const MAX_MESSAGE = 1 << 20;

const types: Readonly<Record<number, string>> = {
  0: 'Choke',
  1: 'Unchoke',
  2: 'Interested',
  3: 'Not Interested',
  4: 'Have',
  5: 'Bitfield',
  6: 'Request',
  7: 'Piece',
  8: 'Cancel',
  9: 'Port',
  13: 'Suggest Piece',
  14: 'Have All',
  15: 'Have None',
  16: 'Reject Request',
  17: 'Allowed Fast',
  20: 'Extended',
};

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, bittorrent, start, end);
  const said: string[] = [];
  while (layer.more) {
    if (startsWith(layer.bytes, layer.at, end, HELLO) && layer.left >= HANDSHAKE) said.push(handshake(layer));
    else if (isMessage(layer)) said.push(message(layer));
    else {
      said.push('Continuation data');
      layer.data('bittorrent.continuous_data', layer.left);
    }
  }
  layer.finish();
  say(d, said.join('  '));
}

function isMessage(layer: Layer): boolean {
  if (layer.left < 4) return false;
  const length = u32(layer.bytes, layer.at);
  if (length === 0) return true;
  return length <= MAX_MESSAGE && layer.left >= 5 && types[u8(layer.bytes, layer.at + 4)] !== undefined;
}

function handshake(layer: Layer): string {
  layer.uint('bittorrent.protocol.name.length', 1);
  layer.text('bittorrent.protocol.name', 19);
  layer.data('bittorrent.reserved', 8);
  layer.data('bittorrent.info_hash', 20);
  layer.data('bittorrent.peer_id', 20);
  return 'Handshake';
}

function message(layer: Layer): string {
  const length = u32(layer.bytes, layer.at);
  const type = u8(layer.bytes, layer.at + 4);
  const node = layer.open('bittorrent.msg', length === 0 ? 'Keep-alive' : (types[type] ?? ''));
  layer.uint('bittorrent.msg.length', 4);
  let info = length === 0 ? 'Keep-alive' : (types[type] ?? '');
  if (length > 0) {
    layer.uint('bittorrent.msg.type', 1, types);
    const left = Math.min(layer.left, length - 1);
    const hex = (value: number): string => `0x${value.toString(16)}`;
    if (type === 4 && left >= 4) info += `, Piece (Idx:${hex(layer.hex('bittorrent.piece.index', 4))})`;
    else if ((type === 6 || type === 8 || type === 16) && left >= 12) {
      info += `, Piece (Idx:${hex(layer.hex('bittorrent.piece.index', 4))},Begin:${hex(layer.hex('bittorrent.piece.begin', 4))},Len:${hex(layer.hex('bittorrent.piece.length', 4))})`;
    } else if (type === 7 && left >= 8) {
      info += `, Idx:${hex(layer.hex('bittorrent.piece.index', 4))},Begin:${hex(layer.hex('bittorrent.piece.begin', 4))},Len:${hex(length - 9)}`;
      if (left > 8) layer.data('bittorrent.piece.data', left - 8);
    } else if (type === 5) {
      info += `, Len:${hex(length - 1)}`;
      layer.data('bittorrent.msg.bitfield', left);
    } else if (type === 9 && left >= 2) layer.uint('bittorrent.port', 2);
    else if (type === 20 && left > 0) layer.data('bittorrent.extended', left);
  }
  layer.close(node);
  return info;
}

/** BEP 3, peers over TCP. A flow is known by its handshake; whatever follows belongs to it. */
export const bittorrent: ApplicationProtocol = {
  name: 'bittorrent',
  title: 'BitTorrent',
  recogniseTcp: (bytes, start, end) => startsWith(bytes, start, end, HELLO),
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = name;
    return true;
  },
  fields: fieldList(
    'bittorrent',
    'BitTorrent',
    `.protocol.name.length uint Protocol Name Length
    .protocol.name string Protocol Name
    .reserved bytes Reserved Extension Bytes
    .info_hash bytes SHA1 Hash of info dictionary
    .peer_id bytes Peer ID
    .msg none Message
    .msg.length uint Message Length
    .msg.type uint Message Type
    .msg.bitfield bytes Bitfield data
    .piece.index uint Piece index
    .piece.begin uint Begin offset of piece
    .piece.length uint Piece Length
    .piece.data bytes Data in a piece
    .port uint Port
    .extended bytes Extended Message
    .continuous_data bytes Continuation data`,
  ),
  dissect,
};
