import { AuthService } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, u8, u16le } from './bytes';
import { fieldList } from './field-list';
import { Layer, portsOf, readable, say, utf8 } from './layer';
import { Phase, phaseOf, setPhase, setUser, tellOutcome } from './login';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';
import { looksLikeRecord } from './tls/record';

const name = protocolNames.id('MySQL');
const PORT = 3306;
const HEADER = 4;
const PROTOCOL_10 = 10;
const [OK, LOCAL_INFILE, END, ERROR] = [0x00, 0xfb, 0xfe, 0xff] as const;
const PROTOCOL_41 = 0x0200;

const commands: Readonly<Record<number, string>> = {
  0: 'Sleep',
  1: 'Quit',
  2: 'Use Database',
  3: 'Query',
  4: 'Show Fields',
  5: 'Create Database',
  6: 'Drop Database',
  7: 'Refresh',
  8: 'Shutdown',
  9: 'Statistics',
  10: 'Process List',
  12: 'Kill Server Thread',
  14: 'Ping',
  17: 'Change User',
  18: 'Send Binlog',
  22: 'Prepare Statement',
  23: 'Execute Statement',
  24: 'Send Blob',
  25: 'Close Statement',
  26: 'Reset Statement',
  27: 'Set Option',
  28: 'Fetch Data',
  31: 'Reset Connection',
};

const lengthAt = (bytes: Uint8Array, at: number): number => u8(bytes, at) | (u8(bytes, at + 1) << 8) | (u8(bytes, at + 2) << 16);

function dissect(d: Dissection, start: number, end: number): void {
  const fromServer = portsOf(d).source === PORT;
  const said: string[] = [];
  for (let at = start; end - at >= HEADER && !d.full; ) {
    const stop = at + HEADER + lengthAt(d.bytes, at);
    if (stop > end && said.length > 0) break;
    const info = packet(d, at, Math.min(stop, end), fromServer, said.length === 0);
    if (info !== '' || said.length === 0) said.push(info);
    at = stop;
  }
  say(d, `${fromServer && !said[0]?.startsWith('Server') ? 'Response ' : ''}${said.join(' ')} `.trimEnd());
}

function packet(d: Dissection, start: number, end: number, fromServer: boolean, first: boolean): string {
  const layer = new Layer(d, mysql, start, end);
  layer.uintLe('mysql.packet_length', 3);
  const number = layer.uint('mysql.packet_number', 1);
  const code = layer.left > 0 ? u8(layer.bytes, layer.at) : 0;
  let info = '';
  if (layer.left > 0) {
    if (fromServer && number === 0 && code === PROTOCOL_10) info = greeting(layer);
    else if (fromServer) info = first ? response(layer, code) : '';
    else if (number === 0) info = request(layer);
    else if (number === 1 && layer.left >= 32) info = login(layer);
    else info = '';
  }
  if (!layer.failed && layer.left > 0) layer.data('mysql.payload', layer.left);
  layer.finish();
  return info;
}

function zeroEnded(layer: Layer, field: string): string {
  const zero = indexOf(layer.bytes, 0, layer.at, layer.end);
  const at = layer.at;
  const stop = zero < 0 ? layer.end : zero;
  const text = readable(utf8(layer.bytes, at, stop));
  layer.take(Math.min(layer.left, stop - at + 1));
  layer.add(field, text, text, at, layer.at - at);
  return text;
}

function greeting(layer: Layer): string {
  const protocol = layer.uint('mysql.protocol', 1);
  const version = zeroEnded(layer, 'mysql.version');
  layer.uintLe('mysql.thread_id', 4);
  return `Server Greeting  proto=${protocol} version=${version}`;
}

function login(layer: Layer): string {
  const capabilities = layer.hex('mysql.caps.client', 2, undefined, true);
  if ((capabilities & PROTOCOL_41) === 0) return 'Login Request';
  layer.hex('mysql.extcaps.client', 2, undefined, true);
  layer.uintLe('mysql.max_packet', 4);
  layer.uint('mysql.charset', 1);
  layer.take(23);
  // A request to go on in TLS ends here.
  return layer.left === 0 ? 'Login Request' : `Login Request user=${zeroEnded(layer, 'mysql.user')}`;
}

function request(layer: Layer): string {
  const code = layer.uint('mysql.command', 1, commands);
  if (layer.left > 0 && (code === 3 || code === 22)) layer.text('mysql.query', layer.left);
  else if (layer.left > 0 && code === 2) layer.text('mysql.schema', layer.left);
  return `Request ${commands[code] ?? `Unknown (${code})`}`;
}

function response(layer: Layer, code: number): string {
  if (code === ERROR && layer.left >= 3) {
    layer.hex('mysql.response_code', 1);
    const error = layer.uintLe('mysql.error_code', 2);
    layer.text('mysql.error.message', layer.left);
    return ` Error ${error}`;
  }
  if (code === OK || code === END || code === LOCAL_INFILE) {
    layer.hex('mysql.response_code', 1);
    return code === OK ? ' OK' : code === END ? ' EOF' : ' LOCAL INFILE';
  }
  layer.uint('mysql.num_fields', 1);
  return 'TABULAR Response';
}

/** A login request: 32 bytes of numbers, then the user's name. */
const LOGIN_HEAD = 32;
/** Access denied for a user: with the password, by the plugin, to the database. */
const DENIED: readonly number[] = [1045, 1698, 1044];

function readLogin(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if (phaseOf(conversation) !== Phase.None || (u16le(bytes, start + HEADER) & PROTOCOL_41) === 0) return;
  const user = start + HEADER + LOGIN_HEAD;
  const zero = indexOf(bytes, 0, user, end);
  setUser(conversation, zero > user ? summary.text(bytes, user, zero) : -1);
  setPhase(conversation, Phase.Answer);
}

function readAnswer(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if (phaseOf(conversation) !== Phase.Answer || end - start <= HEADER) return;
  const code = u8(bytes, start + HEADER);
  if (code === OK) tellOutcome(conversation, summary, AuthService.MySql, true);
  else if (code === ERROR && DENIED.includes(u16le(bytes, start + HEADER + 1)))
    tellOutcome(conversation, summary, AuthService.MySql, false);
  // What follows are commands, whose packets may look like a login.
  if (code === OK || code === ERROR) setPhase(conversation, Phase.Done);
}

/** MySQL client/server protocol: packets with a length of three bytes and a number. */
export const mysql: ApplicationProtocol = {
  name: 'mysql',
  title: 'MySQL Protocol',
  tcpPorts: [PORT],
  frame: (bytes, start, end) => {
    if (end - start < HEADER) return NEED_MORE;
    return looksLikeRecord(bytes, start, end) ? NOT_MINE : HEADER + lengthAt(bytes, start);
  },
  // Between the login and its answer a message matters; afterwards they are rows by the thousand.
  uniform: (conversation) => phaseOf(conversation) !== Phase.Answer,
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = name;
    if (conversation.sourcePort === PORT) readAnswer(bytes, start, end, conversation, summary);
    else if (u8(bytes, start + 3) === 1 && end - start > HEADER + LOGIN_HEAD) readLogin(bytes, start, end, conversation, summary);
    return true;
  },
  fields: fieldList(
    'mysql',
    'MySQL Protocol',
    `.packet_length uint Packet Length
    .packet_number uint Packet Number
    .protocol uint Protocol
    .version string Version
    .thread_id uint Thread ID
    .caps.client uint Client Capabilities
    .extcaps.client uint Extended Client Capabilities
    .max_packet uint MAX Packet
    .charset uint Charset
    .user string Username
    .schema string Schema
    .command uint Command
    .query string Statement
    .response_code uint Response Code
    .error_code uint Error Code
    .error.message string Error message
    .num_fields uint Number of fields
    .payload bytes Payload`,
  ),
  dissect,
};
