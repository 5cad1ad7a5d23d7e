import type { Script } from '../agenda';
import type { Link } from '../link';
import { OWN_DOMAIN } from '../names';
import { TcpTalk } from '../tcp-talk';
import { ascii } from '../wire/bytes';
import { SERVER } from '../world';
import { talkTls, tlsConnection } from './tls-talk';

const SMTP = 25;
const IMAPS = 993;
const MAIL_HOSTS = 150;
const READERS = 12;

/** Mail comes in and goes out. */
export function* mail(link: Link): Script {
  const { random } = link;
  for (;;) {
    yield random.wait(9);
    link.start(delivery(link, random.chance(0.7)));
  }
}

function* delivery(link: Link, isInbound: boolean): Script {
  const { random, world } = link;
  const number = random.whole(0, MAIL_HOSTS);
  const far = world.ipv4(5000 + number);
  const [client, server] = isInbound ? [far, SERVER] : [SERVER, far];
  const [own, other] = [`mail.${OWN_DOMAIN}`, `mx${number}.example.org`];
  const [greeting, hello] = isInbound ? [own, other] : [other, own];
  const talk = new TcpTalk(link, { client, server, serverPort: SMTP });
  yield* talk.connect();
  yield random.between(0.01, 0.1);
  yield* talk.say(talk.server, ascii(`220 ${greeting} ESMTP Postfix\r\n`));
  yield* talk.say(talk.client, ascii(`EHLO ${hello}\r\n`));
  yield* talk.say(talk.server, ascii(`250-${greeting}\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 STARTTLS\r\n`));
  yield* talk.say(talk.client, ascii('STARTTLS\r\n'));
  yield* talk.say(talk.server, ascii('220 2.0.0 Ready to start TLS\r\n'));
  yield* talkTls(link, talk, greeting, [
    { after: 0.001, asks: 40, answer: 180 },
    { after: 0.002, asks: 120, answer: 60 },
    { after: 0.01, asks: random.whole(2000, 90_000), answer: 70 },
    { after: 0.01, asks: 28, answer: 40 },
  ]);
}

/** People read their mail. */
export function* mailboxes(link: Link): Script {
  const { random, world } = link;
  for (;;) {
    yield random.wait(14);
    const client = world.ipv4(9000 + random.whole(0, READERS));
    const looks = Array.from({ length: random.whole(3, 9) }, () => ({
      after: random.wait(4),
      asks: random.whole(40, 120),
      answer: random.whole(200, 24_000),
    }));
    link.start(tlsConnection(link, { client, server: SERVER, serverPort: IMAPS }, `mail.${OWN_DOMAIN}`, looks));
  }
}
