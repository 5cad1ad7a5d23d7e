import type { Script } from '../agenda';
import type { Link } from '../link';
import { OWN_SITES } from '../names';
import type { Random } from '../random';
import { TcpTalk } from '../tcp-talk';
import { httpAnswer, httpRequest, PAGE } from '../wire/http';
import { quicData, quicHandshake } from '../wire/quic';
import type { Host } from '../world';
import { type Exchange, tlsConnection } from './tls-talk';

/** Visits a second on average, and how far slow and quick waves move it. */
const VISITS = 4.6;
const SLOW = { period: 240, share: 0.3 };
const QUICK = { period: 31, share: 0.2 };
const VISITORS = 6000;
const HTTPS = 443;

/** Visitors of the server's sites, for ever. */
export function* visitors(link: Link): Script {
  for (;;) {
    yield link.random.wait(1 / (VISITS * tide(link.agenda.now / 1e9)));
    link.start(visit(link, visitor(link)));
  }
}

function tide(seconds: number): number {
  const wave = ({ period, share }: typeof SLOW): number => share * Math.sin((2 * Math.PI * seconds) / period);
  return 1 + wave(SLOW) + wave(QUICK);
}

/** Some come again and again, most seldom. */
function visitor({ random, world }: Link): Host {
  const number = Math.floor(VISITORS * random.part() ** 2);
  return random.chance(0.22) ? world.ipv6(number) : world.ipv4(number);
}

function* visit(link: Link, client: Host): Script {
  const { random } = link;
  const server = link.serverFor(client);
  const kind = random.part();
  if (kind < 0.1) yield* plainVisit(link, client, server);
  else if (kind < 0.18) yield* quicVisit(link, client, server);
  else yield* tlsConnection(link, { client, server, serverPort: HTTPS }, random.pick(OWN_SITES), requests(random));
}

function* requests(random: Random): Generator<Exchange> {
  const count = random.whole(1, 5);
  for (let i = 0; i < count; i++) {
    yield { after: i === 0 ? 0.001 : random.wait(0.8), asks: random.whole(180, 700), answer: answerSize(random) };
  }
}

function answerSize(random: Random): number {
  const kind = random.part();
  if (kind < 0.7) return random.whole(600, 12_000);
  return kind < 0.96 ? random.whole(12_000, 60_000) : random.whole(60_000, 220_000);
}

function* plainVisit(link: Link, client: Host, server: Host): Script {
  const { random } = link;
  const talk = new TcpTalk(link, { client, server, serverPort: 80 });
  const host = random.pick(OWN_SITES);
  yield* talk.connect();
  yield* talk.say(talk.client, httpRequest(random, 'GET', host, random.pick(['/', '/index.html', '/news', '/about'])));
  yield random.between(0.001, 0.01);
  const answer = random.chance(0.5)
    ? httpAnswer(301, '', { Location: `https://${host}/` })
    : httpAnswer(200, PAGE.repeat(random.whole(1, 30)), { 'Content-Type': 'text/html; charset=utf-8' });
  yield* talk.say(talk.server, answer);
  yield random.between(0.02, 0.6);
  yield* talk.close(talk.client);
}

function* quicVisit(link: Link, client: Host, server: Host): Script {
  const { random } = link;
  const up = { from: client, sourcePort: random.port(), to: server, destinationPort: HTTPS };
  const down = { from: server, sourcePort: HTTPS, to: client, destinationPort: up.sourcePort };
  const { hello, answer, id } = quicHandshake(random, random.pick(OWN_SITES));
  const clientId = answer.subarray(6, 6 + (answer[5] ?? 0));
  link.udp(up, hello);
  yield 0.0009;
  link.udp(down, answer);
  yield client.roundTrip;
  for (let i = random.whole(1, 4); i > 0; i--) {
    link.udp(up, quicData(random, id, random.whole(60, 400)));
    yield random.between(0.002, 0.02);
    const packets = random.whole(2, 24);
    for (let sent = 0; sent < packets; sent++) {
      link.udp(down, quicData(random, clientId, sent === packets - 1 ? random.whole(80, 1200) : 1230));
      yield 0.000_05;
      if (sent % 4 === 3) yield 0.001;
    }
    yield client.roundTrip;
    for (let i = 0; i < packets / 4; i++) {
      link.udp(up, quicData(random, id, random.whole(24, 40)));
      yield 0.001;
    }
    yield random.wait(0.8);
  }
}
