import { AuthService } from '../../../../shared/model/event-kinds';
import { lineEnd, startsWith, startsWithNoCase, textEnd, u8 } from '../bytes';
import { encodedName, Phase, phaseOf, plainName, setPhase, setUser, tellOutcome, tellSecret } from '../login';
import type { Conversation, MessageSummary } from '../protocol';

/** One line, without its end, of a dialogue in which somebody logs in. */
export type LoginLine = (bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary) => void;

/** How a dialogue logs in: what its client's and its server's lines say of it. */
export interface LineLogin {
  readonly client: LoginLine;
  readonly server: LoginLine;
}

const SPACE = 0x20;
const QUOTE = 0x22;

/** Goes over the lines of a segment. A server's are looked at only while a login waits for an answer: they may be a whole mailbox. */
export function readLogin(
  login: LineLogin,
  bytes: Uint8Array,
  start: number,
  end: number,
  fromServer: boolean,
  conversation: Conversation,
  summary: MessageSummary,
): void {
  for (let at = start; at < end; ) {
    if (fromServer && phaseOf(conversation) === Phase.None) return;
    const next = lineEnd(bytes, at, end);
    const stop = next < 0 ? end : next;
    (fromServer ? login.server : login.client)(bytes, at, textEnd(bytes, at, stop), conversation, summary);
    at = stop;
  }
}

/** 'USER name' and 'PASS secret' (RFC 959, RFC 1939). True where the line was one of them. */
function userAndPass(
  service: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  conversation: Conversation,
  summary: MessageSummary,
): boolean {
  if (end - start < 5 || u8(bytes, start + 4) !== SPACE) return false;
  if (startsWithNoCase(bytes, start, end, 'USER')) {
    setUser(conversation, summary.text(bytes, start + 5, end));
    setPhase(conversation, Phase.User);
    return true;
  }
  if (!startsWithNoCase(bytes, start, end, 'PASS')) return false;
  const unanswered = phaseOf(conversation) === Phase.User;
  tellSecret(conversation, summary, service);
  if (unanswered) setPhase(conversation, Phase.TwoAnswers);
  return true;
}

/** The client's line behind 'AUTH' or 'AUTHENTICATE': a mechanism, and what it may send along (RFC 4954, 5034, 4959). */
function sasl(service: number, bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  const plain = startsWithNoCase(bytes, start, end, 'PLAIN');
  const login = startsWithNoCase(bytes, start, end, 'LOGIN');
  setUser(conversation, -1);
  if (!plain && !login) {
    // A mechanism that hides the secret: only the outcome can be told.
    setPhase(conversation, Phase.Answer);
    return;
  }
  setPhase(conversation, plain ? Phase.SaslPlain : Phase.SaslName);
  if (end - start > 6 && u8(bytes, start + 5) === SPACE) saslResponse(service, bytes, start + 6, end, conversation, summary);
}

/** The client's line that answers a challenge. False where none is awaited. */
function saslResponse(
  service: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  conversation: Conversation,
  summary: MessageSummary,
): boolean {
  switch (phaseOf(conversation)) {
    case Phase.SaslName:
      setUser(conversation, encodedName(bytes, start, end, summary));
      setPhase(conversation, Phase.SaslSecret);
      return true;
    case Phase.SaslPlain:
      setUser(conversation, plainName(bytes, start, end, summary));
      tellSecret(conversation, summary, service);
      return true;
    case Phase.SaslSecret:
      tellSecret(conversation, summary, service);
      return true;
    default:
      return false;
  }
}

/** RFC 959 and 4217: 530 refuses, 230 lets in; 331 asks for the password. */
export const ftpLogin: LineLogin = {
  client: (bytes, start, end, conversation, summary) => {
    userAndPass(AuthService.Ftp, bytes, start, end, conversation, summary);
  },
  server: (bytes, start, end, conversation, summary) => {
    const phase = phaseOf(conversation);
    if (startsWith(bytes, start, end, '230')) tellOutcome(conversation, summary, AuthService.Ftp, true);
    else if (startsWith(bytes, start, end, '530') && phase !== Phase.User) tellOutcome(conversation, summary, AuthService.Ftp, false);
    else if (startsWith(bytes, start, end, '331') && phase === Phase.User) setPhase(conversation, Phase.None);
  },
};

/** RFC 1939 and 5034. */
export const popLogin: LineLogin = {
  client: (bytes, start, end, conversation, summary) => {
    if (saslResponse(AuthService.Pop3, bytes, start, end, conversation, summary)) return;
    if (userAndPass(AuthService.Pop3, bytes, start, end, conversation, summary)) return;
    if (startsWithNoCase(bytes, start, end, 'AUTH ')) sasl(AuthService.Pop3, bytes, start + 5, end, conversation, summary);
  },
  server: (bytes, start, end, conversation, summary) => {
    const accepted = startsWith(bytes, start, end, '+OK');
    if (!accepted && !startsWith(bytes, start, end, '-ERR')) return;
    const phase = phaseOf(conversation);
    if (phase === Phase.TwoAnswers) setPhase(conversation, Phase.Answer);
    else if (phase === Phase.User) setPhase(conversation, Phase.None);
    else tellOutcome(conversation, summary, AuthService.Pop3, accepted);
  },
};

/** RFC 4954: 535 refuses, 235 lets in. */
export const smtpLogin: LineLogin = {
  client: (bytes, start, end, conversation, summary) => {
    if (saslResponse(AuthService.Smtp, bytes, start, end, conversation, summary)) return;
    if (startsWithNoCase(bytes, start, end, 'AUTH ')) sasl(AuthService.Smtp, bytes, start + 5, end, conversation, summary);
  },
  server: (bytes, start, end, conversation, summary) => {
    if (startsWith(bytes, start, end, '235')) tellOutcome(conversation, summary, AuthService.Smtp, true);
    else if (startsWith(bytes, start, end, '535')) tellOutcome(conversation, summary, AuthService.Smtp, false);
    // Another refusal ends the attempt: the mechanism is not known, or wants TLS.
    else if (u8(bytes, start) === 0x35 || u8(bytes, start) === 0x34) setPhase(conversation, Phase.None);
  },
};

/** RFC 3501: 'tag LOGIN name secret', 'tag AUTHENTICATE mechanism', answered by 'tag OK' or 'tag NO'. */
export const imapLogin: LineLogin = {
  client: (bytes, start, end, conversation, summary) => {
    if (saslResponse(AuthService.Imap, bytes, start, end, conversation, summary)) return;
    const command = afterSpace(bytes, start, end);
    if (startsWithNoCase(bytes, command, end, 'AUTHENTICATE ')) {
      sasl(AuthService.Imap, bytes, command + 13, end, conversation, summary);
    } else if (startsWithNoCase(bytes, command, end, 'LOGIN ')) {
      const name = command + 6;
      const quoted = u8(bytes, name) === QUOTE;
      let stop = quoted ? name + 1 : name;
      while (stop < end && u8(bytes, stop) !== (quoted ? QUOTE : SPACE)) stop++;
      setUser(conversation, summary.text(bytes, quoted ? name + 1 : name, stop));
      tellSecret(conversation, summary, AuthService.Imap);
    }
  },
  server: (bytes, start, end, conversation, summary) => {
    const first = u8(bytes, start);
    // Untagged, or a challenge.
    if (first === 0x2a || first === 0x2b || phaseOf(conversation) === Phase.User) return;
    const word = afterSpace(bytes, start, end);
    if (startsWithNoCase(bytes, word, end, 'OK')) tellOutcome(conversation, summary, AuthService.Imap, true);
    else if (startsWithNoCase(bytes, word, end, 'NO')) tellOutcome(conversation, summary, AuthService.Imap, false);
    else if (startsWithNoCase(bytes, word, end, 'BAD')) setPhase(conversation, Phase.None);
  },
};

/** RFC 2812: 'PASS secret', answered by ':server 001' or ':server 464'. */
export const ircLogin: LineLogin = {
  client: (bytes, start, end, conversation, summary) => {
    if (end - start > 5 && startsWithNoCase(bytes, start, end, 'PASS ')) {
      setUser(conversation, -1);
      tellSecret(conversation, summary, AuthService.Irc);
    }
  },
  server: (bytes, start, end, conversation, summary) => {
    const code = afterSpace(bytes, start, end);
    if (startsWith(bytes, code, end, '001 ')) tellOutcome(conversation, summary, AuthService.Irc, true);
    else if (startsWith(bytes, code, end, '464 ')) tellOutcome(conversation, summary, AuthService.Irc, false);
  },
};

/** Start of the line's second word; `end` where it has none. */
function afterSpace(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if (u8(bytes, at) === SPACE) return at + 1;
  return end;
}
