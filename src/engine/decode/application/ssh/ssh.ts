import { protocolNames } from '../../protocol-names';
import { isDigit, lineEnd, startsWith, u8, u32 } from '../bytes';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { NEED_MORE, TO_SEGMENT_END } from '../protocol';
import { dissectSsh } from './ssh-dissect';
import { sshFields } from './ssh-fields';
import { MAX_PACKET, Message, plainMessage } from './ssh-packet';

/** RFC 4253, section 4.2: 255 bytes with CR LF; some send more. */
const MAX_BANNER = 512;

/** Bits of `Conversation.state`: what each side has sent so far. */
const CLIENT = { banner: 1, newKeys: 2 } as const;
const SERVER = { banner: 4, newKeys: 8 } as const;
const VERSION_1 = 16;
const VERSION_2 = 32;

const unknownVersion = protocolNames.id('SSH');
const version1 = protocolNames.id('SSHv1');
const version2 = protocolNames.id('SSHv2');

const isServer = (conversation: Conversation): boolean =>
  conversation.sourcePort === 22 || (conversation.destinationPort !== 22 && conversation.backward);

/** The wire says which version it speaks in the client's banner (RFC 4253, section 4.2; '1.99' means both). */
function versionOf(bytes: Uint8Array, start: number, end: number): number {
  if (startsWith(bytes, start, end, 'SSH-2.') || startsWith(bytes, start, end, 'SSH-1.99-')) return VERSION_2;
  return startsWith(bytes, start, end, 'SSH-1.') ? VERSION_1 : 0;
}

function frame(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  const sent = isServer(conversation) ? SERVER : CLIENT;
  if (startsWith(bytes, start, end, 'SSH-')) {
    const next = lineEnd(bytes, start, Math.min(end, start + MAX_BANNER));
    if (next >= 0) return next - start;
    return end - start < MAX_BANNER ? NEED_MORE : TO_SEGMENT_END;
  }
  if ((conversation.state & sent.banner) === 0 || (conversation.state & sent.newKeys) !== 0 || (conversation.state & VERSION_1) !== 0)
    return TO_SEGMENT_END;
  if (end - start < 4) return NEED_MORE;
  const length = u32(bytes, start);
  return length < 2 || length > MAX_PACKET ? TO_SEGMENT_END : length + 4;
}

function summarise(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): boolean {
  const { state } = conversation;
  const server = isServer(conversation);
  const sent = server ? SERVER : CLIENT;
  // The name is the one known before this message: the client's own banner still shows SSH.
  summary.protocol = (state & VERSION_2) !== 0 ? version2 : (state & VERSION_1) !== 0 ? version1 : unknownVersion;
  if (startsWith(bytes, start, end, 'SSH-')) conversation.state |= sent.banner | (server ? 0 : versionOf(bytes, start, end));
  else if ((state & sent.newKeys) === 0 && plainMessage(bytes, start, end) === Message.NewKeys) conversation.state |= sent.newKeys;
  return true;
}

/** RFC 4253 (transport), 4419 (group exchange), 5656 (elliptic curves); HASSH by Salesforce. */
export const ssh: ApplicationProtocol = {
  name: 'ssh',
  title: 'SSH Protocol',
  tcpPorts: [22],
  keep: 16_384,
  recogniseTcp: (bytes, start, end) => startsWith(bytes, start, end, 'SSH-') && isDigit(u8(bytes, start + 4)) && bytes[start + 5] === 0x2e,
  frame,
  summarise,
  fields: sshFields,
  dissect: dissectSsh,
};
