import { protocolNames } from '../../protocol-names';
import type { Dissection } from '../../tree/dissection';
import { isLetter, lineEnd, startsWith, textEnd, u8, u16 } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, readable, say, utf8 } from '../layer';
import type { ApplicationProtocol } from '../protocol';
import { NEED_MORE, NOT_MINE, TO_SEGMENT_END } from '../protocol';
import { contentLength, dissectHeaders, dissectSdp, hasSdp, headEnd, sdpFields } from './head';

const rtspName = protocolNames.id('RTSP');
const rtspSdpName = protocolNames.id('RTSP/SDP');
const VERSION = 'RTSP/1.0';
/** First byte of media data between the messages (RFC 2326, section 10.12): channel and length follow. */
const INTERLEAVED = 0x24;
const MAX_HEAD = 65_536;

const headers: Readonly<Record<string, string>> = {
  'content-type': 'rtsp.content-type',
  'content-length': 'rtsp.content-length',
  session: 'rtsp.session',
  transport: 'rtsp.transport',
};

function isRtsp(bytes: Uint8Array, start: number, end: number): boolean {
  if (startsWith(bytes, start, end, 'RTSP/')) return true;
  if (!isLetter(u8(bytes, start))) return false;
  const next = lineEnd(bytes, start, end);
  if (next < 0) return end - start < 1024;
  const stop = textEnd(bytes, start, next);
  return stop - start > VERSION.length && startsWith(bytes, stop - VERSION.length, stop, 'RTSP/');
}

function dissect(d: Dissection, start: number, end: number): void {
  if (u8(d.bytes, start) === INTERLEAVED) {
    const layer = new Layer(d, rtsp, start, end, 'RTSP Interleaved Frame');
    layer.hex('rtsp.magic', 1);
    layer.hex('rtsp.channel', 1);
    const length = layer.uint('rtsp.length', 2);
    if (layer.left > 0) layer.data('rtsp.data', Math.min(length, layer.left));
    layer.finish();
    say(d, 'Interleaved media data');
    return;
  }
  const { bytes } = d;
  const layer = new Layer(d, rtsp, start, end);
  const next = lineEnd(bytes, start, end);
  const stop = next < 0 ? end : next;
  const line = utf8(bytes, start, textEnd(bytes, start, stop));
  const words = line.split(' ');
  const reply = line.startsWith('RTSP/');
  const node = layer.open(
    reply ? 'rtsp.response' : 'rtsp.request',
    `${reply ? 'Response' : 'Request'}: ${readable(line)}`,
    stop - start,
    line,
  );
  if (reply) layer.add('rtsp.status', Number(words[1]), readable(words[1] ?? ''), start + 9, 3);
  else {
    layer.add('rtsp.method', words[0] ?? '', readable(words[0] ?? ''), start, (words[0] ?? '').length);
    layer.add('rtsp.url', words[1] ?? '', readable(words[1] ?? ''), start + (words[0] ?? '').length + 1, (words[1] ?? '').length);
  }
  layer.close(node);
  layer.take(stop - start);
  const head = headEnd(bytes, start, end);
  const body = head < 0 ? end : head;
  dissectHeaders(layer, body, headers, '');
  if (layer.left > 0) {
    if (hasSdp(bytes, start, body)) dissectSdp(layer, end);
    else layer.data('rtsp.data', layer.left);
  }
  layer.finish();
  say(d, reply ? `Reply: ${readable(line)}` : readable(line));
}

/** RFC 2326. */
export const rtsp: ApplicationProtocol = {
  name: 'rtsp',
  title: 'Real Time Streaming Protocol',
  tcpPorts: [554, 8554, 7236],
  keep: 16_384,
  frame: (bytes, start, end) => {
    if (u8(bytes, start) === INTERLEAVED) return end - start < 4 ? NEED_MORE : u16(bytes, start + 2) + 4;
    if (!isRtsp(bytes, start, end)) return NOT_MINE;
    const head = headEnd(bytes, start, end);
    if (head < 0) return end - start > MAX_HEAD ? TO_SEGMENT_END : NEED_MORE;
    return head - start + contentLength(bytes, start, head);
  },
  summarise: (bytes, start, end, _conversation, summary) => {
    const head = headEnd(bytes, start, end);
    summary.protocol = head > 0 && head < end && hasSdp(bytes, start, head) ? rtspSdpName : rtspName;
    return true;
  },
  fields: fieldList(
    'rtsp',
    'Real Time Streaming Protocol',
    `.request string Request
    .method string Method
    .url string URL
    .response string Response
    .status uint Status
    .content-type string Content-type
    .content-length string Content-length
    .session string Session
    .transport string Transport
    .magic uint Magic
    .channel uint Channel
    .length uint Length
    .data bytes Data
    ${sdpFields}`,
  ),
  dissect,
};
