import { AuthOutcome, AuthService, EventKind } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { type BerElement, berElement, berInteger, berLength } from './ber';
import { u8, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say, utf8 } from './layer';
import type { ApplicationProtocol, MessageSummary } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('KRB5');
/** Application tags of the messages (RFC 4120, section 5.10). */
const messages: Readonly<Record<number, string>> = {
  10: 'AS-REQ',
  11: 'AS-REP',
  12: 'TGS-REQ',
  13: 'TGS-REP',
  14: 'AP-REQ',
  15: 'AP-REP',
  20: 'KRB-SAFE',
  21: 'KRB-PRIV',
  22: 'KRB-CRED',
  30: 'KRB-ERROR',
};
const errors: Readonly<Record<number, string>> = {
  6: 'KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN',
  7: 'KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN',
  12: 'KRB5KDC_ERR_POLICY',
  14: 'KRB5KDC_ERR_ETYPE_NOSUPP',
  18: 'KRB5KDC_ERR_CLIENT_REVOKED',
  23: 'KRB5KDC_ERR_KEY_EXPIRED',
  24: 'KRB5KDC_ERR_PREAUTH_FAILED',
  25: 'KRB5KDC_ERR_PREAUTH_REQUIRED',
  31: 'KRB5KRB_AP_ERR_BAD_INTEGRITY',
  32: 'KRB5KRB_AP_ERR_TKT_EXPIRED',
  37: 'KRB5KRB_AP_ERR_SKEW',
  52: 'KRB5KRB_ERR_RESPONSE_TOO_BIG',
  68: 'KRB5KDC_ERR_WRONG_REALM',
};
const ERROR = 30;
/** Context tag of an error's code, and parts of an error that are looked at (RFC 4120, 5.9.1). */
const ERROR_CODE = 0xa6;
const MAX_PARTS = 16;
const MAX_RECORD = 10 * 1024 * 1024;

const isKerberos = (bytes: Uint8Array, at: number, end: number): boolean =>
  end - at >= 2 && messages[u8(bytes, at) - 0x60] !== undefined && berLength(bytes, at, end) >= 0;

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, kerberos, start, end);
  if (d.root.some((node) => node.name === 'tcp')) layer.uint('kerberos.rm.length', 4);
  const type = u8(layer.bytes, layer.at) - 0x60;
  const message = berElement(layer.bytes, layer.at, end);
  let info = type === ERROR ? 'KRB Error' : (messages[type] ?? '');
  if (message) {
    const node = layer.open('', info.toLowerCase(), message.end - layer.at);
    layer.add('kerberos.msg_type', type, `${info} (${type})`, layer.at, 1);
    const sequence = berElement(layer.bytes, message.start, message.end);
    if (sequence) info += fields(layer, sequence, type, 0);
    layer.close(node);
  }
  layer.finish();
  say(d, info);
}

/** Walks the context-tagged parts: realm, names and the error code, those of the request's body included. */
function fields(layer: Layer, sequence: BerElement, type: number, depth: number): string {
  const { bytes } = layer;
  let info = '';
  for (let at = sequence.start; at < sequence.end && !layer.d.full; ) {
    const part = berElement(bytes, at, sequence.end);
    if (!part || part.end <= at) break;
    const tag = part.tag - 0xa0;
    const inner = berElement(bytes, part.start, part.end);
    const isRequest = type === 10 || type === 12;
    if (inner) {
      if (type === ERROR && tag === 6) {
        const code = berInteger(bytes, inner);
        layer.add('kerberos.error_code', code, `${errors[code] ?? 'Unknown'} (${code})`, inner.start, inner.end - inner.start);
        info += `: ${errors[code] ?? code}`;
      } else if (isRequest && tag === 4 && depth === 0) info += fields(layer, inner, type, 1);
      else if (inner.tag === 0x1b) text(layer, 'kerberos.realm', inner);
      else if (inner.tag === 0x30 && ((depth === 1 && (tag === 1 || tag === 3)) || (!isRequest && (tag === 4 || tag === 8 || tag === 10))))
        principal(layer, inner);
    }
    at = part.end;
  }
  return info;
}

function text(layer: Layer, field: string, element: BerElement): void {
  const value = utf8(layer.bytes, element.start, element.end);
  layer.add(field, value, readable(value), element.start, element.end - element.start);
}

/** PrincipalName: a kind and a sequence of strings. */
function principal(layer: Layer, name: BerElement): void {
  const { bytes } = layer;
  const kind = berElement(bytes, name.start, name.end);
  const strings = kind && berElement(bytes, kind.end, name.end);
  const list = strings && u8(bytes, strings.start) === 0x30 ? berElement(bytes, strings.start, strings.end) : null;
  if (!list) return;
  for (let at = list.start; at < list.end && !layer.d.full; ) {
    const part = berElement(bytes, at, list.end);
    if (!part || part.end <= at) return;
    if (part.tag === 0x1b) text(layer, 'kerberos.CNameString', part);
    at = part.end;
  }
}

const AS_REPLY = 11;
/** The proof of the password is wrong. 25 only asks for it, as every login begins; unknown names (6) are asked for by mistake all day. */
const REFUSALS: readonly number[] = [24, 31];

/** A ticket is given, or refused for who asked for it. */
function readLogin(bytes: Uint8Array, start: number, end: number, summary: MessageSummary): void {
  const type = u8(bytes, start) - 0x60;
  if (type === AS_REPLY) {
    summary.addEvent(EventKind.Authentication, (AuthService.Kerberos << 8) | AuthOutcome.Succeeded, -1);
    return;
  }
  if (type !== ERROR) return;
  const message = berElement(bytes, start, end);
  const sequence = message && berElement(bytes, message.start, message.end);
  for (let at = sequence?.start ?? end, parts = 0; sequence && at < sequence.end && parts < MAX_PARTS; parts++) {
    const part = berElement(bytes, at, sequence.end);
    if (!part || part.end <= at) return;
    at = part.end;
    if (part.tag !== ERROR_CODE) continue;
    const code = berElement(bytes, part.start, part.end);
    if (code && REFUSALS.includes(berInteger(bytes, code)))
      summary.addEvent(EventKind.Authentication, (AuthService.Kerberos << 8) | AuthOutcome.Failed, -1);
    return;
  }
}

/** RFC 4120; over TCP behind a length of four bytes. */
export const kerberos: ApplicationProtocol = {
  name: 'kerberos',
  title: 'Kerberos',
  udpPorts: [88],
  tcpPorts: [88],
  frame: (bytes, start, end) => {
    if (end - start < 4) return NEED_MORE;
    const length = u32(bytes, start);
    return length > MAX_RECORD || (end - start >= 6 && !isKerberos(bytes, start + 4, end)) ? NOT_MINE : length + 4;
  },
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    const isRecord = !isKerberos(bytes, start, end);
    if (isRecord && !(end - start > 4 && u32(bytes, start) <= MAX_RECORD && isKerberos(bytes, start + 4, end))) return false;
    readLogin(bytes, isRecord ? start + 4 : start, end, summary);
    return true;
  },
  fields: fieldList(
    'kerberos',
    'Kerberos',
    `.rm.length uint Record Length
    .msg_type uint msg-type
    .realm string realm
    .CNameString string CNameString
    .error_code uint error-code`,
  ),
  dissect,
};
