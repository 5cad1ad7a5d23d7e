import type { Script } from '../agenda';
import { sshKeys } from '../everyday/administration';
import type { Link } from '../link';
import { TcpTalk } from '../tcp-talk';
import { ascii } from '../wire/bytes';
import { SshSize } from '../wire/ssh';
import { type Host, SERVER } from '../world';

const SSH = 22;
const FTP = 21;
const TELNET = 23;
const GUESSER = 'libssh_0.10.6';

/** Somebody guesses passwords for SSH, two at a time, and in the end one of them is right. */
export function* sshGuessing(link: Link): Script {
  const { random, world } = link;
  const guesser = world.stranger(random);
  for (let guesses = random.whole(8, 12); guesses > 0; guesses--) {
    link.start(sshGuess(link, guesser, false));
    yield random.between(0.7, 1.6);
  }
  yield 6;
  yield* sshGuess(link, guesser, true);
}

function* sshGuess(link: Link, client: Host, isRight: boolean): Script {
  const { random } = link;
  const talk = new TcpTalk(link, { client, server: SERVER, serverPort: SSH });
  yield* talk.connect();
  yield* sshKeys(link, talk, GUESSER);
  yield* talk.say(talk.client, random.bytes(SshSize.Ask));
  yield* talk.say(talk.server, random.bytes(SshSize.Refused));
  yield* talk.say(talk.client, random.bytes(SshSize.Password));
  // The server takes its time where the password is wrong.
  yield isRight ? 0.1 : random.between(1.2, 2.4);
  yield* talk.say(talk.server, random.bytes(isRight ? SshSize.Accepted : SshSize.Refused));
  for (let commands = isRight ? 30 : 0; commands > 0; commands--) {
    yield* talk.say(talk.client, random.bytes(SshSize.Keystroke));
    yield* talk.say(talk.server, random.bytes(SshSize.Keystroke + 8 * random.whole(0, 60)));
    yield random.between(0.1, 1);
  }
  yield* talk.close(talk.client);
}

type Line = readonly [from: 'client' | 'server', text: string];

function* dialogue(link: Link, port: number, lines: readonly Line[]): Script {
  const { random, world } = link;
  const talk = new TcpTalk(link, { client: world.stranger(random), server: SERVER, serverPort: port });
  yield* talk.connect();
  for (const [from, text] of lines) {
    yield from === 'client' ? random.between(0.1, 0.6) : random.between(0.001, 0.02);
    yield* talk.say(talk[from], ascii(text));
  }
  yield* talk.close(talk.client);
}

/** A login that everybody on the way can read. */
export const ftpLogin = (link: Link): Script =>
  dialogue(link, FTP, [
    ['server', '220 files.example.com FTP server ready.\r\n'],
    ['client', 'USER webmaster\r\n'],
    ['server', '331 Password required for webmaster.\r\n'],
    ['client', `PASS made-up-${link.random.hex(6)}\r\n`],
    ['server', '230 User webmaster logged in.\r\n'],
    ['client', 'PWD\r\n'],
    ['server', '257 "/" is the current directory.\r\n'],
    ['client', 'QUIT\r\n'],
    ['server', '221 Goodbye.\r\n'],
  ]);

/** IAC DO TERMINAL-TYPE, IAC WILL ECHO (RFC 854, 857, 1091). */
const NEGOTIATION = '\xff\xfd\x18\xff\xfb\x01';
const AGREEMENT = '\xff\xfc\x18\xff\xfd\x01';

export const telnetLogin = (link: Link): Script =>
  dialogue(link, TELNET, [
    ['server', NEGOTIATION],
    ['client', AGREEMENT],
    ['server', '\r\nexample.com login: '],
    ['client', 'operator\r\n'],
    ['server', 'operator\r\nPassword: '],
    ['client', `made-up-${link.random.hex(4)}\r\n`],
    ['server', '\r\nWelcome.\r\noperator@example:~$ '],
    ['client', 'uptime\r\n'],
    ['server', 'uptime\r\n 16:02:11 up 41 days,  2:17,  1 user,  load average: 0.08, 0.03, 0.01\r\noperator@example:~$ '],
    ['client', 'exit\r\n'],
    ['server', 'exit\r\nlogout\r\n'],
  ]);
