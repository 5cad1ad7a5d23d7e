import { protocolNames } from '../../protocol-names';
import { u8, u16, u32 } from '../bytes';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { dissectDhcp } from './dhcp-dissect';
import { dhcpOwner, MAGIC_COOKIE, OPTIONS } from './dhcp-fields';

const MESSAGE_TYPE = 53;

const dhcpName = protocolNames.id('DHCP');
const bootpName = protocolNames.id('BOOTP');

/** A message without the DHCP message type is BOOTP, as is one that was cut before it. */
function summarise(bytes: Uint8Array, start: number, end: number, _conversation: Conversation, summary: MessageSummary): boolean {
  if (end - start < 1) return false;
  summary.protocol = hasMessageType(bytes, start, end) ? dhcpName : bootpName;
  return true;
}

function hasMessageType(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start + OPTIONS;
  if (end < at || u32(bytes, at - 4) !== MAGIC_COOKIE) return false;
  while (at + 1 < end) {
    const code = u8(bytes, at);
    if (code === 0) at++;
    else if (code === 255) return false;
    else if (code === MESSAGE_TYPE) return at + 2 < end;
    else at += 2 + u8(bytes, at + 1);
  }
  return false;
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
