import { type Layer, utf8 } from '../layer';
import { afterLine, type Head, lineEnd } from './head';

/** Chunks that are listed one by one. */
const MAX_CHUNKS = 500;

/** What Info adds for a body: its media type, or the format of a picture. */
export function bodyWords(bytes: Uint8Array, head: Head): string {
  const type = utf8(bytes, head.typeStart, Math.min(head.typeEnd, head.typeStart + 100))
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (type === undefined || type === '') return '';
  if (/^[a-z]+\/([a-z0-9.-]+\+)?json$/.test(type)) return `, JavaScript Object Notation (${type})`;
  const picture = type.startsWith('image/') ? pictureWords(utf8(bytes, head.end, head.end + 8)) : '';
  if (picture !== '') return picture;
  return /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type) ? ` (${type})` : '';
}

/** Servers call pictures by other names than they deserve: the first bytes tell. */
function pictureWords(first: string): string {
  if (first.startsWith('\ufffd\ufffd\ufffd')) return ' (JPEG JFIF image)';
  if (first.startsWith('\ufffdPNG')) return ' (PNG)';
  return /^GIF8[79]a/.test(first) ? ` (${first.slice(0, 6)})` : '';
}

export function addBody(layer: Layer, start: number, end: number, chunked = false): void {
  const { d, bytes } = layer;
  const length = end - start;
  const unit = length === 1 ? 'byte' : 'bytes';
  if (chunked) {
    chunks(layer, start, end);
    return;
  }
  d.add('http.file_data', `File Data: ${length} ${unit}`, bytes.subarray(start, end), start, length);
}

function chunks(layer: Layer, start: number, end: number): void {
  const { d, bytes } = layer;
  const node = d.open('', 'HTTP chunked response', null, start, end - start);
  let at = start;
  for (let count = 0; at < end && count < MAX_CHUNKS && !d.full; count++) {
    const line = utf8(bytes, at, Math.min(lineEnd(bytes, at, end), at + 16));
    const size = /^[0-9a-f]{1,8}/i.exec(line)?.[0];
    if (size === undefined) break;
    const data = afterLine(bytes, at, end);
    const length = Number.parseInt(size, 16);
    const next = Math.min(end, data + length + 2);
    const title = length === 0 ? 'End of chunked encoding' : `Data chunk (${length} octets)`;
    const chunk = d.open('', title, null, at, next - at);
    d.add('http.chunk_size', `Chunk size: ${length} octets`, length, at, data - at);
    const stop = Math.min(data + length, end);
    if (stop > data) d.add('http.chunk_data', `Chunk data (${stop - data} bytes)`, bytes.subarray(data, stop), data, stop - data);
    layer.close(chunk);
    at = next;
    if (length === 0) break;
  }
  layer.close(node);
}
