import { describe, expect, it } from 'vitest';
import { addressBytes } from '../../../../builders/addresses';
import { alertsOf } from '../../../../builders/found-alerts';
import { be32, ethernet, ipv4, join, udp } from '../../../../builders/layers';
import { writePcap } from '../../../../builders/pcap';

interface More {
  readonly port?: number;
  readonly vlan?: number;
  readonly names?: string;
  /** Address of the relay that the answer came by. */
  readonly relay?: string;
  readonly given?: string;
}
type Answer = readonly [seconds: number, server: string, router: string, more?: More];

/** OFFER messages (RFC 2131) of servers that name themselves and a router. */
const rogues = (...answers: readonly Answer[]) =>
  alertsOf(
    writePcap(
      answers.map(([seconds, server, router, { port = 68, vlan, names = '10.0.0.1', relay = '0.0.0.0', given = '10.0.0.77' } = {}]) => {
        const options = join([53, 1, 2, 54, 4], addressBytes(server), [3, 4], addressBytes(router), [6, 4], addressBytes(names), [255]);
        const addresses = join(new Uint8Array(4), addressBytes(given), new Uint8Array(4), addressBytes(relay));
        const head = join([2, 1, 6, 0], be32(7), new Uint8Array(4), addresses, new Uint8Array(208));
        const payload = udp({ sourcePort: 67, destinationPort: port, payload: join(head, be32(0x63825363), options) });
        return {
          data: ethernet({
            vlans: vlan === undefined ? [] : [vlan],
            payload: ipv4({ source: server, destination: '255.255.255.255', payload }),
          }),
          seconds: 1_700_000_000 + seconds,
          fraction: 0,
        };
      }),
    ),
    'dhcp_rogue',
  );

describe('a rogue DHCP server', () => {
  it('is the second one that answers, however often the first one does', async () => {
    const found = await rogues(
      [0, '10.0.0.1', '10.0.0.1'],
      [1, '10.0.0.1', '10.0.0.1'],
      [60, '10.0.0.66', '10.0.0.66'],
      [61, '10.0.0.1', '10.0.0.1'],
      [90, '10.0.0.66', '10.0.0.66'],
    );
    expect(found).toMatchObject([
      { severity: 'high', source: '10.0.0.66', target: '10.0.0.1', count: 2, evidence: { router: '10.0.0.66', offered: '10.0.0.77' } },
    ]);
  });

  it('is not a server that another one replaced long ago, nor one behind a relay', async () => {
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [100_000, '10.0.0.2', '10.0.0.1'])).toEqual([]);
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [1, '10.9.0.1', '10.0.0.1', { port: 67 }])).toEqual([]);
  });

  it('is one that names other name servers, or itself as the router', async () => {
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [1, '10.0.0.66', '10.0.0.1', { names: '10.0.0.66' }])).toHaveLength(1);
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [1, '10.0.0.66', '10.0.0.66'])).toHaveLength(1);
  });

  it('is not the partner of a pair, whoever answers first', async () => {
    const pair: Answer[] = [0, 1, 2, 3].map((i) => [i, i % 2 === 0 ? '10.0.0.1' : '10.0.0.2', '10.0.0.254']);
    expect(await rogues(...pair)).toEqual([]);
  });

  it('is not the server of another VLAN, though a rogue in that VLAN is one', async () => {
    const servers: Answer[] = [
      [0, '10.0.10.1', '10.0.10.1', { vlan: 10 }],
      [1, '10.0.20.1', '10.0.20.1', { vlan: 20 }],
    ];
    expect(await rogues(...servers)).toEqual([]);
    const found = await rogues(...servers, [2, '10.0.20.66', '10.0.20.66', { vlan: 20 }]);
    expect(found).toMatchObject([{ source: '10.0.20.66', target: '10.0.20.1' }]);
  });

  it('is not what came by a relay, nor a boot server that gives no address', async () => {
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [1, '10.9.0.1', '10.0.0.9', { relay: '10.0.0.1' }])).toEqual([]);
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [1, '10.0.0.9', '0.0.0.0', { given: '0.0.0.0' }])).toEqual([]);
  });
});
