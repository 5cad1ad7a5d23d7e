import type { Script } from '../agenda';
import { lookUp, RESOLVERS } from '../everyday/names-and-time';
import { tlsConnection } from '../everyday/tls-talk';
import type { Link } from '../link';
import { TcpTalk } from '../tcp-talk';
import { ascii } from '../wire/bytes';
import { DnsType, dnsAnswer, dnsQuestion, textData } from '../wire/dns';
import { httpAnswer, httpRequest } from '../wire/http';
import { type Host, hostAt, SERVER, SERVER_IPV6 } from '../world';

const DNS = 53;
const STRATUM = 3333;
const TUNNELS = ['exfil.example', 'cargo.example', 'outbox.example'] as const;
const POOL = 'pool.example.net';
const OPERATOR = 'updates.example.org';
const OPERATOR_PORT = 8080;
/** Directory authorities of Tor, that `resources/lists/tor-relays.txt` has: addresses and their port. */
const RELAYS: readonly [readonly [Host, number], ...(readonly [Host, number])[]] = [
  [hostAt('131.188.40.189', 16), 443],
  [hostAt('193.23.244.244', 14), 443],
  [hostAt('199.58.81.140', 105), 443],
  [hostAt('204.13.164.118', 120), 443],
  [hostAt('128.31.0.39', 96), 9101],
];

/** A miner that somebody left on the server asks a pool for work and delivers it. */
export function* miner(link: Link): Script {
  const { random, world } = link;
  const pool = world.stranger(random);
  yield* lookUp(link, POOL, DnsType.A, pool.address);
  const talk = new TcpTalk(link, { client: SERVER, server: pool, serverPort: STRATUM });
  const line = (from: 'client' | 'server', message: unknown): Script => talk.say(talk[from], ascii(`${JSON.stringify(message)}\n`));
  const worker = `worker.${random.hex(4)}`;
  yield* talk.connect();
  yield* line('client', { id: 1, method: 'mining.subscribe', params: ['xmrig/6.21.0'] });
  yield* line('server', { id: 1, result: [[['mining.notify', random.hex(16)]], random.hex(8), 4], error: null });
  yield* line('client', { id: 2, method: 'mining.authorize', params: [worker, 'x'] });
  yield* line('server', { id: 2, result: true, error: null });
  for (let jobs = random.whole(8, 14); jobs > 0; jobs--) {
    const job = random.hex(8);
    const params = [job, random.hex(64), random.hex(120), random.hex(80), [], '20000000', '1a0ffff0', random.hex(8), true];
    yield* line('server', { id: null, method: 'mining.notify', params });
    yield random.wait(8);
    yield* line('client', { id: 4, method: 'mining.submit', params: [worker, job, random.hex(8), random.hex(8), random.hex(8)] });
    yield* line('server', { id: 4, result: true, error: null });
    yield random.wait(6);
  }
  yield* talk.close(talk.client);
}

/** Data leaves as names that the resolver carries to their own domain. */
export function* dnsTunnel(link: Link): Script {
  const { random } = link;
  const domain = random.pick(TUNNELS);
  for (let left = random.whole(260, 420); left > 0; left--) {
    const identifier = random.whole(0, 0xffff);
    const name = `${random.hex(30)}.${random.hex(30)}.t.${domain}`;
    const answer = dnsAnswer(identifier, name, DnsType.TXT, [textData(random.hex(random.whole(60, 180)))], undefined, 0);
    const datagram = { from: SERVER, sourcePort: random.port(), to: RESOLVERS[0], destinationPort: DNS };
    link.start(link.exchange(datagram, dnsQuestion(identifier, name, DnsType.TXT), answer));
    yield random.between(0.015, 0.05);
  }
}

/** A program on the server asks its operator for orders, every few seconds. */
export function* beacon(link: Link): Script {
  const { random, world } = link;
  const operator = world.ipv6(random.whole(100_000, 1_000_000));
  const identity = random.hex(12);
  // So short that enough of them fall into two minutes.
  const step = random.between(3.4, 3.5);
  yield* lookUp(link, OPERATOR, DnsType.AAAA, operator.address);
  for (let times = random.whole(45, 60); times > 0; times--) {
    link.start(order(link, operator, identity));
    yield step + random.between(-0.05, 0.05);
  }
}

function* order(link: Link, operator: Host, identity: string): Script {
  const talk = new TcpTalk(link, { client: SERVER_IPV6, server: operator, serverPort: OPERATOR_PORT });
  yield* talk.connect();
  yield* talk.say(talk.client, httpRequest(link.random, 'GET', `${OPERATOR}:${OPERATOR_PORT}`, `/poll?id=${identity}`, 'Mozilla/4.0'));
  yield 0.004;
  yield* talk.say(talk.server, httpAnswer(204, ''));
  yield* talk.close(talk.server);
}

/** The server hides where its traffic goes. */
export function* torClient(link: Link): Script {
  const { random } = link;
  const [relay, port] = random.pick(RELAYS);
  for (let circuits = random.whole(1, 3); circuits > 0; circuits--) {
    const cells = Array.from({ length: random.whole(4, 14) }, () => ({
      after: random.wait(1),
      asks: 514,
      answer: 514 * random.whole(1, 20),
    }));
    yield* tlsConnection(link, { client: SERVER, server: relay, serverPort: port }, `www.${random.hex(12)}.example`, cells);
    yield random.wait(4);
  }
}
