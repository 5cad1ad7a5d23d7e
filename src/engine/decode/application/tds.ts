import { AuthOutcome, AuthService, EventKind } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16, u16le, u32le } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol, MessageSummary } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('TDS');
const HEADER = 8;
const RESPONSE = 4;
const types: Readonly<Record<number, string>> = {
  1: 'SQL batch',
  2: 'Pre-TDS7 login',
  3: 'Remote Procedure Call',
  4: 'Response',
  6: 'Attention',
  7: 'Bulk load data',
  14: 'Transaction Manager Request',
  15: 'TDS5 query',
  16: 'TDS7 login',
  17: 'SSPI message',
  18: 'TDS7 pre-login message',
};
/** Tokens of a response with a length of two bytes: error, information, login accepted, change of the environment. */
const [ERROR, INFO, LOGIN_ACK, ENVIRONMENT] = [0xaa, 0xab, 0xad, 0xe3] as const;
const LOGIN_FAILED = 18_456;
/** Tokens that are gone over before a login's outcome. */
const MAX_TOKENS = 32;

const isTds = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= HEADER && types[u8(bytes, at)] !== undefined && u8(bytes, at + 1) < 0x20 && u16(bytes, at + 2) >= HEADER;

/** [MS-TDS], 2.2.7: what a response says of a login. Also where the login itself was encrypted, the answer mostly is not. */
function readLogin(bytes: Uint8Array, start: number, end: number, summary: MessageSummary): void {
  if (u8(bytes, start) !== RESPONSE) return;
  for (let at = start + HEADER, tokens = 0; at + 7 <= end && tokens < MAX_TOKENS; tokens++) {
    const token = u8(bytes, at);
    if (token !== ERROR && token !== INFO && token !== LOGIN_ACK && token !== ENVIRONMENT) return;
    const failed = token === ERROR && u32le(bytes, at + 3) === LOGIN_FAILED;
    if (failed || token === LOGIN_ACK) {
      summary.addEvent(EventKind.Authentication, (AuthService.MsSql << 8) | (failed ? AuthOutcome.Failed : AuthOutcome.Succeeded), -1);
      return;
    }
    at += 3 + u16le(bytes, at + 1);
  }
}

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, tds, start, end);
  const type = layer.uint('tds.type', 1, types);
  layer.hex('tds.status', 1);
  layer.uint('tds.length', 2);
  layer.uint('tds.channel', 2);
  layer.uint('tds.packet_number', 1);
  layer.uint('tds.window', 1);
  if (!layer.failed) layer.rest('Data');
  layer.finish();
  say(d, types[type] ?? 'Unknown Packet Type');
}

/** Tabular Data Stream, as Microsoft SQL Server speaks it: [MS-TDS]. Packets of one message are not joined. */
export const tds: ApplicationProtocol = {
  name: 'tds',
  title: 'Tabular Data Stream',
  tcpPorts: [1433, 2433],
  frame: (bytes, start, end) => {
    if (end - start < HEADER) return types[u8(bytes, start)] === undefined ? NOT_MINE : NEED_MORE;
    return isTds(bytes, start, end) ? u16(bytes, start + 2) : NOT_MINE;
  },
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    if (!isTds(bytes, start, end)) return false;
    readLogin(bytes, start, end, summary);
    return true;
  },
  fields: fieldList(
    'tds',
    'Tabular Data Stream',
    `.type uint Type
    .status uint Status
    .length uint Length
    .channel uint Channel
    .packet_number uint Packet Number
    .window uint Window`,
  ),
  dissect,
};
