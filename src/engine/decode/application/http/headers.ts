import { oneLine, shorten } from '../../tree/writer';
import { type Layer, utf8 } from '../layer';
import { HEADER_FIELDS } from './fields';
import { type Head, Start } from './head';

/** Cookies of one header that are listed. */
const MAX_PAIRS = 200;

/** The header line bytes[start..stop), whose line ends at `next`. */
export function addHeader(layer: Layer, head: Head, start: number, stop: number, next: number): void {
  const { d, bytes } = layer;
  const length = next - start;
  const line = utf8(bytes, start, stop);
  const shown = shorten(oneLine(line));
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).toLowerCase();
  const value = line.slice(colon + 1).trim();
  const isLength = name === 'content-length';
  const field = isLength ? 'http.content_length_header' : (HEADER_FIELDS.get(name) ?? '');
  const node = d.open(field, `${shown}\\r\\n`, field === '' ? null : value, start, length);
  const lineField = head.kind === Start.Request ? 'http.request.line' : 'http.response.line';
  d.add(lineField, `${layer.title(lineField)}: ${shown}\\r\\n`, utf8(bytes, start, next), start, length);
  if (isLength && head.contentLength >= 0) {
    d.add('http.content_length', `[Content length: ${head.contentLength}]`, head.contentLength, start, length);
  } else if (name === 'authorization' || name === 'proxy-authorization') credentials(layer, value, start, length);
  else if (name === 'cookie') {
    for (const pair of value.split(';', MAX_PAIRS))
      d.add('http.cookie_pair', `Cookie pair: ${shorten(oneLine(pair.trim()))}`, pair.trim(), start, length);
  }
  layer.close(node);
}

/** Basic authentication sends name and password as they are (RFC 7617). */
function credentials(layer: Layer, value: string, start: number, length: number): void {
  const encoded = /^basic +([A-Za-z0-9+/=]{1,1024})$/i.exec(value)?.[1];
  if (encoded === undefined) return;
  const text = Buffer.from(encoded, 'base64').toString();
  layer.d.add('http.authbasic', `Credentials: ${shorten(oneLine(text))}`, text, start, length);
}
