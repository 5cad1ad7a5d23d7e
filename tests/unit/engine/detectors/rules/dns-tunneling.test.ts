import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsOf } from '../../../../builders/found-alerts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** What a tunnel makes of data: base 32, the same for the same number. */
const encoded = (seed: number, length: number): string => {
  let state = seed * 2_654_435_761 + 12_345;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += 'abcdefghijklmnopqrstuvwxyz234567'[state >>> 27];
  }
  return text;
};
const labels = (seed: number): string => `${encoded(seed, 50)}.${encoded(seed + 1000, 30)}`;
const tunnels = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'dns_tunneling');

const hexText = (seed: number, length: number): string => Buffer.from(encoded(seed, length), 'latin1').toString('hex').slice(0, length);
const base64Text = (seed: number, length: number): string =>
  Buffer.from(encoded(seed, length), 'latin1').toString('base64').slice(0, length);
/** Questions of one client, one after the other; `rcode` 3 answers that the name does not exist. */
const asks = (names: readonly string[], type = 'A', step = 0.2): string[] =>
  names.map((name) => `+${step} 10.0.0.7:5000 > 10.0.0.1:53 udp dns ${type} ${name}`);
const flagged = (name: string, flags: string, type = '00 01'): string => {
  const labels = name
    .split('.')
    .map((label) => `${label.length.toString(16).padStart(2, '0')} ${Buffer.from(label).toString('hex').replace(/../g, '$& ')}`);
  return `10.0.0.1:53 > 10.0.0.7:5000 udp hex 00 01 ${flags} 00 01 00 00 00 00 00 00 | ${labels.join(' ')} 00 ${type} 00 01`;
};

describe('tools that tunnel', () => {
  it.each<[string, string[], string, number]>([
    ['iodine, NULL', range(60).map((i) => `0${encoded(i, 4)}${encoded(i + 7, 40)}.t.evil.com`), 'NULL', 0.05],
    ['iodine, short names', range(120).map((i) => `p${encoded(i, 6)}.t.evil.com`), 'NULL', 0.02],
    ['dnscat2, TXT, CNAME and MX', range(60).map((i) => `${hexText(i, 34)}.dnscat.evil.com`), 'TXT', 0.5],
    ['dnscat2 with data', range(30).map((i) => `${hexText(i, 60)}.${hexText(i + 500, 60)}.evil.com`), 'CNAME', 1],
    ['dns2tcp', range(60).map((i) => `${base64Text(i, 20)}.=connect.dns2tcp.evil.com`), 'TXT', 0.2],
    ['Cobalt Strike posting', range(20).map((i) => `post.1${hexText(i, 56)}.${i}${hexText(3, 7)}.5a4f2c1e.ns1.evil.com`), 'A', 2],
    ['Cobalt Strike fetching tasks by TXT', range(60).map((i) => `api.${i}${hexText(i, 8)}.5a4f2c1e.evil.com`), 'TXT', 1],
    ['a file sent out in TXT names', range(40).map((i) => `${i}.${base64Text(i, 63)}.x.evil.com`), 'TXT', 1],
    ['a file sent out in names of addresses, slowly', range(30).map((i) => `${hexText(i, 62)}.evil.com`), 'A', 30],
    ['plain names at speed', range(200).map((i) => `${encoded(i, 24)}.evil.com`), 'A', 0.02],
  ])('%s', async (_, names, type, step) => {
    expect(await tunnels(asks(names, type, step))).toHaveLength(1);
  });

  it('and of which two interfaces captured each packet', async () => {
    const names = range(60).map((i) => `0${encoded(i, 4)}${encoded(i + 7, 40)}.t.evil.com`);
    const lines = asks(names, 'NULL', 0.05).flatMap((line) => [line, line.replace('+0.05', '+0.0001')]);
    expect(await tunnels(lines)).toMatchObject([{ evidence: { queries: expect.toSatisfy((queries: number) => queries <= 60) } }]);
  });

  it('and of which only the answers were captured', async () => {
    const answers = range(30).map((i) => `+1 ${flagged(`${hexText(i, 62)}.evil.com`, '81 80', '00 10')}`);
    expect(await tunnels(answers)).toMatchObject([{ source: '10.0.0.7', target: '10.0.0.1' }]);
  });
});

describe('what looks like one', () => {
  const mails = range(60);
  it.each<[string, string[], string, number]>([
    [
      'antivirus look-ups (McAfee)',
      range(80).map((i) => `a-0.19-${hexText(i, 8)}.c0a0083.1518.19d4.3ea1.410.0.${encoded(i, 26)}.avqs.mcafee.com`),
      'A',
      0.1,
    ],
    ['antivirus look-ups (Sophos)', range(80).map((i) => `4.${hexText(i, 40)}.i.00.s.sophosxl.net`), 'TXT', 0.1],
    ['antivirus look-ups (ESET)', range(80).map((i) => `${encoded(i, 60)}.a.e5.sk`), 'TXT', 0.1],
    ['hashes of addresses and mails', mails.map((i) => `${hexText(i, 40)}.ebl.msbl.org`), 'A', 0.5],
    ['DKIM keys of tenants', mails.map((i) => `selector1-customer${i}-com._domainkey.customer${i}.onmicrosoft.com`), 'TXT', 0.5],
    ['DKIM keys of a bulk mailer', mails.map((i) => `${encoded(i, 32)}._domainkey.amazonses.com`), 'TXT', 0.5],
    ['SPF macros', mails.map((i) => `${i}.2.0.192.in-addr.sender${i}.example.com.spf.has.pphosted.com`), 'A', 0.5],
    ['DMARC of many domains', mails.map((i) => `_dmarc.sender${i}.example${i % 9}.com`), 'TXT', 0.05],
    [
      'Active Directory',
      range(40).map((i) => `_ldap._tcp.${hexText(i, 8)}-98fc-1c14-9afb-${hexText(i, 12)}.domains._msdcs.contoso.com`),
      'SRV',
      0.3,
    ],
    ['a resolver that is looked for', range(40).map(() => '_dns.resolver.arpa'), 'TXT', 0.05],
    ['a cluster', range(80).map((i) => `service-${encoded(i, 10)}.namespace-${i}.svc.cluster.local`), 'A', 0.02],
    ['a media server', range(40).map((i) => `192-168-1-${i}.${hexText(i, 32)}.plex.direct`), 'A', 0.5],
    ['load balancers', range(60).map((i) => `internal-${encoded(i, 32)}-123456789.eu-central-1.elb.amazonaws.com`), 'A', 0.1],
    ['a crawler of blogs', range(300).map((i) => `cooking-and-travel-${encoded(i, 8)}.blogspot.com`), 'A', 0.02],
    ['a domain generator', range(300).map((i) => `${encoded(i, 14)}.${['com', 'net', 'org', 'info'][i % 4]}`), 'A', 0.02],
    ['a domain generator below www', range(300).map((i) => `www.${encoded(i, 30)}.com`), 'A', 0.02],
    ['browsing', range(200).map((i) => `${['www', 'static', 'api', 'img', 'cdn'][i % 5]}.shop${i % 40}.example${i % 17}.com`), 'A', 0.02],
  ])('%s', async (_, names, type, step) => {
    expect(await tunnels(asks(names, type, step))).toEqual([]);
  });

  it('names that somebody guesses, and that do not exist', async () => {
    const guessed = range(200).flatMap((i) => {
      const name = `${encoded(i, 12)}.victim.com`;
      return [`+0.02 10.0.0.7:5000 > 10.0.0.1:53 udp dns A ${name}`, flagged(name, '81 83')];
    });
    expect(await tunnels(guessed)).toEqual([]);
  });
});

describe('a tunnel', () => {
  it('with long names is found at any speed', async () => {
    const found = await tunnels(range(12).map((i) => `+5 10.0.0.7:5000 > 10.0.0.1:53 udp dns A ${labels(i)}.evil.co.uk`));
    expect(found).toMatchObject([
      { severity: 'medium', source: '10.0.0.7', target: '10.0.0.1', targetPort: 53, evidence: { domain: 'evil.co.uk', longestName: 92 } },
    ]);
  });

  it('with long names, many in a second, is critical', async () => {
    const found = await tunnels(range(60).map((i) => `+0.02 10.0.0.7:5000 > 10.0.0.1:53 udp dns TXT ${labels(i)}.evil.com`));
    expect(found).toMatchObject([{ severity: 'critical', evidence: { queriesPerSecond: 50 } }]);
  });

  it('that asks quickly for short names of a type that carries data is found', async () => {
    const found = await tunnels(range(80).map((i) => `+0.03 10.0.0.7:5000 > 10.0.0.1:53 udp dns NULL p${encoded(i, 7)}.t.evil.com`));
    expect(found).toMatchObject([{ severity: 'medium', evidence: { carrierShare: 1 } }]);
  });
});

describe('no tunnel is', () => {
  it('a busy resolver: many domains, names asked for again', async () => {
    const names = range(400).map((i) => `+0.005 10.0.0.1:5000 > 8.8.8.8:53 udp dns A host${i % 7}.example${i % 90}.com`);
    expect(await tunnels(names)).toEqual([]);
  });

  it('a page whose names are below one domain', async () => {
    const names = range(200).map((i) => `+0.005 10.0.0.7:5000 > 10.0.0.1:53 udp dns AAAA img${i % 40}.static-assets.shop.example.com`);
    expect(await tunnels(names)).toEqual([]);
  });

  it('one long name of a delivery network, however often', async () => {
    const name = 'a-very-long-name-of-an-ordinary-load-balancer-1234567890.eu-central-1.example.net';
    expect(await tunnels(range(100).map(() => `+0.01 10.0.0.7:5000 > 10.0.0.1:53 udp dns A ${name}`))).toEqual([]);
    const many = range(100).map((i) => `+0.01 10.0.0.7:5000 > 10.0.0.1:53 udp dns A ${labels(i)}.cloudfront.net`);
    expect(await tunnels(many)).toEqual([]);
  });

  it('a mail server that asks block lists', async () => {
    const names = range(100).map((i) => `+0.01 10.0.0.7:5000 > 10.0.0.1:53 udp dns TXT ${i}.2.0.192.bl.example.org`);
    expect(await tunnels(names)).toEqual([]);
  });

  it('a reverse look-up of a whole network', async () => {
    const names = range(100).map((i) => `+0.01 10.0.0.7:5000 > 10.0.0.1:53 udp dns PTR ${i}.2.0.192.in-addr.arpa`);
    expect(await tunnels(names)).toEqual([]);
  });

  it('mDNS chatter', async () => {
    const names = range(100).map((i) => `+0.01 10.0.0.7:5353 > 224.0.0.251:5353 udp dns TXT ${labels(i)}.evil.com`);
    expect(await tunnels(names)).toEqual([]);
  });
});
