import { DhcpNumber, EventKind } from '../../../../shared/model/event-kinds';
import { protocolNames } from '../../protocol-names';
import { u8, u16, u32 } from '../bytes';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { dissectDhcp } from './dhcp-dissect';
import { dhcpOwner, MAGIC_COOKIE, OPTIONS } from './dhcp-fields';

const [MESSAGE_TYPE, SERVER, ROUTER] = [53, 54, 3] as const;
const [OFFER, ACK] = [2, 5] as const;
/** In the first byte. */
const REPLY = 2;
/** Offset of the address that the client is given. */
const YOUR_ADDRESS = 16;
const RELAY_ADDRESS = 24;
const NAME_SERVERS = 6;

const dhcpName = protocolNames.id('DHCP');
const bootpName = protocolNames.id('BOOTP');

/** A message without the DHCP message type is BOOTP, as is one that was cut before it. */
function summarise(bytes: Uint8Array, start: number, end: number, _conversation: Conversation, summary: MessageSummary): boolean {
  if (end - start < 1) return false;
  const type = optionAt(bytes, start, end, MESSAGE_TYPE, 1);
  summary.protocol = type < 0 ? bootpName : dhcpName;
  if (type < 0) return true;
  const message = u8(bytes, type);
  if (u8(bytes, start) === REPLY && (message === OFFER || message === ACK)) {
    const server = optionAt(bytes, start, end, SERVER, 4);
    const router = optionAt(bytes, start, end, ROUTER, 4);
    const given = u32(bytes, start + YOUR_ADDRESS) === 0 ? -1 : start + YOUR_ADDRESS;
    const relayed = u32(bytes, start + RELAY_ADDRESS) === 0 ? 0 : DhcpNumber.Relayed;
    const number = message | relayed | (hashOf(bytes, start, end) << DhcpNumber.HashShift);
    summary.addAddressEvent(EventKind.DhcpServer, number, bytes, server, given, router);
  }
  return true;
}

/** Of the name servers; clients ask for other options or not, and would make one server look like two. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const at = optionAt(bytes, start, end, NAME_SERVERS, 4);
  if (at < 0) return 0;
  const stop = Math.min(end, at + u8(bytes, at - 1));
  let hash = 0;
  for (let i = at; i < stop; i++) hash = Math.imul(hash ^ u8(bytes, i), 0x01000193) + 1;
  return (hash ^ (hash >>> 7) ^ (hash >>> 14) ^ (hash >>> 21)) & DhcpNumber.HashMask;
}

/** Where the option's value begins, of which `length` bytes are there; -1 where it is not there. */
function optionAt(bytes: Uint8Array, start: number, end: number, option: number, length: number): number {
  let at = start + OPTIONS;
  if (end < at || u32(bytes, at - 4) !== MAGIC_COOKIE) return -1;
  while (at + 1 < end) {
    const code = u8(bytes, at);
    if (code === 0) at++;
    else if (code === 255) return -1;
    else if (code === option) return at + 2 + length <= end ? at + 2 : -1;
    else at += 2 + u8(bytes, at + 1);
  }
  return -1;
}

/** RFC 2131 and 951; options by RFC 2132 and the IANA registry. */
export const dhcp: ApplicationProtocol = {
  ...dhcpOwner,
  udpPorts: [67, 68, 4011],
  recogniseUdp: (bytes, start, end) =>
    end - start >= OPTIONS && u16(bytes, start) >>> 8 <= 2 && u32(bytes, start + 236) === MAGIC_COOKIE && u8(bytes, start) >= 1,
  summarise,
  dissect: dissectDhcp,
};
