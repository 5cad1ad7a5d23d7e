import type { Script } from '../agenda';
import { attempt, probe } from '../everyday/background';
import type { Link } from '../link';
import { Flag } from '../wire/segments';
import { SERVER } from '../world';

const OPEN: ReadonlySet<number> = new Set([21, 22, 25, 53, 80, 443, 993]);
const WELL_KNOWN = [
  7, 9, 13, 21, 22, 23, 25, 26, 37, 53, 79, 80, 81, 88, 106, 110, 111, 113, 119, 135, 139, 143, 144, 179, 199, 389, 427, 443, 444, 445, 465,
  513, 514, 515, 543, 544, 548, 554, 587, 631, 646, 873, 990, 993, 995, 1025, 1026, 1027, 1028, 1029, 1110, 1433, 1720, 1723, 1755, 1900,
  2000, 2001, 2049, 2121, 2717, 3000, 3128, 3306, 3389, 3986, 4899, 5000, 5009, 5051, 5060, 5101, 5190, 5357, 5432, 5631, 5666, 5800, 5900,
  6000, 6001, 6646, 7070, 8000, 8008, 8009, 8080, 8081, 8443, 8888, 9100, 9999, 10_000, 32_768,
];
const SLOW_CONTACTS = 9;
/** Seconds: five ports within a minute would be no slow scan. */
const SLOW_STEP = 17;

/** Somebody tries one port after the other: with SYNs, or with flags that no connection has, which closed ports answer all the same. */
export function* portScan(link: Link): Script {
  const { random, world } = link;
  const scanner = world.stranger(random);
  const sourcePort = random.port();
  const isXmas = random.chance(0.25);
  for (const port of random.shuffled(WELL_KNOWN)) {
    if (isXmas) link.start(xmasProbe(link, scanner, port, sourcePort));
    else link.start(attempt(link, scanner, SERVER, port, sourcePort, OPEN.has(port) ? 'open' : 'refused'));
    yield random.between(0.01, 0.06);
  }
}

function* xmasProbe(link: Link, from: typeof SERVER, port: number, sourcePort: number): Script {
  const sequence = link.random.word();
  const flags = Flag.Fin | Flag.Push | 0x20;
  link.tcp(from, SERVER, { sourcePort, destinationPort: port, sequence, acknowledgement: 0, flags, window: 1024 });
  yield 0.000_05;
  if (OPEN.has(port)) return;
  const back = { sourcePort: port, destinationPort: sourcePort, sequence: 0, acknowledgement: (sequence + 1) >>> 0 };
  link.tcp(SERVER, from, { ...back, flags: Flag.Rst | Flag.Ack, window: 0 });
}

/** The same, so slowly that nobody who counts within a minute sees it; a firewall drops it. */
export function* slowScan(link: Link): Script {
  const { random, world } = link;
  const scanner = world.stranger(random);
  const ports = random.shuffled(WELL_KNOWN.filter((port) => !OPEN.has(port) && port < 32_768));
  for (const port of ports.slice(0, SLOW_CONTACTS)) {
    link.start(probe(link, scanner, SERVER, port));
    yield SLOW_STEP + random.between(0, 2);
  }
}

/** The server, in the hands of somebody else, looks for others to take over. */
export function* hostSweep(link: Link): Script {
  const { random, world } = link;
  const port = random.pick([23, 445, 22, 3389] as const);
  for (let targets = random.whole(60, 90); targets > 0; targets--) {
    const answer = random.chance(0.25) ? 'refused' : 'nothing';
    link.start(attempt(link, SERVER, world.stranger(random), port, random.port(), answer));
    yield random.between(0.03, 0.2);
  }
}
