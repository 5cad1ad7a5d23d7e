import { AuthOutcome, AuthService, EventKind } from '../../../../shared/model/event-kinds';
import { protocolNames } from '../../protocol-names';
import { u8, u16, u16le, u24, u32le } from '../bytes';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { NEED_MORE, TO_SEGMENT_END } from '../protocol';
import { dissectNbss } from './nbss-dissect';
import { nbss as nbssOwner } from './nbss-fields';
import { isSmb, SMB1, SMB2, SMB2_COMPRESSED, SMB2_ENCRYPTED } from './smb-magic';
import { smb2Owner } from './smb2-dissect';

const nbssName = protocolNames.id('NBSS');
const smbName = protocolNames.id('SMB');
const smb2Name = protocolNames.id('SMB2');

const isDirect = (conversation: Conversation): boolean => conversation.sourcePort === 445 || conversation.destinationPort === 445;

/**
 * RFC 1002, section 4.3: type, flags, length; over port 445 the length has 24 bits. Anything else on these ports is shown as a continuation
 * that goes to the end of the segment.
 */
function frame(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  const left = end - start;
  if (left < 4) return NEED_MORE;
  const type = u8(bytes, start);
  if (type === 0) {
    const length = isDirect(conversation) ? u24(bytes, start + 1) : u16(bytes, start + 2) + ((u8(bytes, start + 1) & 1) << 16);
    if (left < 8 && length >= 4) return NEED_MORE;
    return isSmb(bytes, start + 4, end) ? length + 4 : TO_SEGMENT_END;
  }
  return type >= 0x81 && type <= 0x85 && u8(bytes, start + 1) <= 1 ? u16(bytes, start + 2) + 4 : TO_SEGMENT_END;
}

function summarise(bytes: Uint8Array, start: number, end: number, _conversation: Conversation, summary: MessageSummary): boolean {
  const magic = end - start >= 8 && u8(bytes, start) === 0 && isSmb(bytes, start + 4, end) ? u8(bytes, start + 4) : 0;
  summary.protocol =
    magic === SMB1 ? smbName : magic === SMB2 || magic === SMB2_ENCRYPTED || magic === SMB2_COMPRESSED ? smb2Name : nbssName;
  if (magic === SMB2 && end - start >= SMB2_FLAGS + 4) readSessionSetup(bytes, start, summary);
  else if (magic === SMB1 && end - start > SMB1_FLAGS) readSessionSetupAndX(bytes, start, summary);
  return true;
}

/** Offsets behind the NetBIOS header of what [MS-SMB2] 2.2.1 calls Status, Command and Flags. */
const [SMB2_STATUS, SMB2_COMMAND, SMB2_FLAGS] = [12, 16, 20] as const;
const SESSION_SETUP = 1;
const FROM_SERVER = 1;
/** No such user, wrong password, either of them, locked; DOS errors' ERRbadpw. */
const REFUSALS: readonly number[] = [0xc0000064, 0xc000006a, 0xc000006d, 0xc0000234, 0x00020002];

function readSessionSetup(bytes: Uint8Array, start: number, summary: MessageSummary): void {
  if (u16le(bytes, start + SMB2_COMMAND) !== SESSION_SETUP || (u8(bytes, start + SMB2_FLAGS) & FROM_SERVER) === 0) return;
  tellStatus(u32le(bytes, start + SMB2_STATUS), summary);
}

/** The same of [MS-CIFS] 2.2.3.1. */
const [SMB1_COMMAND, SMB1_STATUS, SMB1_FLAGS] = [8, 9, 13] as const;
const SESSION_SETUP_ANDX = 0x73;
const REPLY = 0x80;

function readSessionSetupAndX(bytes: Uint8Array, start: number, summary: MessageSummary): void {
  if (u8(bytes, start + SMB1_COMMAND) !== SESSION_SETUP_ANDX || (u8(bytes, start + SMB1_FLAGS) & REPLY) === 0) return;
  tellStatus(u32le(bytes, start + SMB1_STATUS), summary);
}

/** Other statuses ask for more, or say nothing of the password. */
function tellStatus(status: number, summary: MessageSummary): void {
  const outcome = status === 0 ? AuthOutcome.Succeeded : AuthOutcome.Failed;
  if (status === 0 || REFUSALS.includes(status)) summary.addEvent(EventKind.Authentication, (AuthService.Smb << 8) | outcome, -1);
}

/** NetBIOS sessions (RFC 1002) and what they carry: SMB ([MS-CIFS]) and SMB 2 and 3 ([MS-SMB2]). */
export const nbss: ApplicationProtocol = {
  ...nbssOwner,
  fields: { ...nbssOwner.fields, ...smb2Owner.fields },
  tcpPorts: [445, 139],
  frame,
  summarise,
  dissect: dissectNbss,
};
