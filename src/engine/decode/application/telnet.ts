import { AuthService } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, startsWithNoCase, u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import { Phase, phaseOf, setPhase, setUser, tellOutcome, tellSecret } from './login';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';

const name = protocolNames.id('TELNET');
const PORT = 23;
const IAC = 255;
const SUBNEGOTIATION = 250;
const SUBNEGOTIATION_END = 240;

const commands: Readonly<Record<number, string>> = {
  236: 'End of File',
  239: 'End of Record',
  240: 'Suboption End',
  241: 'No-Operation',
  242: 'Data Mark',
  243: 'Break',
  244: 'Interrupt Process',
  245: 'Abort Output',
  246: 'Are You There?',
  247: 'Escape Character',
  248: 'Erase Line',
  249: 'Go Ahead',
  250: 'Suboption',
  251: 'Will',
  252: "Won't",
  253: 'Do',
  254: "Don't",
};
const options: Readonly<Record<number, string>> = {
  0: 'Binary Transmission',
  1: 'Echo',
  3: 'Suppress Go Ahead',
  5: 'Status',
  6: 'Timing Mark',
  24: 'Terminal Type',
  31: 'Negotiate About Window Size',
  32: 'Terminal Speed',
  33: 'Remote Flow Control',
  34: 'Linemode',
  35: 'X Display Location',
  36: 'Environment Option',
  37: 'Authentication Option',
  38: 'Encryption Option',
  39: 'New Environment Option',
};

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, telnet, start, end);
  while (layer.more) {
    if (u8(layer.bytes, layer.at) === IAC && layer.left >= 2 && u8(layer.bytes, layer.at + 1) !== IAC) command(layer);
    else {
      let stop = layer.at + 1;
      while (stop < end && u8(layer.bytes, stop) !== IAC && u8(layer.bytes, stop - 1) !== 0x0a) stop++;
      layer.text('telnet.data', stop - layer.at);
    }
  }
  layer.finish();
  say(d, 'Telnet Data ...');
}

function command(layer: Layer): void {
  const code = u8(layer.bytes, layer.at + 1);
  const option = u8(layer.bytes, layer.at + 2);
  const hasOption = code >= SUBNEGOTIATION && code < IAC && layer.left >= 3;
  const title = `${commands[code] ?? `Command ${code}`}${hasOption ? ` ${options[option] ?? `option ${option}`}` : ''}`;
  const node = layer.open('', title);
  layer.take(1);
  layer.uint('telnet.cmd', 1, commands);
  if (hasOption) layer.uint('telnet.subcmd', 1, options);
  if (code === SUBNEGOTIATION && layer.left > 0) {
    let stop = indexOf(layer.bytes, IAC, layer.at, layer.end);
    while (stop >= 0 && stop + 1 < layer.end && u8(layer.bytes, stop + 1) !== SUBNEGOTIATION_END)
      stop = indexOf(layer.bytes, IAC, stop + 2, layer.end);
    const length = (stop < 0 ? layer.end : stop) - layer.at;
    if (length > 0) layer.data('telnet.option_data', length);
  }
  layer.close(node);
}

/** What a server's text ends with when it asks, and what it says of a wrong answer. */
const NAME_PROMPTS = ['OGIN:', 'SERNAME:', 'USER:'];
const SECRET_PROMPTS = ['ASSWORD:', 'ASSCODE:'];
const REFUSALS = ['INCORRECT', 'FAILED', 'DENIED', 'INVALID', 'BAD PASSWORD'];
/** Bytes of a segment's end that are searched; the rest of a screen is not. */
const MAX_SEARCH = 256;
const PROMPT_ENDS = '$#>%';

/** The text, its trailing spaces left out, ends with one of these. */
function endsWith(bytes: Uint8Array, start: number, end: number, prompts: readonly string[]): boolean {
  let stop = end;
  while (stop > start && u8(bytes, stop - 1) === 0x20) stop--;
  for (const prompt of prompts)
    if (stop - start >= prompt.length && startsWithNoCase(bytes, stop - prompt.length, stop, prompt)) return true;
  return false;
}

function holds(bytes: Uint8Array, start: number, end: number, words: readonly string[]): boolean {
  for (let at = start; at < end; at++) for (const word of words) if (startsWithNoCase(bytes, at, end, word)) return true;
  return false;
}

/** A server's text: asks for a name or a secret, refuses, or lets in. */
function readServer(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  const from = Math.max(start, end - MAX_SEARCH);
  if (phaseOf(conversation) === Phase.Answer) {
    if (holds(bytes, from, end, REFUSALS) || endsWith(bytes, from, end, NAME_PROMPTS)) {
      tellOutcome(conversation, summary, AuthService.Telnet, false);
    } else {
      let stop = end;
      while (stop > from && u8(bytes, stop - 1) === 0x20) stop--;
      if (stop > from && PROMPT_ENDS.includes(String.fromCharCode(u8(bytes, stop - 1)))) {
        tellOutcome(conversation, summary, AuthService.Telnet, true);
      }
    }
  }
  if (endsWith(bytes, from, end, NAME_PROMPTS)) {
    setUser(conversation, -1);
    setPhase(conversation, Phase.User);
  } else if (endsWith(bytes, from, end, SECRET_PROMPTS)) setPhase(conversation, Phase.SaslSecret);
}

/** A client's keys: a line that comes at once is the name; keys one by one are not put together. */
function readClient(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  const phase = phaseOf(conversation);
  if (phase !== Phase.User && phase !== Phase.SaslSecret) return;
  const carriageReturn = indexOf(bytes, 0x0d, start, end);
  const stop = carriageReturn < 0 ? indexOf(bytes, 0x0a, start, end) : carriageReturn;
  if (stop < 0 || u8(bytes, start) === IAC) return;
  if (phase === Phase.SaslSecret) tellSecret(conversation, summary, AuthService.Telnet);
  else if (stop > start) setUser(conversation, summary.text(bytes, start, stop));
}

/** RFC 854. */
export const telnet: ApplicationProtocol = {
  name: 'telnet',
  title: 'Telnet',
  tcpPorts: [PORT],
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = name;
    if (conversation.sourcePort === PORT) readServer(bytes, start, end, conversation, summary);
    else readClient(bytes, start, end, conversation, summary);
    return true;
  },
  fields: fieldList(
    'telnet',
    'Telnet',
    `.cmd uint Command
    .subcmd uint Subcommand
    .option_data bytes Option data
    .data string Data`,
  ),
  dissect,
};
