import { AuthService } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { berElement, berHeader, berInteger, berLength } from './ber';
import { u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say, utf8 } from './layer';
import { Phase, phaseOf, setPhase, setUser, tellOutcome, tellSecret } from './login';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const ldapName = protocolNames.id('LDAP');
const cldapName = protocolNames.id('CLDAP');
const SEQUENCE = 0x30;
const MAX_MESSAGE = 64 * 1024 * 1024;

/** Application tags (RFC 4511, section 4.2 and on). */
const operations: Readonly<Record<number, string>> = {
  0: 'bindRequest',
  1: 'bindResponse',
  2: 'unbindRequest',
  3: 'searchRequest',
  4: 'searchResEntry',
  5: 'searchResDone',
  6: 'modifyRequest',
  7: 'modifyResponse',
  8: 'addRequest',
  9: 'addResponse',
  10: 'delRequest',
  11: 'delResponse',
  12: 'modDNRequest',
  13: 'modDNResponse',
  14: 'compareRequest',
  15: 'compareResponse',
  16: 'abandonRequest',
  19: 'searchResRef',
  23: 'extendedReq',
  24: 'extendedResp',
  25: 'intermediateResponse',
};
const results: Readonly<Record<number, string>> = {
  0: 'success',
  1: 'operationsError',
  2: 'protocolError',
  3: 'timeLimitExceeded',
  4: 'sizeLimitExceeded',
  7: 'authMethodNotSupported',
  8: 'strongerAuthRequired',
  10: 'referral',
  14: 'saslBindInProgress',
  16: 'noSuchAttribute',
  32: 'noSuchObject',
  34: 'invalidDNSyntax',
  48: 'inappropriateAuthentication',
  49: 'invalidCredentials',
  50: 'insufficientAccessRights',
  51: 'busy',
  52: 'unavailable',
  53: 'unwillingToPerform',
  68: 'entryAlreadyExists',
};
const scopes: Readonly<Record<number, string>> = { 0: 'baseObject', 1: 'singleLevel', 2: 'wholeSubtree' };

function isLdap(bytes: Uint8Array, start: number, end: number): boolean {
  if (u8(bytes, start) !== SEQUENCE || berLength(bytes, start, end) < 0) return false;
  const id = start + berHeader(bytes, start);
  return end - id < 3 || (u8(bytes, id) === 2 && u8(bytes, id + 1) >= 1 && u8(bytes, id + 1) <= 4);
}

const [BIND_REQUEST, BIND_RESPONSE] = [0x60, 0x61] as const;
const [OCTETS, ENUMERATED, SIMPLE, SASL] = [0x04, 0x0a, 0x80, 0xa3] as const;
const [SUCCESS, INVALID_CREDENTIALS] = [0, 49] as const;

/** A bind with name and password (RFC 4511, 4.2), and its answer. Binds without either log nobody in. */
function readBind(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  const id = start + berHeader(bytes, start);
  const operation = id + 2 + u8(bytes, id + 1);
  const tag = u8(bytes, operation);
  if (tag !== BIND_REQUEST && tag !== BIND_RESPONSE) return;
  const first = operation + berHeader(bytes, operation);
  const second = first + 2 + u8(bytes, first + 1);
  if (tag === BIND_RESPONSE) {
    if (phaseOf(conversation) !== Phase.Answer || u8(bytes, first) !== ENUMERATED || second > end) return;
    const code = u8(bytes, second - 1);
    if (code === SUCCESS || code === INVALID_CREDENTIALS) tellOutcome(conversation, summary, AuthService.Ldap, code === SUCCESS);
    else setPhase(conversation, Phase.None);
    return;
  }
  const name = second + berHeader(bytes, second);
  const nameEnd = name + berLength(bytes, second, end);
  if (u8(bytes, second) === OCTETS && nameEnd >= name && nameEnd < end && u8(bytes, nameEnd) === SASL) {
    // The secret is hidden: only the outcome can be told.
    setUser(conversation, -1);
    setPhase(conversation, Phase.Answer);
    return;
  }
  if (u8(bytes, second) !== OCTETS || nameEnd <= name || nameEnd + 2 >= end) return;
  if (u8(bytes, nameEnd) !== SIMPLE || u8(bytes, nameEnd + 1) === 0) return;
  setUser(conversation, summary.text(bytes, name, nameEnd));
  tellSecret(conversation, summary, AuthService.Ldap);
}

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  for (let at = start; at < end && !d.full; ) {
    const message = isLdap(d.bytes, at, end) ? berElement(d.bytes, at, end) : null;
    if (!message || message.end <= at) break;
    said.push(one(d, at, message.end));
    at = message.end;
  }
  say(d, `${said.join(' | ')} `);
}

function one(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, ldap, start, end);
  const { bytes } = layer;
  const message = berElement(bytes, start, end);
  const id = message && berElement(bytes, message.start, message.end);
  const operation = id && berElement(bytes, id.end, message.end);
  if (!operation) {
    layer.finish();
    return '';
  }
  const number = berInteger(bytes, id);
  const type = operation.tag & 0x1f;
  const name = operations[type] ?? `operation ${type}`;
  const node = layer.open('', `LDAPMessage ${name}(${number})`, end - start);
  layer.add('ldap.messageID', number, String(number), id.start, id.end - id.start);
  layer.add('ldap.protocolOp', type, `${name} (${type})`, id.end, operation.end - id.end);
  let info = `${name}(${number})`;
  const first = berElement(bytes, operation.start, operation.end);
  if (first && type === 0) {
    const dn = berElement(bytes, first.end, operation.end);
    if (dn) {
      info += ` "${nameText(layer, 'ldap.name', dn.start, dn.end)}"`;
      info += (u8(bytes, dn.end) & 0x1f) === 0 ? ' simple' : ' sasl';
    }
  } else if (first && type === 3) {
    info += ` "${nameText(layer, 'ldap.baseObject', first.start, first.end)}"`;
    const scope = berElement(bytes, first.end, operation.end);
    if (scope) {
      const value = berInteger(bytes, scope);
      layer.add('ldap.scope', value, `${scopes[value] ?? 'Unknown'} (${value})`, scope.start, scope.end - scope.start);
      info += ` ${scopes[value] ?? value}`;
    }
  } else if (first && first.tag === 0x0a) {
    const code = berInteger(bytes, first);
    layer.add('ldap.resultCode', code, `${results[code] ?? 'Unknown'} (${code})`, first.start, first.end - first.start);
    info += ` ${results[code] ?? code}`;
  } else if (first && type === 4) info += ` "${nameText(layer, 'ldap.objectName', first.start, first.end)}"`;
  layer.close(node);
  layer.finish();
  return info;
}

function nameText(layer: Layer, field: string, start: number, end: number): string {
  const text = utf8(layer.bytes, start, end);
  layer.add(field, text, readable(text), start, end - start);
  return text === '' ? '<ROOT>' : readable(text);
}

/** RFC 4511; without a connection over UDP (CLDAP, RFC 1798). */
export const ldap: ApplicationProtocol = {
  name: 'ldap',
  title: 'Lightweight Directory Access Protocol',
  tcpPorts: [389, 3268],
  frame: (bytes, start, end) => {
    if (end - start < 6) return NEED_MORE;
    const length = berLength(bytes, start, end);
    return !isLdap(bytes, start, end) || length > MAX_MESSAGE ? NOT_MINE : berHeader(bytes, start) + length;
  },
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = ldapName;
    if (!isLdap(bytes, start, end)) return false;
    readBind(bytes, start, end, conversation, summary);
    return true;
  },
  fields: fieldList(
    'ldap',
    'Lightweight Directory Access Protocol',
    `.messageID uint messageID
    .protocolOp uint protocolOp
    .name string name
    .baseObject string baseObject
    .objectName string objectName
    .scope uint scope
    .resultCode uint resultCode`,
  ),
  dissect,
};

/** The same messages over UDP. */
export const cldap: ApplicationProtocol = {
  name: 'cldap',
  title: 'Connectionless Lightweight Directory Access Protocol',
  udpPorts: [389],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = cldapName;
    return isLdap(bytes, start, end);
  },
  fields: { ...ldap.fields, cldap: { type: 'none', title: 'Connectionless Lightweight Directory Access Protocol' } },
  dissect,
};
