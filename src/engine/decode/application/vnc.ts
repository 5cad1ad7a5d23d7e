import { AuthOutcome, AuthService, EventKind } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { isDigit, startsWith, textEnd, u8, u16, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, portsOf, readable, say, utf8 } from './layer';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';

const name = protocolNames.id('VNC');
const VERSION_LENGTH = 12;

const securityTypes: Readonly<Record<number, string>> = {
  0: 'Invalid',
  1: 'None',
  2: 'VNC',
  5: 'RA2',
  6: 'RA2ne',
  16: 'Tight',
  17: 'Ultra',
  18: 'TLS',
  19: 'VeNCrypt',
  30: 'ARD',
};
/** Client messages (RFC 6143, section 7.5) that have one size: a packet of another size is not one. */
const clientMessages: Readonly<Record<number, readonly [name: string, size: number]>> = {
  0: ['Set Pixel Format', 20],
  2: ['Set Encodings', 0],
  3: ['Framebuffer Update Request', 10],
  4: ['Key Event', 8],
  5: ['Pointer Event', 6],
  6: ['Cut Text', 0],
};
const serverMessages: Readonly<Record<number, string>> = {
  0: 'Framebuffer Update',
  1: 'Set Colormap Entries',
  2: 'Ring Bell',
  3: 'Cut Text',
};

function isVersion(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    end - at === VERSION_LENGTH &&
    startsWith(bytes, at, end, 'RFB ') &&
    isDigit(u8(bytes, at + 4)) &&
    u8(bytes, at + 7) === 0x2e &&
    u8(bytes, at + 11) === 0x0a
  );
}

function dissect(d: Dissection, start: number, end: number): void {
  const ports = portsOf(d);
  const fromServer = ports.source < ports.destination;
  const layer = new Layer(d, vnc, start, end);
  say(d, content(layer, fromServer));
  if (!layer.failed) layer.rest('Data');
  layer.finish();
}

function content(layer: Layer, fromServer: boolean): string {
  const { bytes, at, end } = layer;
  if (isVersion(bytes, at, end)) {
    const text = utf8(bytes, at + 4, textEnd(bytes, at, end));
    layer.add(fromServer ? 'vnc.server_proto_ver' : 'vnc.client_proto_ver', text, readable(text), at + 4, 7);
    layer.at = end;
    return `${fromServer ? 'Server' : 'Client'} protocol version: ${readable(text)}`;
  }
  const first = u8(bytes, at);
  if (fromServer && first > 0 && end - at === first + 1) {
    layer.take(1);
    while (layer.more) layer.uint('vnc.security_type', 1, securityTypes);
    return 'Security types supported';
  }
  if (!fromServer && end - at === 1) {
    const type = layer.uint('vnc.client_security_type', 1, securityTypes);
    return `Security type ${securityTypes[type] ?? 'Unknown'} (${type}) selected by client`;
  }
  if (fromServer && first === 0 && end - at >= 16 && u8(bytes, at + 1) === 0 && u16(bytes, at + 2) < 4096) {
    layer.uint('vnc.server_message_type', 1, serverMessages);
    return 'Server framebuffer update';
  }
  const message = fromServer ? undefined : clientMessages[first];
  if (message && (message[1] === end - at || (message[1] === 0 && u32(bytes, at) >>> 24 === first))) {
    layer.uint('vnc.client_message_type', 1, (value) => clientMessages[value]?.[0]);
    return `Client ${message[0].toLowerCase()}`;
  }
  return `${fromServer ? 'Server' : 'Client'} data (${end - at} bytes)`;
}

/** What `Conversation.state` remembers of the handshake (RFC 6143, section 7.1), and in its first bit on which side the server is. */
const SERVER_IS_BACKWARD = 1;
const STEP_SHIFT = 1;
const Step = { None: 0, Versions: 1, Challenged: 2, Answered: 3, Over: 4 } as const;
/** A challenge and its answer have 16 bytes; those of other security types have more. Lists of types are shorter. */
const CHALLENGE = 16;

/** Who names its version first is the server; what follows the answer to its challenge is the login's outcome. */
function readLogin(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  const step = conversation.state >>> STEP_SHIFT;
  const go = (next: number): void => {
    conversation.state = (conversation.state & SERVER_IS_BACKWARD) | (next << STEP_SHIFT);
  };
  if (step === Step.None) {
    if (!isVersion(bytes, start, end)) return go(Step.Over);
    conversation.state = conversation.backward ? SERVER_IS_BACKWARD : 0;
    return go(Step.Versions);
  }
  const fromServer = conversation.backward === ((conversation.state & SERVER_IS_BACKWARD) !== 0);
  const isChallenge = end - start >= CHALLENGE;
  if (step === Step.Versions && fromServer && isChallenge) go(Step.Challenged);
  else if (step === Step.Challenged && !fromServer && isChallenge) go(Step.Answered);
  else if (step === Step.Answered && fromServer) {
    go(Step.Over);
    const result = end - start < 4 ? -1 : u32(bytes, start);
    // 1: failed, 2: failed too often.
    const outcome = result === 0 ? AuthOutcome.Succeeded : result === 1 || result === 2 ? AuthOutcome.Failed : 0;
    if (outcome !== 0) summary.addEvent(EventKind.Authentication, (AuthService.Vnc << 8) | outcome, -1);
  }
}

/** RFC 6143. Which message a packet holds depends on all before it; what is shown is what its bytes alone say. */
export const vnc: ApplicationProtocol = {
  name: 'vnc',
  title: 'Virtual Network Computing',
  tcpPorts: [5500, 5501, 5900, 5901],
  recogniseTcp: isVersion,
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = name;
    if (conversation.state >>> STEP_SHIFT !== Step.Over) readLogin(bytes, start, end, conversation, summary);
    return true;
  },
  fields: fieldList(
    'vnc',
    'Virtual Network Computing',
    `.server_proto_ver string Server protocol version
    .client_proto_ver string Client protocol version
    .security_type uint Security type
    .client_security_type uint Security type selected
    .client_message_type uint Client Message Type
    .server_message_type uint Server Message Type`,
  ),
  dissect,
};
