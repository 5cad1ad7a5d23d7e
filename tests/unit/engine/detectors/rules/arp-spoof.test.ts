import { describe, expect, it } from 'vitest';
import { alertsOf } from '../../../../builders/found-alerts';
import { arp, ethernet } from '../../../../builders/layers';
import { writePcap } from '../../../../builders/pcap';

const GATEWAY = '02:00:00:00:00:01';
const FORGER = '02:00:00:00:00:66';

type Message = readonly [seconds: number, kind: 'asks' | 'is at', mac: string, sender: string, target: string];

const spoofs = (messages: readonly Message[], thresholds: Record<string, number> = {}) =>
  alertsOf(
    writePcap(
      messages.map(([seconds, kind, senderMac, sender, target]) => {
        const payload = arp({ operation: kind === 'asks' ? 1 : 2, senderMac, sender, target });
        return { data: ethernet({ source: senderMac, payload }), seconds: 1_700_000_000 + seconds, fraction: 0 };
      }),
    ),
    'arp_spoof',
    thresholds,
  );

describe('forged ARP', () => {
  it('is a second MAC for a known address, laid to the other address of that MAC', async () => {
    const found = await spoofs([
      [0, 'is at', GATEWAY, '10.0.0.1', '10.0.0.30'],
      [1, 'asks', FORGER, '10.0.0.66', '10.0.0.30'],
      [10, 'is at', FORGER, '10.0.0.1', '10.0.0.30'],
      [12, 'is at', FORGER, '10.0.0.1', '10.0.0.30'],
    ]);
    expect(found).toMatchObject([
      { severity: 'high', source: '10.0.0.66', target: '10.0.0.1', count: 2, evidence: { otherMac: FORGER, told: ['10.0.0.30'] } },
    ]);
  });

  it('is found though the capture begins in the middle of it', async () => {
    const found = await spoofs([
      [0, 'asks', FORGER, '10.0.0.66', '10.0.0.30'],
      [1, 'is at', FORGER, '10.0.0.1', '10.0.0.30'],
      [5, 'asks', GATEWAY, '10.0.0.1', '10.0.0.9'],
    ]);
    expect(found).toMatchObject([{ source: '10.0.0.66', target: '10.0.0.1' }]);
  });

  it('is a reply that nobody asked for, long after', async () => {
    const before: Message = [0, 'is at', GATEWAY, '10.0.0.1', '10.0.0.30'];
    expect(await spoofs([before, [600, 'is at', FORGER, '10.0.0.1', '10.0.0.30']])).toHaveLength(1);
    const asked: Message = [599, 'asks', '02:00:00:00:00:30', '10.0.0.30', '10.0.0.1'];
    expect(await spoofs([before, asked, [600, 'is at', FORGER, '10.0.0.1', '10.0.0.30']])).toEqual([]);
  });

  it.each(['00:00:5e:00:01:0a', '00:00:5e:00:02:0a', '00:00:0c:07:ac:05', '00:00:0c:9f:f0:01'])(
    'is not the virtual MAC %s',
    async (mac) => {
      expect(
        await spoofs([
          [0, 'is at', GATEWAY, '10.0.0.1', '10.0.0.30'],
          [1, 'is at', mac, '10.0.0.1', '10.0.0.1'],
        ]),
      ).toEqual([]);
    },
  );

  it('is not asking whether an address is free', async () => {
    expect(
      await spoofs([
        [0, 'asks', GATEWAY, '0.0.0.0', '10.0.0.5'],
        [1, 'asks', FORGER, '0.0.0.0', '10.0.0.5'],
      ]),
    ).toEqual([]);
  });

  it('is what the threshold says', async () => {
    const messages: Message[] = [
      [0, 'is at', GATEWAY, '10.0.0.1', '10.0.0.30'],
      [1, 'is at', FORGER, '10.0.0.1', '10.0.0.30'],
      [2, 'is at', FORGER, '10.0.0.1', '10.0.0.30'],
    ];
    expect(await spoofs(messages, { announcements: 3 })).toEqual([]);
    expect(await spoofs(messages, { announcements: 2 })).toHaveLength(1);
  });

  const NEW = '02:00:00:00:00:99';
  const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

  it('is not a failover: announcements to everybody, and the old machine falls silent', async () => {
    const before: Message[] = range(20).map((i) => [i, 'is at', GATEWAY, '10.0.0.1', '10.0.0.1']);
    const takesOver: Message[] = range(10).map((i) => [20 + i / 2, i % 2 === 0 ? 'is at' : 'asks', NEW, '10.0.0.1', '10.0.0.1']);
    const works: Message[] = range(20).map((i) => [30 + i, 'asks', NEW, '10.0.0.1', `10.0.0.${20 + i}`]);
    expect(await spoofs([...before, ...takesOver, ...works])).toEqual([]);
    const takenBack: Message[] = range(5).map((i) => [52 + i, 'asks', GATEWAY, '10.0.0.1', '10.0.0.1']);
    expect(await spoofs([...before, ...takesOver, ...works, ...takenBack, [58, 'asks', GATEWAY, '10.0.0.1', '10.0.0.9']])).toEqual([]);
  });

  it('is not a new container with the old address, which asks and is asked', async () => {
    const found = await spoofs([
      [0, 'asks', GATEWAY, '10.0.0.1', '10.0.0.5'],
      [0.1, 'is at', FORGER, '10.0.0.5', '10.0.0.1'],
      [20, 'asks', NEW, '10.0.0.5', '10.0.0.1'],
      [21, 'asks', GATEWAY, '10.0.0.1', '10.0.0.5'],
      [21.1, 'is at', NEW, '10.0.0.5', '10.0.0.1'],
    ]);
    expect(found).toEqual([]);
  });

  it('is an answer long after the right one, though somebody asked', async () => {
    const asked: Message[] = [
      [0, 'asks', '02:00:00:00:00:30', '10.0.0.30', '10.0.0.1'],
      [0, 'is at', GATEWAY, '10.0.0.1', '10.0.0.30'],
    ];
    expect(await spoofs([...asked, [2, 'is at', FORGER, '10.0.0.1', '10.0.0.30']])).toHaveLength(1);
    // Two cards of one machine answer at once.
    expect(await spoofs([...asked, [0, 'is at', FORGER, '10.0.0.1', '10.0.0.30']])).toEqual([]);
  });

  it('is a known station that asks under another address again and again', async () => {
    const asks = range(4).map((i): Message => [2 + i * 10, 'asks', FORGER, '10.0.0.1', '10.0.0.30']);
    const found = await spoofs([[0, 'asks', GATEWAY, '10.0.0.1', '10.0.0.30'], [1, 'asks', FORGER, '10.0.0.66', '10.0.0.30'], ...asks]);
    expect(found).toMatchObject([{ source: '10.0.0.66', target: '10.0.0.1' }]);
  });

  it('is two machines that go on with the same address', async () => {
    const found = await spoofs([
      [0, 'asks', GATEWAY, '10.0.0.5', '10.0.0.1'],
      [5, 'asks', FORGER, '10.0.0.5', '10.0.0.1'],
      [9, 'asks', GATEWAY, '10.0.0.5', '10.0.0.1'],
    ]);
    expect(found).toHaveLength(1);
  });

  it('is announcements to everybody that go on, as of arpspoof without a target', async () => {
    const known: Message = [0, 'asks', GATEWAY, '10.0.0.1', '10.0.0.30'];
    expect(await spoofs([known, ...range(10).map((i): Message => [5 + i * 2, 'is at', FORGER, '10.0.0.1', '10.0.0.1'])])).toHaveLength(1);
  });
});

describe('two VLANs', () => {
  it('have a gateway each, with the same address', async () => {
    const says = (seconds: number, vlan: number, mac: string) => ({
      data: ethernet({
        source: mac,
        vlans: [vlan],
        payload: arp({ operation: 2, senderMac: mac, sender: '10.0.0.1', target: '10.0.0.9' }),
      }),
      seconds: 1_700_000_000 + seconds,
      fraction: 0,
    });
    const apart = [says(0, 10, GATEWAY), says(1, 20, FORGER), says(2, 10, GATEWAY), says(3, 20, FORGER)];
    expect(await alertsOf(writePcap(apart), 'arp_spoof')).toEqual([]);
    expect(await alertsOf(writePcap([says(0, 10, GATEWAY), says(1, 10, FORGER)]), 'arp_spoof')).toHaveLength(1);
  });
});
