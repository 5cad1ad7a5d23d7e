import { AuthService } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, isLetter, startsWith, u8, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, portsOf, readable, say, utf8 } from './layer';
import { Phase, phaseOf, setPhase, setUser, tellOutcome, tellSecret } from './login';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('PGSQL');
const PORT = 5432;
const MAX_MESSAGE = 1 << 30;
/** Codes in the place of a version: cancel, TLS and GSSAPI requests. */
const SPECIAL = 0x04d20000;
const VERSION_3 = 0x00030000;

const fromClient: Readonly<Record<string, string>> = {
  B: 'Bind',
  C: 'Close',
  c: 'Copy completion',
  d: 'Copy data',
  D: 'Describe',
  E: 'Execute',
  F: 'Function call',
  f: 'Copy failure',
  H: 'Flush',
  P: 'Parse',
  p: 'Authentication message',
  Q: 'Simple query',
  S: 'Sync',
  X: 'Termination',
};
const fromServer: Readonly<Record<string, string>> = {
  '1': 'Parse completion',
  '2': 'Bind completion',
  '3': 'Close completion',
  A: 'Notification',
  C: 'Command completion',
  c: 'Copy completion',
  D: 'Data row',
  d: 'Copy data',
  E: 'Error',
  G: 'Copy in response',
  H: 'Copy out response',
  I: 'Empty query',
  K: 'Backend key data',
  N: 'Notice',
  n: 'No data',
  R: 'Authentication request',
  S: 'Parameter status',
  s: 'Portal suspended',
  T: 'Row description',
  t: 'Parameter description',
  V: 'Function call response',
  W: 'Copy both response',
  Z: 'Ready for query',
};
const authentication: Readonly<Record<number, string>> = {
  0: 'Success',
  2: 'Kerberos V5',
  3: 'Plaintext password',
  5: 'MD5 password',
  7: 'GSSAPI',
  9: 'SSPI',
  10: 'SASL',
  11: 'SASL continue',
  12: 'SASL complete',
};

/** The start-up messages have no type byte, and their length begins with zero bytes. */
const isStartup = (bytes: Uint8Array, at: number): boolean => u8(bytes, at) === 0;

/** The server's one-letter answer to a request for TLS. */
const isAnswer = (bytes: Uint8Array, start: number, end: number): boolean =>
  end - start === 1 && (u8(bytes, start) === 0x53 || u8(bytes, start) === 0x4e);

function frame(bytes: Uint8Array, start: number, end: number): number {
  if (isAnswer(bytes, start, end)) return 1;
  const startup = isStartup(bytes, start);
  if (!startup && !isLetter(u8(bytes, start)) && (u8(bytes, start) < 0x31 || u8(bytes, start) > 0x33)) return NOT_MINE;
  if (end - start < 5) return NEED_MORE;
  const length = u32(bytes, startup ? start : start + 1);
  return length < 4 || length > MAX_MESSAGE ? NOT_MINE : startup ? length : length + 1;
}

function dissect(d: Dissection, start: number, end: number): void {
  const server = portsOf(d).source === PORT;
  const layer = new Layer(d, pgsql, start, end);
  const said: string[] = [];
  while (layer.more) {
    const length = frame(layer.bytes, layer.at, end);
    if (length <= 0 || (length > layer.left && said.length > 0)) break;
    said.push(message(layer, Math.min(end, layer.at + length), server));
  }
  layer.finish();
  say(d, `${server ? '<' : '>'}${said.join('/')}`);
}

function message(layer: Layer, stop: number, server: boolean): string {
  const startup = isStartup(layer.bytes, layer.at);
  const letter = startup ? '' : String.fromCharCode(u8(layer.bytes, layer.at));
  const title = startup
    ? startupTitle(u32(layer.bytes, layer.at + 4))
    : stop - layer.at === 1
      ? 'SSL response'
      : ((server ? fromServer : fromClient)[letter] ?? 'Unknown');
  const outerEnd = layer.end;
  const node = layer.open('', `Type: ${title}`, stop - layer.at);
  if (!startup) {
    layer.take(1);
    layer.add('pgsql.type', title, title, layer.at - 1, 1);
  }
  layer.end = stop;
  if (layer.left > 0) {
    layer.uint('pgsql.length', 4);
    body(layer, letter, startup, server);
    if (!layer.failed) layer.rest('Data');
  }
  layer.end = outerEnd;
  layer.at = stop;
  layer.close(node);
  return letter;
}

const startupTitle = (code: number): string =>
  code >>> 16 === SPECIAL >>> 16
    ? code === SPECIAL + 5678
      ? 'Cancel request'
      : code === SPECIAL + 5679
        ? 'SSL request'
        : 'GSS encrypt request'
    : 'Startup message';

function body(layer: Layer, letter: string, startup: boolean, server: boolean): void {
  if (startup) {
    const version = layer.left >= 4 ? u32(layer.bytes, layer.at) : 0;
    layer.uint('pgsql.version_major', 2);
    layer.uint('pgsql.version_minor', 2);
    if (version >>> 16 !== VERSION_3 >>> 16) return;
    while (layer.more && u8(layer.bytes, layer.at) !== 0) {
      zeroEnded(layer, 'pgsql.parameter_name');
      zeroEnded(layer, 'pgsql.parameter_value');
    }
  } else if (!server && letter === 'Q') zeroEnded(layer, 'pgsql.query');
  else if (server && letter === 'R') layer.uint('pgsql.authtype', 4, authentication);
  else if (server && letter === 'S') {
    zeroEnded(layer, 'pgsql.parameter_name');
    zeroEnded(layer, 'pgsql.parameter_value');
  } else if (server && letter === 'C') zeroEnded(layer, 'pgsql.tag');
  else if (server && (letter === 'E' || letter === 'N')) {
    while (layer.more && u8(layer.bytes, layer.at) !== 0)
      zeroEnded(layer, u8(layer.bytes, layer.at) === 0x4d ? 'pgsql.message' : 'pgsql.text');
  }
}

function zeroEnded(layer: Layer, field: string): void {
  const zero = indexOf(layer.bytes, 0, layer.at, layer.end);
  const at = layer.at;
  const stop = zero < 0 ? layer.end : zero;
  const text = utf8(layer.bytes, at, stop);
  layer.take(Math.min(layer.left, stop - at + 1));
  layer.add(field, text, readable(text), at, layer.at - at);
}

const [LETTER_P, LETTER_R, LETTER_E] = [0x70, 0x52, 0x45] as const;
const [AUTHENTICATION_OK, PLAINTEXT] = [0, 3] as const;
const MAX_PARAMETERS = 64;

/** Start-up: names and values, each ended by a zero byte; 'user' is one of them. */
function readStartup(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if (end - start < 8 || u32(bytes, start + 4) >>> 16 !== VERSION_3 >>> 16) return;
  setPhase(conversation, Phase.Answer);
  setUser(conversation, -1);
  let at = start + 8;
  for (let i = 0; i < MAX_PARAMETERS; i++) {
    const value = indexOf(bytes, 0, at, end) + 1;
    const next = value > 0 ? indexOf(bytes, 0, value, end) + 1 : 0;
    if (next === 0) return;
    if (startsWith(bytes, at, end, 'user\0')) return setUser(conversation, summary.text(bytes, value, next - 1));
    at = next;
  }
}

function readAnswer(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if (phaseOf(conversation) === Phase.None || end - start < 9) return;
  const letter = u8(bytes, start);
  if (letter === LETTER_R) {
    const wanted = u32(bytes, start + 5);
    if (wanted === AUTHENTICATION_OK) tellOutcome(conversation, summary, AuthService.PostgreSql, true);
    else if (wanted === PLAINTEXT) setPhase(conversation, Phase.SaslSecret);
  } else if (letter === LETTER_E) {
    if (isDenied(bytes, start + 5, end)) tellOutcome(conversation, summary, AuthService.PostgreSql, false);
    else setPhase(conversation, Phase.None);
  }
}

/** Fields of an error, each a letter and a text with a zero byte behind: the code (C) is invalid_password or invalid_authorization. */
function isDenied(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end && u8(bytes, at) !== 0; ) {
    if (startsWith(bytes, at, end, 'C28P01') || startsWith(bytes, at, end, 'C28000')) return true;
    const zero = indexOf(bytes, 0, at, end);
    if (zero < 0) return false;
    at = zero + 1;
  }
  return false;
}

/** PostgreSQL frontend/backend protocol, version 3. */
export const pgsql: ApplicationProtocol = {
  name: 'pgsql',
  title: 'PostgreSQL',
  tcpPorts: [PORT],
  frame,
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = name;
    if (conversation.sourcePort === PORT) readAnswer(bytes, start, end, conversation, summary);
    else if (isStartup(bytes, start)) readStartup(bytes, start, end, conversation, summary);
    else if (u8(bytes, start) === LETTER_P && phaseOf(conversation) === Phase.SaslSecret)
      tellSecret(conversation, summary, AuthService.PostgreSql);
    return true;
  },
  fields: fieldList(
    'pgsql',
    'PostgreSQL',
    `.type string Type
    .length uint Length
    .version_major uint Protocol major version
    .version_minor uint Protocol minor version
    .parameter_name string Parameter name
    .parameter_value string Parameter value
    .authtype uint Authentication type
    .query string Query
    .tag string Tag
    .message string Message
    .text string Text`,
  ),
  dissect,
};
