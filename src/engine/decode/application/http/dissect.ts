import type { Dissection } from '../../tree/dissection';
import { oneLine, shorten } from '../../tree/writer';
import { Layer, type LayerOwner, portsOf, utf8 } from '../layer';
import { addBody, bodyWords } from './body';
import { httpFields } from './fields';
import { isHttp2Preface } from './frame';
import { afterLine, Head, lineEnd, Start } from './head';
import { addHeader } from './headers';
import { STATUS_CODES } from './status-codes';
import { dissectWebSocket } from './websocket-dissect';

const HTTP: LayerOwner = { name: 'http', title: 'Hypertext Transfer Protocol', fields: httpFields };
const SSDP: LayerOwner = { name: 'ssdp', title: 'Simple Service Discovery Protocol', fields: httpFields };

const MAX_INFO = 2000;

export function dissectHttp(d: Dissection, start: number, end: number): void {
  if (d.context.protocol === 'WebSocket') return dissectWebSocket(d, start, end);
  if (d.context.protocol === 'HTTP2' || isHttp2Preface(d.bytes, start, end)) return http2(d, start, end);
  let info = '';
  for (let at = start; at < end && !d.full; ) {
    const [next, words] = message(d, HTTP, at, end);
    info = info === '' ? words : `${info} , ${words}`;
    at = next;
  }
  d.info = info.slice(0, MAX_INFO);
}

export function dissectSsdp(d: Dissection, start: number, end: number): void {
  d.info = message(d, SSDP, start, end)[1];
}

function http2(d: Dissection, start: number, end: number): void {
  d.add('http2', 'HyperText Transfer Protocol 2', null, start, end - start);
  d.info = isHttp2Preface(d.bytes, start, end) ? 'Magic' : `${end - start} bytes`;
}

/** One message, or bytes that continue one; gives where it ends and what the Info column says of it. */
function message(d: Dissection, owner: LayerOwner, start: number, end: number): readonly [next: number, info: string] {
  const head = new Head();
  const layer = new Layer(d, owner, start, end);
  if (!head.parse(d.bytes, start, end)) {
    addBody(layer, start, end);
    layer.finish();
    return [end, 'Continuation'];
  }
  const isRequest = head.kind === Start.Request;
  const firstEnd = lineEnd(d.bytes, start, end);
  const line = oneLine(utf8(d.bytes, start, firstEnd));
  const first = d.open('', `${shorten(line)}\\r\\n`, null, start, afterLine(d.bytes, start, end) - start);
  if (isRequest) requestLine(layer, head, start, firstEnd);
  else statusLine(layer, head, start, firstEnd);
  layer.close(first);
  for (let at = afterLine(d.bytes, start, end); at < head.end && !d.full; ) {
    const next = afterLine(d.bytes, at, head.end);
    const stop = lineEnd(d.bytes, at, head.end);
    if (stop === at) d.add('', '\\r\\n', null, at, next - at);
    else addHeader(layer, head, at, stop, next);
    at = next;
  }
  if (isRequest) requestFacts(layer, head);
  d.add(isRequest ? 'http.request' : 'http.response', isRequest ? '[Request: True]' : '[Response: True]', true, start, 0);
  const next = bodyEnd(head, end);
  const words = next > head.end ? bodyWords(d.bytes, head) : '';
  if (next > head.end) addBody(layer, head.end, next, head.chunked);
  layer.node.length = next - start;
  layer.finish();
  return [next, `${line} ${words}`];
}

/** A message without a length has a body up to the end of the connection, in a response; chunks are all that was given. */
function bodyEnd(head: Head, end: number): number {
  if (head.chunked) return end;
  if (head.contentLength >= 0) return Math.min(end, head.end + head.contentLength);
  const hasNone = head.kind === Start.Request || head.status < 200 || head.status === 204 || head.status === 304;
  return hasNone ? head.end : end;
}

function requestLine(layer: Layer, head: Head, start: number, firstEnd: number): void {
  const { bytes } = layer;
  textField(layer, 'http.request.method', start, head.methodEnd);
  if (head.uriEnd > head.uriStart) {
    const uri = utf8(bytes, head.uriStart, head.uriEnd);
    const node = layer.d.open('http.request.uri', `Request URI: ${shorten(oneLine(uri))}`, uri, head.uriStart, head.uriEnd - head.uriStart);
    uriParts(layer, uri, head.uriStart);
    layer.close(node);
  }
  let version = head.uriEnd;
  while (version < firstEnd && (bytes[version] === 0x20 || bytes[version] === 0x09)) version++;
  if (version < firstEnd) textField(layer, 'http.request.version', version, firstEnd);
}

function uriParts(layer: Layer, uri: string, at: number): void {
  const mark = uri.indexOf('?');
  if (mark < 0) return;
  const add = (name: string, text: string): void => {
    layer.d.add(name, `${layer.title(name)}: ${shorten(oneLine(text))}`, text, at, 0);
  };
  add('http.request.uri.path', uri.slice(0, mark));
  const query = uri.slice(mark + 1);
  add('http.request.uri.query', query);
  for (const parameter of query.split('&', 100)) add('http.request.uri.query.parameter', parameter);
}

function statusLine(layer: Layer, head: Head, start: number, firstEnd: number): void {
  const { bytes } = layer;
  let at = start;
  const skip = (spaces: boolean): void => {
    while (at < firstEnd && (bytes[at] === 0x20) === spaces) at++;
  };
  skip(false);
  textField(layer, 'http.response.version', start, at);
  skip(true);
  const code = at;
  skip(false);
  if (at === code) return;
  layer.add('http.response.code', head.status, String(head.status), code, at - code);
  const words = STATUS_CODES[head.status] ?? 'Unknown';
  layer.d.add('http.response.code.desc', `[Status Code Description: ${words}]`, words, code, at - code);
  skip(true);
  if (at < firstEnd) textField(layer, 'http.response.phrase', at, firstEnd);
}

function textField(layer: Layer, name: string, start: number, end: number): void {
  const text = utf8(layer.bytes, start, end);
  layer.add(name, text, shorten(oneLine(text)), start, end - start);
}

function requestFacts(layer: Layer, head: Head): void {
  if (head.hostEnd === head.hostStart || head.uriEnd === head.uriStart) return;
  const uri = utf8(layer.bytes, head.uriStart, head.uriEnd);
  const host = utf8(layer.bytes, head.hostStart, head.hostEnd);
  const { source, destination } = portsOf(layer.d);
  const scheme = source === 443 || destination === 443 ? 'https' : 'http';
  const full = uri.startsWith('/') ? `${scheme}://${host}${uri}` : uri === '*' ? `${scheme}://${host}*` : uri;
  layer.d.add('http.request.full_uri', `[Full request URI: ${shorten(oneLine(full))}]`, full, head.uriStart, 0);
}
