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
