import type { Script } from '../agenda';
import type { Link } from '../link';
import { TcpTalk } from '../tcp-talk';
import { ascii, u16 } from '../wire/bytes';
import { Flag } from '../wire/segments';
import { type Host, SERVER } from '../world';
import { tlsConnection } from './tls-talk';

/** What the internet's scanners try everywhere. */
const TRIED_PORTS = [23, 2323, 445, 3389, 5900, 6379, 8080, 8443, 1433, 5432, 9200, 27_017, 7547, 37_215, 5555, 11_211, 81, 8728] as const;
const SCANNER_WINDOW = 1024;
const NOISE_PORT = 1900;

/** One SYN from somebody to a closed port; most are dropped without a word. */
export function probe(link: Link, from: Host, to: Host, port: number, sourcePort = link.random.port()): Script {
  return attempt(link, from, to, port, sourcePort, 'nothing');
}

/** A SYN as scanners send it, and what comes of it. */
export function* attempt(
  link: Link,
  from: Host,
  to: Host,
  port: number,
  sourcePort: number,
  answer: 'nothing' | 'refused' | 'open',
): Script {
  const { random } = link;
  const sequence = random.word();
  const question = { sourcePort, destinationPort: port, sequence, acknowledgement: 0, flags: Flag.Syn, window: SCANNER_WINDOW };
  link.tcp(from, to, { ...question, options: [2, 4, ...u16(1460)] });
  if (answer === 'nothing') return;
  yield to.roundTrip === 0 ? 0.000_05 : to.roundTrip;
  const next = (sequence + 1) >>> 0;
  const back = { sourcePort: port, destinationPort: sourcePort, acknowledgement: next };
  if (answer === 'refused') {
    link.tcp(to, from, { ...back, sequence: 0, flags: Flag.Rst | Flag.Ack, window: 0 });
    return;
  }
  link.tcp(to, from, { ...back, sequence: random.word(), flags: Flag.Syn | Flag.Ack, window: 64_240, options: [2, 4, ...u16(1460)] });
  yield from.roundTrip;
  link.tcp(from, to, { ...question, sequence: next, flags: Flag.Rst, window: 0 });
}

/** Knocks from all over the world. */
export function* noise(link: Link): Script {
  const { random, world } = link;
  for (;;) {
    yield random.wait(0.6);
    const from = world.stranger(random);
    if (random.chance(0.08)) {
      const search = ascii('M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n');
      link.udp({ from, sourcePort: random.port(), to: SERVER, destinationPort: NOISE_PORT }, search);
    } else {
      link.start(attempt(link, from, SERVER, random.pick(TRIED_PORTS), random.port(), random.chance(0.3) ? 'refused' : 'nothing'));
    }
  }
}

const MONITORS = [13_001, 13_002, 13_003] as const;
const PING_TEXT = Uint8Array.from({ length: 56 }, (_, i) => i);

/** Others look whether the server is there. */
export function* monitoring(link: Link, index: number): Script {
  const { random, world } = link;
  const number = MONITORS[index % MONITORS.length] ?? MONITORS[0];
  const from = index % 3 === 2 ? world.ipv6(number) : world.ipv4(number);
  const server = link.serverFor(from);
  const identifier = random.whole(1, 0xffff);
  for (let sequence = 1; ; sequence = (sequence + 1) & 0xffff) {
    link.ping(from, server, false, identifier, sequence, PING_TEXT);
    yield 0.000_04;
    link.ping(server, from, true, identifier, sequence, PING_TEXT);
    yield 4 + index + random.between(-0.02, 0.02);
  }
}

/** The server calls others' services: payments, a mirror, messages. */
export function* calls(link: Link): Script {
  const { random, world } = link;
  for (;;) {
    yield random.wait(3);
    const number = random.whole(0, 6);
    const name = ['payments.example.net', 'mirror.example.net', 'push.example.net'][number % 3] ?? 'api.example.org';
    const size = number % 3 === 1 ? random.whole(4000, 300_000) : random.whole(300, 3000);
    const exchanges = [{ after: 0.001, asks: random.whole(200, 1800), answer: size }];
    link.start(tlsConnection(link, { client: SERVER, server: world.ipv4(14_000 + number), serverPort: 443 }, name, exchanges));
  }
}

/** Some who open a connection never say anything and leave. */
export function* undecided(link: Link): Script {
  const { random, world } = link;
  for (;;) {
    yield random.wait(6);
    link.start(silence(link, world.ipv4(random.whole(0, 6000))));
  }
}

function* silence(link: Link, client: Host): Script {
  const talk = new TcpTalk(link, { client, server: SERVER, serverPort: 443 });
  yield* talk.connect();
  yield link.random.between(5, 30);
  yield* talk.reset(talk.client);
}

/** Who has which address in the network of the server. */
export function* neighbours(link: Link): Script {
  for (;;) {
    yield* link.arp(link.random.chance(0.5));
    yield 20 + link.random.wait(15);
  }
}
