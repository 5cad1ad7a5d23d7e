import { decimal, lineEnd, startsWithNoCase, textEnd, u8 } from '../bytes';
import { type Layer, readable, utf8 } from '../layer';

/** Where the first line and header fields end (behind the empty line); -1: not before `end`. */
export function headEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; ) {
    const next = lineEnd(bytes, at, end);
    if (next < 0) return -1;
    if (textEnd(bytes, at, next) === at) return next;
    at = next;
  }
  return -1;
}

/** Start of the value of a header field; -1 where it is not there. `name` in upper case with its colon; `short` the compact form or ''. */
export function headerValue(bytes: Uint8Array, start: number, end: number, name: string, short = ''): number {
  for (let at = start; at < end; ) {
    const next = lineEnd(bytes, at, end);
    if (next < 0) return -1;
    const length = startsWithNoCase(bytes, at, next, name)
      ? name.length
      : short !== '' && startsWithNoCase(bytes, at, next, short)
        ? short.length
        : 0;
    if (length > 0) {
      let value = at + length;
      while (value < next && (u8(bytes, value) === 0x20 || u8(bytes, value) === 9)) value++;
      return value;
    }
    at = next;
  }
  return -1;
}

/** Content-Length; 0 where it is missing. */
export function contentLength(bytes: Uint8Array, start: number, end: number): number {
  const value = headerValue(bytes, start, end, 'CONTENT-LENGTH:', 'L:');
  return value < 0 ? 0 : Math.max(0, decimal(bytes, value, end));
}

export function hasSdp(bytes: Uint8Array, start: number, end: number): boolean {
  const value = headerValue(bytes, start, end, 'CONTENT-TYPE:', 'C:');
  return value >= 0 && startsWithNoCase(bytes, value, end, 'APPLICATION/SDP');
}

/** Adds a field for every header line up to the empty one: those in `named` under their own name, others under `other`. */
export function dissectHeaders(layer: Layer, end: number, named: Readonly<Record<string, string>>, other: string): void {
  while (layer.more && layer.at < end) {
    const at = layer.at;
    const next = lineEnd(layer.bytes, at, end);
    const stop = next < 0 ? end : next;
    const text = utf8(layer.bytes, at, textEnd(layer.bytes, at, stop));
    layer.take(stop - at);
    if (text === '') return;
    const colon = text.indexOf(':');
    const field = colon > 0 ? named[text.slice(0, colon).trim().toLowerCase()] : undefined;
    layer.d.add(field ?? other, readable(text), field ? text.slice(colon + 1).trim() : text, at, stop - at);
  }
}

/** RFC 4566 lines: 'v=0'. */
export function dissectSdp(layer: Layer, end: number): void {
  const node = layer.open('sdp', 'Session Description Protocol', end - layer.at);
  const names: Readonly<Record<string, string>> = {
    v: 'sdp.version',
    o: 'sdp.owner',
    s: 'sdp.session_name',
    c: 'sdp.connection_info',
    t: 'sdp.time',
    m: 'sdp.media',
    a: 'sdp.media_attr',
  };
  while (layer.more && layer.at < end) {
    const at = layer.at;
    const next = lineEnd(layer.bytes, at, end);
    const stop = next < 0 ? end : next;
    const text = utf8(layer.bytes, at, textEnd(layer.bytes, at, stop));
    layer.take(stop - at);
    const name = names[text.charAt(0)] ?? 'sdp.invalid';
    layer.d.add(name, readable(text), text.slice(2), at, stop - at);
  }
  layer.close(node);
}

/** Lines for the field table of a protocol that carries session descriptions. */
export const sdpFields = `sdp none Session Description Protocol
  sdp.version string Session Description Protocol Version (v)
  sdp.owner string Owner/Creator, Session Id (o)
  sdp.session_name string Session Name (s)
  sdp.connection_info string Connection Information (c)
  sdp.time string Time Description, active time (t)
  sdp.media string Media Description, name and address (m)
  sdp.media_attr string Media Attribute (a)
  sdp.invalid string Invalid line`;
