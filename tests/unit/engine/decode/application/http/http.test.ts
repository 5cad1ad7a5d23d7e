import { describe, expect, it } from 'vitest';
import {
  type Conversation,
  NEED_MORE,
  NOT_MINE,
  partLength,
  TO_SEGMENT_END,
  TO_STREAM_END,
} from '../../../../../../src/engine/decode/application/protocol';
import { protocolNames } from '../../../../../../src/engine/decode/protocol-names';
import { dissect, fieldValue, type Ports, protocolNamed } from '../message-runner';
import { RecordedSummary } from '../recorded-summary';

const http = protocolNamed('http');
const ports: Ports = { transport: 'tcp', source: 50_000, destination: 80 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));

/** Both directions of one flow: what each text is framed as. */
class Talk {
  readonly #state = { state: 0 };

  frame(from: 'client' | 'server', text: string): number | undefined {
    const bytes = bytesOf(text);
    const talk: Conversation = Object.assign(this.#state, { sourcePort: 1, destinationPort: 80, backward: from === 'server' });
    return http.frame?.(bytes, 0, bytes.length, talk);
  }

  read(from: 'client' | 'server', text: string): RecordedSummary {
    const bytes = bytesOf(text);
    const summary = new RecordedSummary();
    http.summarise(
      bytes,
      0,
      bytes.length,
      Object.assign(this.#state, { sourcePort: 1, destinationPort: 80, backward: from === 'server' }),
      summary,
    );
    return summary;
  }
}
const OK = 'HTTP/1.1 200 OK\n';

describe('HTTP, messages in a stream', () => {
  it.each([
    ['a request without a body', 'client', 'GET / HTTP/1.1\nHost: a\n\nrest', 27],
    ['a request with one', 'client', 'POST / HTTP/1.1\ncontent-LENGTH:  5 \n\nab', 45],
    ['a head that is not complete', 'client', 'GET / HTTP/1.1\nHost: a\n', NEED_MORE],
    ['part of a method', 'client', 'GE', NEED_MORE],
    ['a response with a length', 'server', `${OK}Content-Length: 100000\n\n`, 17 + 24 + 2 + 100_000],
    ['a response up to the end of the connection', 'server', `${OK}Content-Type: text/html\n\n<p>`, TO_STREAM_END],
    ['a length that is no number', 'server', `${OK}Content-Length: 99999999999999\n\n`, TO_STREAM_END],
    ['a response that has no body', 'server', 'HTTP/1.1 304 Not Modified\nContent-Length: 7\n\n', 27 + 19 + 2],
    ['something else', 'client', 'SSH-2.0-x\n', NOT_MINE],
  ] as const)('%s', (_title, from, text, length) => {
    expect(new Talk().frame(from, text)).toBe(length);
  });

  it('the answer to HEAD has a length and no body', () => {
    const talk = new Talk();
    talk.frame('client', 'HEAD / HTTP/1.1\n\n');
    expect(talk.frame('server', `${OK}Content-Length: 9\n\n`)).toBe(17 + 19 + 2);
  });

  it('a chunked body is read part by part, each direction by itself', () => {
    const talk = new Talk();
    const head = `${OK}Transfer-Encoding: chunked\n\n`;
    expect(partLength(talk.frame('server', head) ?? 0)).toBe(head.length + 3);
    expect(talk.frame('client', 'GET /next HTTP/1.1\n\n')).toBe(22);
    expect(partLength(talk.frame('server', '1a;name=value\nabc') ?? 0)).toBe(15 + 26 + 2);
    expect(talk.frame('server', '3')).toBe(NEED_MORE);
    expect(partLength(talk.frame('server', '0\n') ?? 0)).toBe(3);
    expect(partLength(talk.frame('server', 'Trailer: x\n') ?? 0)).toBe(12);
    expect(talk.frame('server', '\n')).toBe(2);
    expect(talk.frame('server', `${OK}Content-Length: 0\n\n`)).toBe(17 + 19 + 2);
  });

  it('a chunk size that is none ends the waiting', () => {
    const talk = new Talk();
    talk.frame('server', `${OK}Transfer-Encoding: chunked\n\n`);
    expect(talk.frame('server', 'zz\n')).toBe(TO_SEGMENT_END);
    talk.frame('server', `${OK}Transfer-Encoding: chunked\n\n`);
    expect(talk.frame('server', 'ffffffffff\n')).toBe(TO_SEGMENT_END);
  });

  it('a head without an end is not waited for beyond 16 KiB', () => {
    const talk = new Talk();
    expect(talk.frame('client', `GET / HTTP/1.1\nCookie: ${'a'.repeat(8000)}`)).toBe(NEED_MORE);
    expect(talk.frame('client', `GET / HTTP/1.1\nCookie: ${'a'.repeat(17_000)}`)).toBe(TO_SEGMENT_END);
  });

  it('after CONNECT the stream is somebody else’s', () => {
    const talk = new Talk();
    talk.frame('client', 'CONNECT mail.example:443 HTTP/1.1\n\n');
    expect(talk.frame('server', 'HTTP/1.1 200 Connection established\n\n')).toBe(39);
    expect(talk.frame('client', 'GET / HTTP/1.1\n\n')).toBe(NOT_MINE);
  });

  it('after an upgrade the frames are WebSocket’s', () => {
    const talk = new Talk();
    talk.frame('server', 'HTTP/1.1 101 Switching Protocols\nUpgrade: WebSocket\n\n');
    expect(talk.frame('client', '\x81\x05')).toBe(7);
    expect(protocolNames.name(talk.read('client', '\x01\x00').protocol)).toBe('WebSocket');
  });

  it('bytes that continue nothing known are HTTP once a message was', () => {
    const talk = new Talk();
    talk.frame('client', 'GET / HTTP/1.1\n\n');
    expect(talk.frame('server', 'ffff')).toBe(TO_SEGMENT_END);
  });
});

describe('HTTP, what a message says', () => {
  it('a request: method, address, host', () => {
    const said = new Talk().read('client', 'GET /a?b=1 HTTP/1.1\nX-Host: no\nHOST:  shop.example \nHost: other\n\n');
    expect([said.event, said.method, said.uri, said.name]).toEqual(['HttpRequest', 'GET', '/a?b=1', 'shop.example']);
  });

  it.each([
    ['application/json; charset=utf-8', '{}', 'HTTP/JSON'],
    ['application/problem+json', '{}', 'HTTP/JSON'],
    ['text/xml', '<a/>', 'HTTP/XML'],
    ['application/ocsp-response', 'x', 'OCSP'],
    ['text/html', '<p>', 'HTTP'],
    ['application/json', '', 'HTTP'],
  ])('a response of type %s with body "%s": %s', (type, body, column) => {
    const said = new Talk().read('server', `${OK}Content-Type: ${type}\n\n${body}`);
    expect([said.event, said.eventNumber, protocolNames.name(said.protocol)]).toEqual(['HttpResponse', 200, column]);
  });

  it('is recognised on any port by its first line', () => {
    const looks = (text: string): unknown => http.recogniseTcp?.(bytesOf(text), 0, bytesOf(text).length);
    expect(['GET / HTTP/1.1\n', 'HTTP/1.0 200 OK\n', 'GET / RTSP/1.0\n', 'GET / HTTP/1.1', 'GETX HTTP/1.1\n'].map(looks)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('HTTP, tree', () => {
  it('pipelined requests are two layers', () => {
    const d = dissect(http, bytesOf('GET /1 HTTP/1.1\nHost: a\n\nGET /2 HTTP/1.1\nHost: a\n\n'), ports);
    expect(d.info).toBe('GET /1 HTTP/1.1  , GET /2 HTTP/1.1 ');
    expect(d.root.filter((layer) => layer.name === 'http')).toHaveLength(2);
  });

  it('chunks', () => {
    const d = dissect(http, bytesOf(`${OK}Transfer-Encoding: chunked\nContent-Type: text/plain\n\n3\nabc\n0\n\n`), ports);
    expect(fieldValue(d, 'http.chunk_size')).toBe(3);
    expect(new TextDecoder().decode(fieldValue(d, 'http.chunk_data') as Uint8Array)).toBe('abc');
  });

  it('credentials of Basic authentication', () => {
    const d = dissect(http, bytesOf('GET / HTTP/1.1\nAuthorization: Basic YWxpY2U6c2VjcmV0\n\n'), ports);
    expect(fieldValue(d, 'http.authbasic')).toBe('alice:secret');
  });

  it('bytes that break lines or markup stay in their line', () => {
    const d = dissect(http, bytesOf('GET /\u001b[31m HTTP/1.1\nX: a\tb\n\n'), ports);
    expect(d.info).toBe('GET /\\x1b[31m HTTP/1.1 ');
  });
});
