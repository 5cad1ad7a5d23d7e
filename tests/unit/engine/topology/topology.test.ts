import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_EDGES, MAX_NODES, type TopologyGraph, type TopologyQuery, type TrafficSums } from '../../../../src/shared/contract/topology';
import { draw } from '../../../builders/draw';
import { EngineBench } from '../../../builders/engine';

const SERVER = '10.0.0.4';
const SCANNER = '198.51.100.9';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];
const QUERY: TopologyQuery = { scope: 'shown', grouping: 'auto', open: [], limit: MAX_NODES };

const CAPTURE = [
  ...PORTS.flatMap((port) => [`${SCANNER}:41022 > ${SERVER}:${port} S`, `${SERVER}:${port} > ${SCANNER}:41022 RA`]),
  '10.0.0.7:50000 > 10.0.0.4:443 S',
  '10.0.0.4:443 > 10.0.0.7:50000 SA',
  '10.0.0.7:50000 > 10.0.0.4:443 PA tls shop.example',
  "10.0.0.7:5353 > 224.0.0.251:5353 udp 'who'",
  '[2001:db8::1]:5000 > [2001:db8::2]:53 udp dns A www.example',
];

const sum = (parts: readonly TrafficSums[], what: keyof TrafficSums): number => parts.reduce((total, part) => total + part[what], 0);

/** Nothing is lost or counted twice: edges, what is inside nodes and what was left out make up the totals. */
function expectWhole({ nodes, edges, folded, totals }: TopologyGraph): void {
  for (const what of ['flows', 'packets', 'bytes'] as const) {
    const inside = sum(
      nodes.map((node) => node.inside),
      what,
    );
    expect(sum(edges, what) + inside + folded.edges[what]).toBe(totals[what]);
  }
  expect(nodes.reduce((hosts, { members }) => hosts + members, 0)).toBe(totals.hosts);
  const ids = new Set(nodes.map(({ id }) => id));
  expect(ids.size).toBe(nodes.length);
  expect(edges.every(({ source, target }) => ids.has(source) && ids.has(target) && source !== target)).toBe(true);
}

describe('the topology of a capture', () => {
  let bench: EngineBench;
  const graph = async (query: Partial<TopologyQuery> = {}): Promise<TopologyGraph> => {
    const answer = await bench.client.call('topology.graph', { ...QUERY, ...query });
    if (!answer) throw new Error('no graph');
    return answer;
  };

  beforeAll(async () => {
    bench = await EngineBench.start();
    await bench.openBytes(draw(CAPTURE.join('\n')).pcap());
  });

  afterAll(() => bench.close());

  it('has each host, its role and its risk', async () => {
    const { nodes, grouping } = await graph();
    const of = (id: string) => nodes.find((node) => node.id === id);
    expect(grouping).toBe('none');
    expect(of(SCANNER)).toMatchObject({ kind: 'host', role: 'client', severity: 'high', alerts: 1, members: 1, flows: 12, packets: 24 });
    expect(of(SCANNER)?.risk).toBeGreaterThanOrEqual(50);
    expect(of(SERVER)).toMatchObject({ role: 'server', severity: null, name: 'shop.example', flows: 13 });
    expect(of('224.0.0.251')).toMatchObject({ role: 'multicast' });
  });

  it('has what each two said to each other', async () => {
    const { edges } = await graph();
    expect(edges).toHaveLength(4);
    expect(edges.find(({ source }) => source === SCANNER)).toMatchObject({ target: SERVER, flows: 12, packets: 24, family: 'tcp' });
    expect(edges.find(({ source, target }) => source === '10.0.0.7' && target === SERVER)).toMatchObject({ family: 'tls', packets: 3 });
    expect(edges.find(({ target }) => target === '2001:db8::2')).toMatchObject({ family: 'dns' });
  });

  it.each(['none', 'subnet', 'country', 'network'] as const)('adds up to all flows, grouped by %s', async (grouping) => {
    const answer = await graph({ grouping });
    expectWhole(answer);
    expect(answer.totals).toMatchObject({ hosts: 6, flows: 15, packets: CAPTURE.length });
  });

  it('groups by subnet, and opens a group', async () => {
    const { nodes, edges } = await graph({ grouping: 'subnet' });
    const group = nodes.find(({ id }) => id === 'subnet:10.0.0.0/24');
    expect(group).toMatchObject({ kind: 'subnet', label: '10.0.0.0/24', role: 'group', members: 2, inside: { flows: 1, packets: 3 } });
    expect(nodes.find(({ id }) => id === 'subnet:2001:db8::/64')).toMatchObject({ members: 2 });
    // One of a kind is shown as itself.
    expect(nodes.find(({ id }) => id === SCANNER)).toMatchObject({ kind: 'host' });
    expect(edges.find(({ source }) => source === SCANNER)).toMatchObject({ target: 'subnet:10.0.0.0/24', flows: 12 });
    const open = await graph({ grouping: 'subnet', open: ['subnet:10.0.0.0/24'] });
    expect(open.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining([SERVER, '10.0.0.7']));
    expectWhole(open);
  });

  it('has of the filter only what it shows', async () => {
    await bench.filter('tcp.port == 443 && ip.src == 10.0.0.7');
    const { nodes, totals } = await graph();
    expect(nodes.map(({ id }) => id).sort()).toEqual([SERVER, '10.0.0.7'].sort());
    expect(totals).toMatchObject({ hosts: 2, flows: 1, packets: 2 });
    expect((await graph({ scope: 'all' })).totals.flows).toBe(15);
    await bench.filter('ip or ipv6');
    expect(await graph()).toEqual(await graph({ scope: 'all' }));
    await bench.filter('');
  });

  it('tells what is new in a time range from what was there before', async () => {
    const ms = 1e6;
    await bench.openBytes(
      draw(`
        @0 10.0.0.7:50000 > 10.0.0.4:443 S
        @0.001 10.0.0.8:50000 > 10.0.0.9:443 S
        @0.002 192.168.5.1:1000 > 192.168.5.2:53 udp
        @1 10.0.0.7:50000 > 10.0.0.4:443 A
        @1.001 10.0.0.7:50001 > 10.0.0.9:443 S
        @1.002 10.0.0.66:50000 > 10.0.0.4:22 S
      `).pcap(),
    );
    await bench.filter('', { from: 500 * ms, to: 2000 * ms });
    const { since, nodes, edges } = await graph();
    expect(since).toBe(500 * ms);
    expect(nodes.filter(({ newHosts }) => newHosts > 0).map(({ id }) => id)).toEqual(['10.0.0.66']);
    const isNew = new Map(edges.map(({ source, target, isNew }) => [`${source} ${target}`, isNew]));
    expect(isNew.get('10.0.0.7 10.0.0.4')).toBe(false);
    // Both were there, but had nothing to do with each other.
    expect(isNew.get('10.0.0.7 10.0.0.9')).toBe(true);
    expect(isNew.get('10.0.0.66 10.0.0.4')).toBe(true);
    const grouped = await graph({ grouping: 'subnet' });
    expect(grouped.nodes).toMatchObject([{ id: 'subnet:10.0.0.0/24', members: 4, newHosts: 1 }]);
    // Of the first packets nothing is known before, so nothing is called new.
    await bench.filter('', { from: 0, to: 500 * ms });
    const first = await graph();
    expect(first.since).toBeNull();
    expect(first.nodes.some(({ newHosts }) => newHosts > 0) || first.edges.some(({ isNew }) => isNew)).toBe(false);
    await bench.filter('');
    expect((await graph()).since).toBeNull();
  });

  it('refuses what is no question', async () => {
    for (const wrong of [{ limit: 5 }, { limit: 301 }, { grouping: 'colour' }, { open: Array.from({ length: 21 }, () => 'x') }]) {
      const query = { ...QUERY, ...wrong } as TopologyQuery;
      await expect(bench.client.call('topology.graph', query)).rejects.toThrow(/arguments/);
    }
  });

  it('has its bounds whatever the traffic is, and is the same each time', async () => {
    const flow = fc.tuple(fc.nat(3), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 60_000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(flow, { minLength: 1, maxLength: 800 }), async (flows) => {
        const lines = flows.map(([net, a, b, port]) => `10.${net}.${b % 3}.${a}:${port} > 172.16.${net}.${b}:80 S`);
        await bench.openBytes(draw(lines.join('\n')).pcap());
        for (const grouping of ['auto', 'none', 'country'] as const) {
          const answer = await graph({ grouping, limit: 50, open: ['scope:private'] });
          expect(answer.nodes.length).toBeLessThanOrEqual(50);
          expect(answer.edges.length).toBeLessThanOrEqual(MAX_EDGES);
          expectWhole(answer);
        }
        const again = await graph({ limit: 51 });
        expect(again).toEqual(await graph({ limit: 51 }));
      }),
      { numRuns: 8 },
    );
  });
});
