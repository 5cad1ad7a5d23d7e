import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationKind, HierarchyNode } from '../../src/shared/contract/statistics-views';
import { EngineBench } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';
import { named } from '../rig/available';

/** Without tunnels: there tshark counts a packet for each IP header in it, we for the outermost. */
const FILES = [
  'sized/lab-office-with-attacks.pcap',
  'attacks/lab-synflood-random-sources.pcap',
  'attacks/rat-infected-host.pcapng',
  'attacks/portscan-nmap-udp.pcap',
  'protocols/app-teams.pcap',
  'protocols/http-https-over-ipv6.pcap',
  'protocols/tcp-zero-window-recovery.pcapng',
];
const TAPS: readonly (readonly [ConversationKind, string])[] = [
  ['ethernet', 'eth'],
  ['ipv4', 'ip'],
  ['ipv6', 'ipv6'],
  ['tcp', 'tcp'],
  ['udp', 'udp'],
];

const missing = hasCaptures ? (hasTshark() ? null : 'tshark is not installed') : 'no captures';

const tshark = (path: string, tap: string): string[] =>
  execFileSync('tshark', ['-n', '-r', path, '-q', '-z', tap], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n');

/** One line a conversation, its ends in the order of their texts: 'A B frames from A, from B'. tshark rounds bytes; they are compared elsewhere. */
const line = (a: string, b: string, fromA: number, fromB: number): string =>
  a <= b ? `${a} ${b} ${fromA} ${fromB}` : `${b} ${a} ${fromB} ${fromA}`;

function conversationsOf(path: string, tap: string): string[] {
  return tshark(path, `conv,${tap}`)
    .flatMap((text) => {
      const found = /^(\S+)\s+<->\s+(\S+)\s+(\d+) \d+ ?\S*\s+(\d+) /.exec(text);
      // The column with the arrow to the left is first.
      return found ? [line(found[1] ?? '', found[2] ?? '', Number(found[4]), Number(found[3]))] : [];
    })
    .sort();
}

const end = (address: string, port: number | null): string => (port === null ? address : `${address}:${port}`);

/** What tshark calls a protocol, where both know it below the same layers. */
const NAMES: Readonly<Record<string, string>> = {
  eth: 'Ethernet',
  arp: 'ARP',
  ip: 'IPv4',
  ipv6: 'IPv6',
  tcp: 'TCP',
  udp: 'UDP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  igmp: 'IGMP',
  dns: 'DNS',
};

/** 'Ethernet/IPv4/TCP 12 packets 840 bytes'. */
function hierarchyOf(path: string): string[] {
  const stack: string[] = [];
  return tshark(path, 'io,phs').flatMap((text) => {
    const found = /^( *)(\S+) +frames:(\d+) bytes:(\d+)/.exec(text);
    if (!found) return [];
    stack.length = (found[1] ?? '').length / 2;
    stack.push(NAMES[found[2] ?? ''] ?? '?');
    return stack.includes('?') ? [] : [`${stack.join('/')} ${found[3]} packets ${found[4]} bytes`];
  });
}

function paths(nodes: readonly HierarchyNode[]): string[] {
  const stack: string[] = [];
  return nodes.flatMap(({ name, depth, packets, bytes }) => {
    if (depth === 0) return [];
    stack.length = depth - 1;
    stack.push(name);
    return [`${stack.join('/')} ${packets} packets ${bytes} bytes`];
  });
}

describe('the statistics of real captures', () => {
  let bench: EngineBench;
  beforeAll(async () => {
    bench = await EngineBench.start();
  });
  afterAll(() => bench.close());

  const open = async (path: string): Promise<void> => {
    const { id } = await bench.client.call('session.open', { path });
    await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
  };

  async function all<Row>(ask: (from: number) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const window = await ask(rows.length);
      rows.push(...window.rows);
      if (window.rows.length === 0 || rows.length >= window.total) return rows;
    }
  }

  it.skipIf(missing !== null).each(FILES)(named('are the conversations that tshark counts: %s', missing), async (file) => {
    const path = join(CAPTURES, file);
    await open(path);
    for (const [kind, tap] of TAPS) {
      const rows = await all((from) =>
        bench.client.call('statistics.conversations', { from, count: 1000, kind, sort: 'bytes', descending: true }),
      );
      const found = rows.map(({ a, portA, b, portB, packets }) => line(end(a, portA), end(b, portB), packets[0], packets[1]));
      expect(found.sort(), `${file} ${kind}`).toEqual(conversationsOf(path, tap));
    }
  });

  it.skipIf(missing !== null).each(FILES)(named('are the endpoints that tshark counts: %s', missing), async (file) => {
    const path = join(CAPTURES, file);
    await open(path);
    for (const [kind, tap] of TAPS) {
      const rows = await all((from) =>
        bench.client.call('statistics.endpoints', { from, count: 1000, kind, sort: 'address', descending: false }),
      );
      const found = rows.map((row) =>
        [
          row.address,
          ...(row.port === null ? [] : [row.port]),
          row.packetsSent,
          row.bytesSent,
          row.packetsReceived,
          row.bytesReceived,
        ].join(' '),
      );
      const expected = tshark(path, `endpoints,${tap}`).flatMap((text) => {
        const parts = text.trim().split(/\s+/);
        if (!/^[\da-f.:]+$/i.test(parts[0] ?? '') || parts.length < 7) return [];
        const [packetsSent, bytesSent, packetsReceived, bytesReceived] = parts.slice(-4);
        return [[...parts.slice(0, -6), packetsSent, bytesSent, packetsReceived, bytesReceived].join(' ')];
      });
      expect(found.sort(), `${file} ${kind}`).toEqual(expected.sort());
    }
  });

  it.skipIf(missing !== null).each(FILES)(named('are the packet lengths that tshark counts: %s', missing), async (file) => {
    const path = join(CAPTURES, file);
    await open(path);
    const { lengths, packets, bytes } = await bench.client.call('statistics.packets', {});
    const found = lengths.map((each) =>
      [
        each.from,
        each.packets,
        ...(each.packets === 0 ? ['-', '-', '-'] : [(each.bytes / each.packets).toFixed(2), each.least, each.greatest]),
      ].join(' '),
    );
    const expected = tshark(path, 'plen,tree').flatMap((text) => {
      const parts = /^ *(\d+)(?:-\d+| and greater)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+)/.exec(text);
      return parts ? [parts.slice(1, 6).join(' ')] : [];
    });
    expect(found).toEqual(expected);
    expect(packets).toBe(lengths.reduce((sum, each) => sum + each.packets, 0));
    expect(bytes).toBe(lengths.reduce((sum, each) => sum + each.bytes, 0));
  });

  it.skipIf(missing !== null).each(FILES)(named('are the layers that tshark counts: %s', missing), async (file) => {
    const path = join(CAPTURES, file);
    await open(path);
    const { hierarchy } = await bench.client.call('statistics.packets', {});
    const expected = hierarchyOf(path);
    expect(expected.length).toBeGreaterThan(1);
    expect(paths(hierarchy)).toEqual(expect.arrayContaining(expected));
  });

  it.skipIf(missing !== null)(named('are exported whole, in the order that is shown', missing), async () => {
    await open(join(CAPTURES, 'sized/lab-office-with-attacks.pcap'));
    const order = { kind: 'tcp', sort: 'bytes', descending: true } as const;
    const { rows, total } = await bench.client.call('statistics.conversations', { from: 0, count: 3, ...order });
    const { text, count, omitted } = await bench.client.call('statistics.export', {
      format: 'jsonl',
      of: { table: 'conversations', ...order },
    });
    const lines = text.trimEnd().split('\n');
    expect([count, omitted, lines.length]).toEqual([total, 0, total]);
    const ports = lines.slice(0, 3).map((each) => (JSON.parse(each) as { portA: number }).portA);
    expect(ports).toEqual(rows.map(({ portA }) => portA));
    const csv = await bench.client.call('statistics.export', { format: 'csv', of: { table: 'lengths' } });
    expect(csv.text.split('\r\n')[0]).toBe('from,to,packets,bytes,least,greatest');
  });
});
