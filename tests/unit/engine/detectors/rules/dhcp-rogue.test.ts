import { describe, expect, it } from 'vitest';
import { addressBytes } from '../../../../builders/addresses';
import { alertsOf } from '../../../../builders/found-alerts';
import { be32, ethernet, ipv4, join, udp } from '../../../../builders/layers';
import { writePcap } from '../../../../builders/pcap';

type Answer = readonly [seconds: number, server: string, router: string, port?: number];

/** OFFER messages (RFC 2131) of servers that name themselves and a router. */
const rogues = (...answers: readonly Answer[]) =>
  alertsOf(
    writePcap(
      answers.map(([seconds, server, router, destinationPort = 68]) => {
        const options = join([53, 1, 2, 54, 4], addressBytes(server), [3, 4], addressBytes(router), [255]);
        const head = join([2, 1, 6, 0], be32(7), new Uint8Array(8), addressBytes('10.0.0.77'), new Uint8Array(216));
        const payload = udp({ sourcePort: 67, destinationPort, payload: join(head, be32(0x63825363), options) });
        return {
          data: ethernet({ payload: ipv4({ source: server, destination: '255.255.255.255', payload }) }),
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
    expect(await rogues([0, '10.0.0.1', '10.0.0.1'], [1, '10.9.0.1', '10.0.0.1', 67])).toEqual([]);
  });
});
