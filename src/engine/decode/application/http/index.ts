import { AuthService, EventKind } from '../../../../shared/model/event-kinds';
import { protocolNames } from '../../protocol-names';
import { basicName, hasBasicSecret } from '../login';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { dissectHttp, dissectSsdp } from './dissect';
import { httpFields } from './fields';
import { findFormLogin, formLogin, isForm } from './form-login';
import { frameHttp, isHttp2Preface, MAX_HEAD } from './frame';
import { Head, looksLikeHttp, Start } from './head';
import { findMarks, foundMarks } from './marks';
import { protocolOfMediaType } from './media-type';
import { Mode, modeOf } from './state';

const HTTP = protocolNames.id('HTTP');
const HTTP2 = protocolNames.id('HTTP2');
const SSDP = protocolNames.id('SSDP');
const WEBSOCKET = protocolNames.id('WebSocket');

const head = new Head();

/** HTTP/1.x (RFC 9112), and by name what it turns into: WebSocket and HTTP/2. */
export const http: ApplicationProtocol = {
  name: 'http',
  title: 'Hypertext Transfer Protocol',
  fields: httpFields,
  tcpPorts: [80, 8080, 3128, 3132, 5985, 8088, 11371, 1900, 2869, 2710, 3689, 631],
  recogniseTcp: (bytes, start, end) => looksLikeHttp(bytes, start, end) || isHttp2Preface(bytes, start, end),
  keep: MAX_HEAD,
  frame: frameHttp,
  continues: true,
  summarise(bytes, start, end, conversation, summary) {
    const hasHead = summariseHead(bytes, start, end, HTTP, summary);
    if (!hasHead) summary.protocol = protocolOfMode(conversation, bytes, start, end);
    return true;
  },
  dissect: dissectHttp,
};

/** Simple Service Discovery Protocol: an HTTP head in a datagram (UPnP Device Architecture 1.1, 1.3). */
export const ssdp: ApplicationProtocol = {
  name: 'ssdp',
  title: 'Simple Service Discovery Protocol',
  fields: httpFields,
  udpPorts: [1900],
  summarise: (bytes, start, end, _conversation, summary) => summariseHead(bytes, start, end, SSDP, summary),
  dissect: dissectSsdp,
};

function summariseHead(bytes: Uint8Array, start: number, end: number, protocol: number, summary: MessageSummary): boolean {
  if (!head.parse(bytes, start, end)) return false;
  summary.protocol = protocol;
  if (head.kind === Start.Request) {
    summary.eventKind = EventKind.HttpRequest;
    summary.setMethod(bytes, start, head.methodEnd);
    if (head.uriEnd > head.uriStart) summary.setUri(bytes, head.uriStart, head.uriEnd);
    if (head.hostEnd > head.hostStart) summary.setName(bytes, head.hostStart, head.hostEnd);
    if (head.basicEnd > head.basicStart && hasBasicSecret(bytes, head.basicStart, head.basicEnd)) {
      summary.addEvent(EventKind.CleartextCredentials, AuthService.Http, basicName(bytes, head.basicStart, head.basicEnd, summary));
    }
    if (protocol === HTTP) summariseContent(bytes, start, end, summary);
  } else {
    summary.eventKind = EventKind.HttpResponse;
    summary.eventNumber = head.status;
  }
  const hasBody = end > head.end && head.contentLength !== 0;
  if (protocol === HTTP && hasBody && head.typeEnd > head.typeStart)
    summary.protocol = protocolOfMediaType(bytes, head.typeStart, head.typeEnd);
  return true;
}

/** What attacks leave in a request, and a password in a form. */
function summariseContent(bytes: Uint8Array, start: number, end: number, summary: MessageSummary): void {
  const marks = findMarks(bytes, start, head.end, end);
  for (let i = 0; i < marks; i++) summary.addEvent(EventKind.HttpMark, foundMarks[i] ?? 0, -1);
  if (isForm(bytes, head.typeStart, head.typeEnd) && findFormLogin(bytes, head.end, end)) {
    const { userStart, userEnd } = formLogin;
    summary.addEvent(
      EventKind.CleartextCredentials,
      AuthService.WebForm,
      userEnd > userStart ? summary.text(bytes, userStart, userEnd) : -1,
    );
  }
}

function protocolOfMode(conversation: Conversation, bytes: Uint8Array, start: number, end: number): number {
  const mode = modeOf(conversation);
  if (mode === Mode.WebSocket) return WEBSOCKET;
  return mode === Mode.Http2 || isHttp2Preface(bytes, start, end) ? HTTP2 : HTTP;
}
