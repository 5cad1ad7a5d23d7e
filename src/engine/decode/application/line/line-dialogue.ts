import { protocolNames } from '../../protocol-names';
import type { Dissection } from '../../tree/dissection';
import type { FieldTable } from '../../tree/field';
import { isDigit, lineEnd, textEnd, u8 } from '../bytes';
import { Layer, type LayerOwner, portsOf, readable, say, utf8 } from '../layer';
import type { ApplicationProtocol } from '../protocol';
import { NOT_MINE, TO_SEGMENT_END } from '../protocol';
import { looksLikeRecord } from '../tls/record';
import { type LineLogin, readLogin } from './line-login';

/** What tells one dialogue of text lines from another: ports and the names of the fields its lines are put into. */
export interface LineDialogue {
  readonly name: string;
  readonly title: string;
  readonly column: string;
  readonly ports: readonly number[];
  readonly fields: FieldTable;
  /** Field names: a request's line is a command and an argument, a response's a code (or indicator) and a text. */
  readonly request: readonly [line: string, command: string, argument: string];
  readonly response: readonly [line: string, code: string, text: string];
  /** Info's word for a client's or a server's line. */
  readonly words: readonly [request: string, response: string];
  /** Lines that Info shows of one packet. */
  readonly linesInInfo: number;
  readonly login?: LineLogin;
}

/** Lines of one packet that the tree shows. */
const MAX_LINES = 500;

/** After STARTTLS and its like the stream is TLS: it is given up, so that TLS takes it. */
export const frameText = (bytes: Uint8Array, start: number, end: number): number =>
  looksLikeRecord(bytes, start, end) ? NOT_MINE : TO_SEGMENT_END;

/** A protocol of commands and replies in text lines: FTP, SMTP, POP3. Each segment is shown as it is: replies of several lines are not joined. */
export function lineDialogue(dialogue: LineDialogue): ApplicationProtocol {
  const column = protocolNames.id(dialogue.column);
  const owner: LayerOwner = dialogue;
  return {
    name: dialogue.name,
    title: dialogue.title,
    tcpPorts: dialogue.ports,
    frame: frameText,
    summarise: (bytes, start, end, conversation, summary) => {
      summary.protocol = column;
      const { login } = dialogue;
      if (login) readLogin(login, bytes, start, end, dialogue.ports.includes(conversation.sourcePort), conversation, summary);
      return true;
    },
    fields: dialogue.fields,
    dissect: (d, start, end) => dissectLines(d, start, end, dialogue, owner),
  };
}

export function dissectLines(d: Dissection, start: number, end: number, dialogue: LineDialogue, owner: LayerOwner): void {
  const fromServer = dialogue.ports.includes(portsOf(d).source);
  const layer = new Layer(d, owner, start, end);
  const said: string[] = [];
  for (let lines = 0; layer.more && lines < MAX_LINES; lines++) {
    const next = lineEnd(layer.bytes, layer.at, end);
    const stop = next < 0 ? end : next;
    const text = readable(utf8(layer.bytes, layer.at, textEnd(layer.bytes, layer.at, stop)));
    if (said.length < dialogue.linesInInfo) said.push(text);
    line(layer, stop, fromServer ? dialogue.response : dialogue.request, text, fromServer);
  }
  layer.finish();
  say(d, `${fromServer ? dialogue.words[1] : dialogue.words[0]}: ${said.join(' | ')}`);
}

function line(layer: Layer, next: number, names: readonly [string, string, string], text: string, fromServer: boolean): void {
  const { bytes, at } = layer;
  const stop = textEnd(bytes, at, next);
  const node = layer.open('', text, next - at);
  layer.d.add(names[0], `${layer.title(names[0])}: True`, true, at, 0);
  let space = at;
  while (space < stop && u8(bytes, space) !== 0x20 && !(fromServer && space === at + 3 && u8(bytes, space) === 0x2d)) space++;
  const word = utf8(bytes, at, space);
  const isCode = fromServer && space - at === 3 && isDigit(u8(bytes, at));
  layer.add(names[1], isCode ? Number(word) : word, readable(word), at, space - at);
  if (space < stop) {
    const rest = utf8(bytes, space + 1, stop);
    layer.add(names[2], rest, readable(rest), space + 1, stop - space - 1);
  }
  layer.take(next - at);
  layer.close(node);
}
