import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostQuery, HostSort, HostWindow } from '../../../../src/shared/contract/hosts';
import type { HostDetails, HostRow } from '../../../../src/shared/model/hosts';
import { draw } from '../../../builders/draw';
import { EngineBench } from '../../../builders/engine';

const SERVER = '10.0.0.4';
const SCANNER = '198.51.100.9';
const VISITOR = '8.8.8.8';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

/** A scan that is refused, a visit with a name, UDP that nobody answers, an echo, a group, and ARP. */
const CAPTURE = [
  ...PORTS.flatMap((port) => [`${SCANNER}:41022 > ${SERVER}:${port} S`, `${SERVER}:${port} > ${SCANNER}:41022 RA`]),
  `${VISITOR}:50000 > ${SERVER}:443 S`,
  `${SERVER}:443 > ${VISITOR}:50000 SA`,
  `${VISITOR}:50000 > ${SERVER}:443 A`,
  `${VISITOR}:50000 > ${SERVER}:443 PA tls shop.example`,
  `${SERVER}:443 > ${VISITOR}:50000 PA 'answer'`,
  `10.0.0.7:5353 > 10.0.0.1:53 udp dns A www.example`,
  `10.0.0.1:53 > 10.0.0.7:5353 udp dns A www.example = ${VISITOR}`,
  `10.0.0.7:500 > ${SERVER}:514 udp 'log line'`,
  `10.0.0.7 > ${SERVER} icmp echo 7 1`,
  `${SERVER} > 10.0.0.7 icmp reply 7 1`,
  `10.0.0.7:5353 > 224.0.0.251:5353 udp 'who'`,
  '10.0.0.8 > 10.0.0.4 arp who-has',
];

describe('the hosts of a capture', () => {
  let bench: EngineBench;
  const rows = (query: Partial<HostQuery> = {}, sort: HostSort = 'address', descending = false): Promise<HostWindow> =>
    bench.client.call('hosts.rows', { from: 0, count: 100, query: { scope: 'all', text: '', ...query }, sort, descending });
  const addresses = async (query: Partial<HostQuery>, sort?: HostSort, descending?: boolean): Promise<string[]> =>
    (await rows(query, sort, descending)).rows.map(({ address }) => address);
  const row = async (address: string): Promise<HostRow | undefined> => (await rows()).rows.find((each) => each.address === address);
  const get = async (address: string): Promise<HostDetails> => {
    const host = await bench.client.call('hosts.get', { address });
    if (!host) throw new Error(`no page of ${address}`);
    return host;
  };

  beforeAll(async () => {
    bench = await EngineBench.start();
    await bench.openBytes(draw(CAPTURE.join('\n')).pcap());
  });

  afterAll(() => bench.close());

  it('are its IP addresses that have flows', async () => {
    const window = await rows();
    expect(window.rows.map(({ address }) => address)).toEqual(['8.8.8.8', '10.0.0.1', SERVER, '10.0.0.7', SCANNER, '224.0.0.251']);
    expect(window).toMatchObject({ total: 6, hosts: 6, considered: 6, lostFlows: 0 });
  });

  it('have the packets and flows of both directions', async () => {
    expect(await row(SCANNER)).toMatchObject({
      packetsSent: 12,
      packetsReceived: 12,
      flowsBegun: 12,
      flowsTo: 0,
      scope: 'documentation',
      country: null,
    });
    expect(await row(SERVER)).toMatchObject({ packetsSent: 15, packetsReceived: 17, flowsBegun: 0, flowsTo: 15, scope: 'private' });
    expect(await row('224.0.0.251')).toMatchObject({ packetsSent: 0, packetsReceived: 1, scope: 'multicast' });
  });

  it('have the names that DNS and those who called them gave', async () => {
    expect((await get(VISITOR)).names.rows).toEqual([{ name: 'www.example', origin: 'dns', flows: 0 }]);
    expect((await get(SERVER)).names.rows).toEqual([{ name: 'shop.example', origin: 'tls', flows: 1 }]);
    expect(await row(VISITOR)).toMatchObject({ name: 'www.example' });
    expect(await row(SERVER)).toMatchObject({ name: 'shop.example' });
  });

  it('tell how their attempts ended, port by port', async () => {
    const scanner = await get(SCANNER);
    expect(scanner.attempts).toEqual({ answered: 0, refused: 12, silent: 0 });
    expect(scanner.tried).toMatchObject({ total: 12 });
    expect(scanner.tried.rows[0]).toEqual({ transport: 'TCP', port: 21, service: 'ftp', answered: 0, refused: 1, silent: 0, targets: 1 });
    expect((await get(VISITOR)).tried.rows).toMatchObject([{ port: 443, answered: 1 }]);
    // One-way UDP is shown where it was tried, but is no failed attempt.
    const client = await get('10.0.0.7');
    expect(client.tried.rows.find(({ port }) => port === 514)).toMatchObject({ transport: 'UDP', silent: 1 });
    expect(client.attempts).toEqual({ answered: 2, refused: 0, silent: 0 });
  });

  it('have the ports on which they answered, peers and protocols', async () => {
    const server = await get(SERVER);
    expect(server.services).toMatchObject({ total: 1, rows: [{ transport: 'TCP', port: 443, service: 'tls', flows: 1 }] });
    expect(server.peers.rows.map(({ address }) => address).sort()).toEqual(['10.0.0.7', SCANNER, VISITOR].sort());
    expect(server.protocols.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['TCP', 'tls', 'ICMP']));
  });

  it('tell who completed a handshake', async () => {
    expect((await get(VISITOR)).handshakes).toBe(true);
    expect((await get(SERVER)).handshakes).toBe(true);
    expect((await get(SCANNER)).handshakes).toBe(false);
  });

  it('have their alerts, and a risk that says why', async () => {
    const scanner = await get(SCANNER);
    expect(scanner.alertsFrom.rows.map(({ type }) => type)).toEqual(['port_scan']);
    expect((await get(SERVER)).alertsTo.rows.map(({ type }) => type)).toEqual(['port_scan']);
    expect(scanner.score.parts.map(({ points }) => points)).toEqual([40, 15, 10]);
    expect(scanner).toMatchObject({ risk: 65, severity: 'high', alerts: 1 });
    expect((await get(SERVER)).risk).toBe(0);
  });

  it('have in the list the risk that their page has', async () => {
    for (const each of (await rows()).rows) expect(await get(each.address)).toMatchObject(each);
  });

  it('are sorted, of equals by address', async () => {
    expect((await addresses({}, 'risk', true)).slice(0, 3)).toEqual([SCANNER, SERVER, '10.0.0.7']);
    expect((await addresses({}, 'packets', true)).slice(0, 2)).toEqual([SERVER, SCANNER]);
    expect((await addresses({}, 'name')).slice(0, 2)).toEqual([SERVER, VISITOR]);
    expect(await addresses({}, 'country')).toEqual(await addresses({}, 'address'));
  });

  it('are found by address and name', async () => {
    expect(await addresses({ text: '10.0.0.' })).toEqual(['10.0.0.1', SERVER, '10.0.0.7']);
    expect(await addresses({ text: 'SHOP' })).toEqual([SERVER]);
    expect(await addresses({ text: 'nobody' })).toEqual([]);
  });

  it('are narrowed by the filter, their numbers are not', async () => {
    await bench.filter('dns');
    expect(await addresses({ scope: 'shown' })).toEqual(['10.0.0.1', '10.0.0.7']);
    expect((await rows({ scope: 'shown' })).rows[1]).toEqual(await row('10.0.0.7'));
    expect((await rows({ scope: 'all' })).total).toBe(6);
    await bench.filter('');
  });

  it('lose the points of a muted alert', async () => {
    const mute = await bench.client.call('mutes.add', {
      mute: { type: 'port_scan', source: SCANNER, target: null, port: null, reason: '', expires: null },
    });
    expect(await row(SCANNER)).toMatchObject({ alerts: 0, severity: null, risk: 25 });
    await bench.client.call('mutes.remove', { id: mute.id });
    expect(await row(SCANNER)).toMatchObject({ alerts: 1, risk: 65 });
  });

  it('get lines that block them, and warnings', async () => {
    const advice = await bench.client.call('hosts.block', { address: SCANNER });
    expect(advice?.rules.map(({ tool }) => tool)).toEqual(['nftables', 'ufw', 'fail2ban']);
    expect(advice?.warnings.map(({ code }) => code)).toEqual(['not-public', 'no-handshake']);
    expect((await bench.client.call('hosts.block', { address: VISITOR }))?.warnings).toEqual([]);
  });

  it.each(['198.51.100.200', '10.0.0.8', '02:00:0a:00:00:04', 'x; reboot', ''])('have no page for %j', async (address) => {
    expect(await bench.client.call('hosts.get', { address })).toBeNull();
  });

  it('take no argument that is too large or of another kind', async () => {
    const call = bench.client.call('hosts.rows', {
      from: 0,
      count: 1001,
      query: { scope: 'all', text: '' },
      sort: 'risk',
      descending: true,
    });
    await expect(call).rejects.toMatchObject({ problem: { code: 'bad-arguments' } });
  });
});

describe('logins', () => {
  it('count for the host that tried them; one that succeeds after several failed is a break-in', async () => {
    const attempt = (port: number, ...answers: string[]): string[] => [
      `203.0.113.5:${port} > 10.0.0.4:21 S`,
      `10.0.0.4:21 > 203.0.113.5:${port} SA`,
      `203.0.113.5:${port} > 10.0.0.4:21 A`,
      `10.0.0.4:21 > 203.0.113.5:${port} PA '220 ready\\r\\n'`,
      ...answers.flatMap((answer) => [
        `203.0.113.5:${port} > 10.0.0.4:21 PA 'USER root\\r\\n'`,
        `10.0.0.4:21 > 203.0.113.5:${port} PA '331 password\\r\\n'`,
        `203.0.113.5:${port} > 10.0.0.4:21 PA 'PASS x\\r\\n'`,
        `10.0.0.4:21 > 203.0.113.5:${port} PA '${answer}\\r\\n'`,
      ]),
    ];
    const bench = await EngineBench.start();
    try {
      await bench.openBytes(draw([...attempt(4001, '530 no', '530 no', '530 no'), ...attempt(4002, '230 welcome')].join('\n')).pcap());
      const host = await bench.client.call('hosts.get', { address: '203.0.113.5' });
      expect(host?.failedLogins).toBe(3);
      expect(host?.score.parts).toContainEqual({ points: 25, sentence: 'A login succeeded after several had failed.' });
    } finally {
      await bench.close();
    }
  });
});

describe('the sums over all hosts', () => {
  it('are the packets of the flows', async () => {
    const end = fc.record({ host: fc.integer({ min: 1, max: 6 }), port: fc.integer({ min: 1, max: 4 }) });
    const packet = fc.record({ from: end, to: end, kind: fc.constantFrom('S', 'SA', 'A', 'RA', "udp 'x'", 'icmp') });
    const bench = await EngineBench.start();
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(packet, { minLength: 1, maxLength: 60 }), async (packets) => {
          const lines = packets.map(({ from, to, kind }) =>
            kind === 'icmp'
              ? `10.1.0.${from.host} > 10.1.0.${to.host} icmp echo ${from.port} 1`
              : `10.1.0.${from.host}:${from.port} > 10.1.0.${to.host}:${to.port} ${kind}`,
          );
          await bench.openBytes(draw(lines.join('\n')).pcap());
          const query = { scope: 'all', text: '' } as const;
          const { rows } = await bench.client.call('hosts.rows', { from: 0, count: 100, query, sort: 'address', descending: false });
          const sent = new Map<string, number>();
          for (const { from } of packets) sent.set(`10.1.0.${from.host}`, (sent.get(`10.1.0.${from.host}`) ?? 0) + 1);
          for (const host of rows) expect(host.packetsSent).toBe(sent.get(host.address) ?? 0);
          const total = (of: (row: HostRow) => number): number => rows.reduce((sum, host) => sum + of(host), 0);
          expect(total((host) => host.packetsSent)).toBe(packets.length);
          expect(total((host) => host.packetsReceived)).toBe(packets.length);
          expect(total((host) => host.bytesSent)).toBe(total((host) => host.bytesReceived));
          expect(total((host) => host.flowsBegun)).toBe(total((host) => host.flowsTo));
        }),
        { numRuns: 25 },
      );
    } finally {
      await bench.close();
    }
  });
});
