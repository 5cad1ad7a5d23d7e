import { protocolNames } from '../../protocol-names';
import { startsWithNoCase, u8 } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, portsOf, say } from '../layer';
import type { ApplicationProtocol, Conversation } from '../protocol';
import { TO_SEGMENT_END } from '../protocol';
import { dissectLines, frameText, type LineDialogue } from './line-dialogue';
import { readLogin, smtpLogin } from './line-login';

const smtpName = protocolNames.id('SMTP');
const mailName = protocolNames.id('SMTP/IMF');
const END_OF_MAIL = '\r\n.\r\n';

/** Bits of `Conversation.state`: the server said 354 and the mail is on its way; how much of its end mark has come. */
const IN_MAIL = 1;
const MATCHED_SHIFT = 1;
const MATCHED_MASK = 7 << MATCHED_SHIFT;

const dialogue: LineDialogue = {
  name: 'smtp',
  title: 'Simple Mail Transfer Protocol',
  column: 'SMTP',
  ports: [25, 587],
  request: ['smtp.req', 'smtp.req.command', 'smtp.req.parameter'],
  response: ['smtp.rsp', 'smtp.response.code', 'smtp.rsp.parameter'],
  words: ['C', 'S'],
  linesInInfo: 4,
  fields: fieldList(
    'smtp',
    'Simple Mail Transfer Protocol',
    `.req bool Request
    .req.command string Command
    .req.parameter string Request parameter
    .rsp bool Response
    .response.code uint Response code
    .rsp.parameter string Response parameter
    .data.fragment bytes DATA fragment`,
  ),
};

const fromServer = (conversation: Conversation): boolean => dialogue.ports.includes(conversation.sourcePort);

/** Takes a piece of mail; true where it holds the end mark (RFC 5321, section 4.1.1.4), which may span pieces. */
function endsMail(bytes: Uint8Array, start: number, end: number, conversation: Conversation): boolean {
  let matched = (conversation.state & MATCHED_MASK) >>> MATCHED_SHIFT;
  for (let at = start; at < end && matched < END_OF_MAIL.length; at++) {
    const byte = u8(bytes, at);
    if (byte === END_OF_MAIL.charCodeAt(matched)) matched++;
    else matched = byte === 0x0d ? 1 : 0;
  }
  conversation.state = IN_MAIL | (matched << MATCHED_SHIFT);
  return matched === END_OF_MAIL.length;
}

/** RFC 5321. The segment that ends a mail shows SMTP/IMF. */
export const smtp: ApplicationProtocol = {
  name: dialogue.name,
  title: dialogue.title,
  tcpPorts: dialogue.ports,
  frame: (bytes, start, end, conversation) => (conversation.state & IN_MAIL ? TO_SEGMENT_END : frameText(bytes, start, end)),
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = smtpName;
    if (fromServer(conversation)) {
      if (startsWithNoCase(bytes, start, end, '354')) conversation.state = IN_MAIL;
      else readLogin(smtpLogin, bytes, start, end, true, conversation, summary);
    } else if ((conversation.state & IN_MAIL) === 0) {
      readLogin(smtpLogin, bytes, start, end, false, conversation, summary);
    } else if (endsMail(bytes, start, end, conversation)) {
      conversation.state = 0;
      summary.protocol = mailName;
    }
    return true;
  },
  fields: dialogue.fields,
  dissect: (d, start, end) => {
    const { source, destination } = portsOf(d);
    if (dialogue.ports.includes(source) || !dialogue.ports.includes(destination) || startsWithCommand(d.bytes, start, end)) {
      dissectLines(d, start, end, dialogue, dialogue);
      return;
    }
    const layer = new Layer(d, dialogue, start, end);
    layer.data('smtp.data.fragment', end - start);
    layer.finish();
    say(d, `C: DATA fragment, ${end - start} bytes`);
  },
};

const commands = ['HELO', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'RSET', 'QUIT', 'NOOP', 'VRFY', 'EXPN', 'HELP', 'AUTH', 'STARTTLS', 'BDAT'];

/** A client's bytes are commands, not mail: the second tier does not know what came before. */
function startsWithCommand(bytes: Uint8Array, start: number, end: number): boolean {
  return commands.some((command) => startsWithNoCase(bytes, start, end, command) && u8(bytes, start + command.length) <= 0x20);
}
