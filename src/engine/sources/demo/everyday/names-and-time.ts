import type { Script } from '../agenda';
import type { Link } from '../link';
import { OUTSIDE_NAMES, OWN_DOMAIN, OWN_SITES } from '../names';
import { DnsFlags, DnsType, dnsAnswer, dnsQuestion, mailData, textData } from '../wire/dns';
import { ntpPacket } from '../wire/ntp';
import { type Host, hostAt, SERVER, SERVER_IPV6 } from '../world';

const DNS = 53;
const NTP = 123;
export const RESOLVERS: readonly [Host, Host] = [hostAt('116.203.0.10', 0.4, 62), hostAt('116.203.0.11', 0.6, 62)];
/** Resolvers of the world's providers, that come again. */
const ASKING_RESOLVERS = 400;

/** The server looks names up. */
export function* lookUps(link: Link): Script {
  const { random } = link;
  for (;;) {
    yield random.wait(0.7);
    link.start(lookUp(link, random.pick(OUTSIDE_NAMES), random.chance(0.4) ? DnsType.AAAA : DnsType.A));
  }
}

/** One name, asked of a resolver; where it is is drawn by lot, `address` aside. */
export function* lookUp(link: Link, name: string, type: number, address?: Uint8Array): Script {
  const { random, world } = link;
  const identifier = random.whole(0, 0xffff);
  const seed = name.length * 7 + name.charCodeAt(0);
  const found = address ?? (type === DnsType.AAAA ? world.ipv6(seed) : world.ipv4(seed)).address;
  yield* link.exchange(
    { from: SERVER, sourcePort: random.port(), to: random.pick(RESOLVERS), destinationPort: DNS },
    dnsQuestion(identifier, name, type),
    dnsAnswer(identifier, name, type, [found]),
  );
}

/** The world asks for the names of the server's own zone. */
export function* zone(link: Link): Script {
  const { random, world } = link;
  for (;;) {
    yield random.wait(0.22);
    const number = random.whole(0, ASKING_RESOLVERS);
    link.start(zoneAnswer(link, random.chance(0.15) ? world.ipv6(number) : world.ipv4(number)));
  }
}

function* zoneAnswer(link: Link, resolver: Host): Script {
  const { random } = link;
  const identifier = random.whole(0, 0xffff);
  const kind = random.part();
  const [name, type, data] =
    kind < 0.55
      ? ([random.pick(OWN_SITES), DnsType.A, SERVER.address] as const)
      : kind < 0.8
        ? ([random.pick(OWN_SITES), DnsType.AAAA, SERVER_IPV6.address] as const)
        : kind < 0.95
          ? ([OWN_DOMAIN, DnsType.MX, mailData(10, `mail.${OWN_DOMAIN}`)] as const)
          : ([OWN_DOMAIN, DnsType.TXT, textData('v=spf1 mx -all')] as const);
  const sourcePort = random.port();
  const server = link.serverFor(resolver);
  link.udp({ from: resolver, sourcePort, to: server, destinationPort: DNS }, dnsQuestion(identifier, name, type));
  yield random.between(0.000_08, 0.0004);
  const answer = dnsAnswer(identifier, name, type, [data], DnsFlags.Authoritative, 3600);
  link.udp({ from: server, sourcePort: DNS, to: resolver, destinationPort: sourcePort }, answer);
}

/** The server's clock is set by four others. */
export function* clock(link: Link): Script {
  const { random, world } = link;
  for (let server = 0; ; server = (server + 1) % 4) {
    const peer = world.ipv4(71 + server);
    const asked = link.time;
    const question = ntpPacket({ mode: 3, stratum: 0, reference: 0, originate: 0, receive: 0, transmit: asked });
    link.udp({ from: SERVER, sourcePort: NTP, to: peer, destinationPort: NTP }, question);
    yield peer.roundTrip;
    const there = asked + peer.roundTrip / 2;
    const answer = ntpPacket({ mode: 4, stratum: 2, reference: asked - 300, originate: asked, receive: there, transmit: there + 0.000_04 });
    link.udp({ from: peer, sourcePort: NTP, to: SERVER, destinationPort: NTP }, answer);
    yield 16 + random.between(-0.5, 0.5);
  }
}
