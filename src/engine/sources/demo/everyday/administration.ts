import type { Script } from '../agenda';
import type { Link } from '../link';
import { TcpTalk } from '../tcp-talk';
import { SshSize, sshHandshake, sshPacket } from '../wire/ssh';
import { SERVER } from '../world';

const SSH = 22;
const CLIENT = 'OpenSSH_9.6';
export const SSH_SERVER = 'OpenSSH_9.2p1 Debian-2+deb12u3';
const ADMINISTRATOR = 12_001;
const BACKUP_STORE = 12_002;
const MINUTE = 60;

/** Up to the login, with a key. */
export function* sshLogin(link: Link, talk: TcpTalk): Script {
  const { random } = link;
  const { client, server } = talk;
  yield* sshKeys(link, talk, CLIENT);
  for (const [from, size] of [
    [client, SshSize.Ask],
    [server, SshSize.Refused],
    [client, SshSize.PublicKey],
    [server, SshSize.KeyKnown],
    [client, SshSize.PublicKey + 120],
    [server, SshSize.Accepted],
  ] as const) {
    yield random.between(0.0005, 0.006);
    yield* talk.say(from, random.bytes(size));
  }
}

/** Up to the first message that is encrypted, and the service that is asked for. */
export function* sshKeys(link: Link, talk: TcpTalk, client: string): Script {
  const { random } = link;
  for (const [fromClient, bytes] of sshHandshake(random, client, SSH_SERVER)) {
    yield random.between(0.0005, 0.004);
    yield* talk.say(fromClient ? talk.client : talk.server, bytes);
  }
  yield* talk.say(talk.client, random.bytes(SshSize.Service));
  yield* talk.say(talk.server, random.bytes(SshSize.Service));
}

/** The administrator works by SSH, now and then. */
export function* administrator(link: Link): Script {
  const { random, world } = link;
  yield 2;
  for (;;) {
    const talk = new TcpTalk(link, { client: world.ipv4(ADMINISTRATOR), server: SERVER, serverPort: SSH });
    yield* talk.connect();
    yield* sshLogin(link, talk);
    const end = link.agenda.now + random.between(6, 20) * MINUTE * 1e9;
    while (link.agenda.now < end) {
      yield* command(link, talk);
      yield random.wait(12);
    }
    yield* talk.close(talk.client);
    yield random.between(2, 7) * MINUTE;
  }
}

function* command(link: Link, talk: TcpTalk): Script {
  const { random } = link;
  for (let keys = random.whole(3, 20); keys > 0; keys--) {
    yield* talk.say(talk.client, random.bytes(SshSize.Keystroke));
    yield* talk.say(talk.server, random.bytes(SshSize.Keystroke));
    yield random.between(0.06, 0.3);
  }
  yield* talk.say(talk.server, random.bytes(sshPacket(random.whole(100, 9000))));
}

/** The database's dump goes to another server. */
export function* backups(link: Link): Script {
  const { random, world } = link;
  yield 35;
  for (;;) {
    const talk = new TcpTalk(link, { client: SERVER, server: world.ipv4(BACKUP_STORE), serverPort: SSH });
    yield* talk.connect();
    yield* sshLogin(link, talk);
    for (let parts = random.whole(20, 60); parts > 0; parts--) {
      yield* talk.say(talk.client, random.bytes(sshPacket(random.whole(16_000, 48_000))));
      yield random.between(0.02, 0.12);
      yield* talk.say(talk.server, random.bytes(SshSize.Keystroke));
    }
    yield* talk.close(talk.client);
    yield 3 * MINUTE + random.wait(5 * MINUTE);
  }
}
