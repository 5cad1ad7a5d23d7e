/** Everyday traffic as drawings (`tests/builders/draw.ts`): none of it is an attack. */
import { draw } from '../builders/draw';
import { arp, ethernet } from '../builders/layers';
import { type PcapPacket, writePcap } from '../builders/pcap';

interface Talk {
  /** Seconds since the start. */
  readonly at: number;
  readonly client: string;
  readonly server: string;
  /** Drawn payload of the client: "'hello'", "tls example.com", "http GET example.com/". */
  readonly asks: string;
  /** Bytes of the answer, in packets of 1,400. */
  readonly answer: number;
}

/** A whole TCP connection: handshake, question, answer, both sides close. */
function talk({ at, client, server, asks, answer }: Talk): string {
  const lines = [
    `@${at} ${client} > ${server} S mss=1460`,
    `+0.012 ${server} > ${client} SA mss=1460`,
    `${client} > ${server} A`,
    `${client} > ${server} PA ${asks}`,
  ];
  for (let left = answer; left > 0; left -= 1400)
    lines.push(`+0.002 ${server} > ${client} PA len=${Math.min(1400, left)}`, `${client} > ${server} A`);
  return [...lines, `${client} > ${server} FA`, `${server} > ${client} FA`, `${client} > ${server} A`].join('\n');
}

const range = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const drawing = (lines: readonly string[]): Uint8Array => draw(lines.join('\n')).pcap();

/** A page that loads from thirty connections to one content network, on four of its addresses. */
export const browser = (): Uint8Array =>
  drawing(
    range(30, (i) =>
      talk({
        at: i * 0.08,
        client: `192.168.1.20:${50_000 + i}`,
        server: `198.51.100.${10 + (i % 4)}:443`,
        asks: `tls img${i % 6}.cdn.example.net`,
        answer: 4000 + ((i * 7919) % 60_000),
      }),
    ),
  );

/** Two hours of a check every minute. */
export const uptimeMonitor = (): Uint8Array =>
  drawing(
    range(120, (i) =>
      talk({
        at: i * 60,
        client: `198.51.100.77:${40_000 + i}`,
        server: '192.168.1.10:80',
        asks: 'http GET status.example.org/health',
        answer: 300,
      }),
    ),
  );

/** Four servers asked every 64 seconds for an hour. */
export const timeService = (): Uint8Array =>
  drawing(
    range(56, (i) =>
      range(4, (server) => {
        const [host, peer] = [`192.168.1.10:${123}`, `198.51.100.${20 + server}:123`];
        return `@${i * 64 + server * 0.3} ${host} > ${peer} udp hex 23 ${'00 '.repeat(47)}\n+0.02 ${peer} > ${host} udp hex 24 ${'00 '.repeat(47)}`;
      }).join('\n'),
    ),
  );

const WORDS = [
  'mail',
  'www',
  'api',
  'cdn',
  'static',
  'login',
  'img',
  'news',
  'shop',
  'blog',
  'docs',
  'git',
  'auth',
  'edge',
  'video',
  'ads',
];
const name = (i: number): string => `${WORDS[i % 16]}${i % 7 === 0 ? i % 5 : ''}.site${(i * 131) % 400}.example`;

/** A resolver for an office: sixty clients' questions a second, each asked further at one of eight servers. */
export const resolver = (): Uint8Array =>
  drawing(
    range(1200, (i) => {
      const [client, here] = [`192.168.1.${100 + (i % 60)}:${30_000 + i}`, '192.168.1.53:53'];
      const [out, there] = [`192.168.1.53:${10_000 + i}`, `198.51.100.${100 + (i % 8)}:53`];
      return [
        `@${i / 60} ${client} > ${here} udp dns A ${name(i)}`,
        `${out} > ${there} udp dns A ${name(i)}`,
        `+0.01 ${there} > ${out} udp dns A ${name(i)} = 203.0.113.${i % 250}`,
        `${here} > ${client} udp dns A ${name(i)} = 203.0.113.${i % 250}`,
      ].join('\n');
    }),
  );

/** Printers, phones and speakers that tell each other of themselves, with the long names that they have. */
export const multicastNames = (): Uint8Array =>
  drawing(
    range(400, (i) => {
      const host = `192.168.1.${30 + (i % 12)}:5353`;
      const service = ['_ipp._tcp.local', '_airplay._tcp.local', '_googlecast._tcp.local', '_companion-link._tcp.local'][i % 4] ?? '';
      const long = `Living-Room-Speaker-${i % 12}-f4f5d8a1c2e3b4a5968778695a4b3c2d-0f1e2d3c.${service}`;
      return `@${i * 0.05} ${host} > 224.0.0.251:5353 udp dns PTR ${i % 3 === 0 ? service : long}`;
    }),
  );

/** Many clients fetch one page each at about the same time: a link went round. */
export const crowd = (): Uint8Array =>
  drawing(
    range(300, (i) =>
      talk({
        at: i * 0.03,
        client: `198.51.${100 + Math.floor(i / 200)}.${1 + (i % 200)}:${20_000 + i}`,
        server: '192.168.1.10:443',
        asks: 'tls www.example.org',
        answer: 9000,
      }),
    ),
  );

/** A mail server looks senders up: addresses turned round in reverse zones and block lists, IPv6 among them, which makes long names. */
export const mailServerLookups = (): Uint8Array =>
  drawing(
    range(240, (i) => {
      const [host, dns] = [`192.168.1.25:${30_000 + i}`, '192.168.1.53:53'];
      const nibbles = range(32, (n) => ((i * 7 + n * 5) % 16).toString(16)).join('.');
      const asked = [`${nibbles}.ip6.arpa`, `${i % 250}.113.0.203.zen.spamhaus.org`, `${i % 250}.113.0.203.in-addr.arpa`][i % 3];
      return `@${i * 0.25} ${host} > ${dns} udp dns ${i % 3 === 1 ? 'A' : 'PTR'} ${asked}`;
    }),
  );

/** Somebody reads mail: eight logins over an hour, each answered, none refused. */
export const mailClient = (): Uint8Array =>
  drawing(
    range(8, (i) => {
      const [client, server] = [`192.168.1.20:${51_000 + i}`, '198.51.100.143:993'];
      return talk({ at: i * 400, client, server, asks: 'tls imap.example.org', answer: 12_000 });
    }),
  );

const hex = (seed: number, length: number): string =>
  range(length, (i) => ((Math.imul(seed * 61 + i + 7, 0x9e3779b1) >>> 13) % 16).toString(16)).join('');

/** What a mail server asks of each sender: its key, its policies, whether it may send. */
export const mailPolicies = (): Uint8Array =>
  drawing(
    range(60, (i) => {
      const [host, dns] = [`192.168.1.25:${30_000 + i}`, '192.168.1.53:53'];
      return [
        `@${i * 0.5} ${host} > ${dns} udp dns TXT selector1-tenant${i}-com._domainkey.tenant${i}.onmicrosoft.com`,
        `${host} > ${dns} udp dns TXT ${hex(i, 32)}._domainkey.bulk-mailer.example.com`,
        `${host} > ${dns} udp dns TXT _dmarc.sender${i}.example${i % 9}.com`,
        `${host} > ${dns} udp dns A ${i}.2.0.192.in-addr.sender${i}.example.com.spf.has.pphosted.com`,
        `${host} > ${dns} udp dns A ${hex(i, 40)}.ebl.msbl.org`,
      ].join('\n');
    }),
  );

/** Names that carry the hash of a file or address, as antivirus programs ask for them. */
export const reputation = (): Uint8Array =>
  drawing(
    range(200, (i) => {
      const asked = [
        `4.${hex(i, 40)}.i.00.s.sophosxl.net`,
        `a-0.19-${hex(i, 8)}.c0a0083.1518.${hex(i + 9, 26)}.avqs.mcafee.com`,
        `${hex(i, 56)}.a.e5.sk`,
      ];
      return `@${i * 0.1} 192.168.1.20:${30_000 + i} > 192.168.1.53:53 udp dns TXT ${asked[i % 3]}`;
    }),
  );

/** Two routers with one address: the second announces it to everybody and works with it, the first is gone. */
export const failover = (): Uint8Array => {
  const says = (seconds: number, mac: string, target: string): PcapPacket => ({
    data: ethernet({ source: mac, payload: arp({ operation: 1, senderMac: mac, sender: '192.168.1.1', target }) }),
    seconds: 1_700_000_000 + seconds,
    fraction: 0,
  });
  const [first, second] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];
  return writePcap([
    ...range(30, (i) => says(i, first, `192.168.1.${20 + i}`)),
    ...range(10, (i) => says(31 + Math.floor(i / 2), second, '192.168.1.1')),
    ...range(30, (i) => says(40 + i, second, `192.168.1.${20 + i}`)),
  ]);
};
