import { AuthOutcome, EventKind } from '../../../shared/model/event-kinds';
import type { TextIndex } from '../../../shared/model/units';
import { indexOf, isDigit, isLetter, u8 } from './bytes';
import type { Conversation, MessageSummary } from './protocol';

/*
 * What a dialogue remembers of a login, in `Conversation.state`: bits 0 to 3 are the protocol's own, 4 to 7 the phase, 8 to 28 the user's name
 * (its text index plus one). The secret is never read further than to see that it is there.
 */

export const Phase = {
  None: 0,
  /** The client named a user and waits for an answer. */
  User: 1,
  /** The client gave a secret: the next answer decides. */
  Answer: 2,
  /** The user's name and the secret went out together: the answer after the next decides. */
  TwoAnswers: 3,
  /** SASL: the client's next line is the name, the secret, or both (RFC 4616). */
  SaslName: 4,
  SaslSecret: 5,
  SaslPlain: 6,
  /** The login is over. */
  Done: 7,
} as const;

const PHASE_SHIFT = 4;
const PHASE_MASK = 15 << PHASE_SHIFT;
const USER_SHIFT = 8;
const USER_MASK = 0x1fffff << USER_SHIFT;

export const phaseOf = ({ state }: Conversation): number => (state & PHASE_MASK) >>> PHASE_SHIFT;

export function setPhase(conversation: Conversation, phase: number): void {
  conversation.state = (conversation.state & ~PHASE_MASK) | (phase << PHASE_SHIFT);
}

/** -1: not known. */
export const userOf = ({ state }: Conversation): TextIndex => ((state & USER_MASK) >>> USER_SHIFT) - 1;

export function setUser(conversation: Conversation, user: TextIndex): void {
  conversation.state = (conversation.state & ~USER_MASK) | (((user + 1) << USER_SHIFT) & USER_MASK);
}

/** The client's secret went by in clear text: what answers it is the login's outcome. */
export function tellSecret(conversation: Conversation, summary: MessageSummary, service: number): void {
  summary.addEvent(EventKind.CleartextCredentials, service, userOf(conversation));
  setPhase(conversation, Phase.Answer);
}

export function tellOutcome(conversation: Conversation, summary: MessageSummary, service: number, succeeded: boolean): void {
  const outcome = succeeded ? AuthOutcome.Succeeded : AuthOutcome.Failed;
  summary.addEvent(EventKind.Authentication, (service << 8) | outcome, userOf(conversation));
  setPhase(conversation, Phase.None);
}

/** Longest name and secret that are decoded; servers take fewer. */
const MAX_DECODED = 512;
const decoded = new Uint8Array(MAX_DECODED);

/** Base64 (RFC 4648) into `decoded`; gives its length. */
function decode(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = start; at < end && length < MAX_DECODED; at++) {
    const value = sextet(u8(bytes, at));
    if (value < 0) break;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    decoded[length++] = (bits >>> held) & 255;
  }
  return length;
}

function sextet(byte: number): number {
  if (isLetter(byte)) return byte >= 0x61 ? byte - 0x61 + 26 : byte - 0x41;
  if (isDigit(byte)) return byte - 0x30 + 52;
  return byte === 0x2b ? 62 : byte === 0x2f ? 63 : -1;
}

/** Keeps no secret in memory longer than needed. */
function forget<T>(value: T): T {
  decoded.fill(0);
  return value;
}

/** Text of a name in base64; -1 where there is none. */
export function encodedName(bytes: Uint8Array, start: number, end: number, summary: MessageSummary): TextIndex {
  const length = decode(bytes, start, end);
  return forget(length > 0 ? summary.text(decoded, 0, length) : -1);
}

/** Name in the base64 of 'authorisation NUL name NUL secret' (RFC 4616). */
export function plainName(bytes: Uint8Array, start: number, end: number, summary: MessageSummary): TextIndex {
  const length = decode(bytes, start, end);
  const first = indexOf(decoded, 0, 0, length);
  const second = first < 0 ? -1 : indexOf(decoded, 0, first + 1, length);
  return forget(second > first + 1 ? summary.text(decoded, first + 1, second) : -1);
}

/** Name in the base64 of 'name:secret' (RFC 7617). */
export function basicName(bytes: Uint8Array, start: number, end: number, summary: MessageSummary): TextIndex {
  const length = decode(bytes, start, end);
  const colon = indexOf(decoded, 0x3a, 0, length);
  return forget(colon > 0 ? summary.text(decoded, 0, colon) : -1);
}

/** There is something behind the colon of 'name:secret' in base64. */
export function hasBasicSecret(bytes: Uint8Array, start: number, end: number): boolean {
  const length = decode(bytes, start, end);
  const colon = indexOf(decoded, 0x3a, 0, length);
  return forget(colon >= 0 && colon + 1 < length);
}
