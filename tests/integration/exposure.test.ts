import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExposedPort, ExposureScope } from '../../src/shared/contract/exposure';
import { EngineBench } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';
import { named, whyNot } from '../rig/available';
import { nativePrograms } from '../rig/capturing';

const FILES = ['sized/lab-office-with-attacks.pcap', 'attacks/lab-portscan-nmap-syn.pcap', 'attacks/rat-infected-host.pcapng'];
const missing = hasCaptures ? (hasTshark() ? null : 'tshark is not installed') : 'no captures';

const noPrograms = whyNot('ss', 'tcpdump') ?? (await nativePrograms());

const fields = (path: string, filter: string, names: readonly string[]): string[] =>
  execFileSync('tshark', ['-n', '-r', path, '-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name])], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .split('\n')
    .filter((line) => line !== '');

const SORT = { sort: 'port', descending: false } as const;

describe('the exposure of the hosts of real captures', () => {
  let bench: EngineBench;
  beforeAll(async () => {
    bench = await EngineBench.start();
  });
  afterAll(() => bench.close());

  async function rowsOf(host: string | null, scope: ExposureScope) {
    const rows: ExposedPort[] = [];
    for (;;) {
      const window = await bench.client.call('exposure.rows', { host, scope, from: rows.length, count: 1000, ...SORT });
      rows.push(...window.rows);
      if (window.rows.length === 0 || rows.length >= window.total) return { ...window, rows };
    }
  }

  it.skipIf(missing !== null).each(FILES)(named('TCP ports answered whoever tshark sees them answer: %s', missing), async (file) => {
    const path = join(CAPTURES, file);
    const { id } = await bench.client.call('session.open', { path });
    await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
    const { hosts } = await rowsOf(null, 'open');
    expect(hosts.length).toBeGreaterThan(0);
    for (const { address } of hosts.slice(0, 3)) {
      const { rows, summary, host } = await rowsOf(address, 'all');
      expect(host).toBe(address);
      const family = address.includes(':') ? 'ipv6' : 'ip';
      const answers = fields(path, `${family}.src == ${address} && tcp.flags.syn == 1 && tcp.flags.ack == 1`, ['tcp.srcport']);
      const opened = rows.filter(({ transport, answered }) => transport === 'tcp' && answered > 0).map(({ port }) => String(port));
      expect(opened).toEqual(expect.arrayContaining([...new Set(answers)]));
      // Of each port that was tried with a SYN: from how many addresses.
      const tries = new Set(
        fields(path, `${family}.dst == ${address} && tcp.flags.syn == 1 && tcp.flags.ack == 0`, ['tcp.dstport', `${family}.src`]),
      );
      const sources = new Map<string, number>();
      for (const each of tries) sources.set(each.split('\t')[0] ?? '', (sources.get(each.split('\t')[0] ?? '') ?? 0) + 1);
      for (const [port, count] of sources) {
        const row = rows.find((each) => each.transport === 'tcp' && String(each.port) === port);
        expect(row?.addresses, `${address}:${port}`).toBeGreaterThanOrEqual(count);
      }
      expect(summary.ports).toBe(rows.filter(({ answered }) => answered > 0).length);
      expect(summary.tried).toBe(rows.length);
    }
  });

  it.skipIf(missing !== null)(named('follows the filter', missing), async () => {
    const path = join(CAPTURES, 'sized/lab-office-with-attacks.pcap');
    const { id } = await bench.client.call('session.open', { path });
    await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
    await bench.filter('tcp.port == 22');
    const { rows, host } = await rowsOf('10.40.0.20', 'all');
    expect(host).toBe('10.40.0.20');
    expect(rows.map(({ transport, port, service }) => `${port}/${transport} ${service}`)).toEqual(['22/tcp ssh']);
    expect(rows[0]?.severity).not.toBeNull();
  });
});

describe.skipIf(noPrograms !== null)(named('the exposure of the machine that is captured on', noPrograms), () => {
  it('names the program that listens, on ports that somebody touched and on those that nobody did', async () => {
    const bench = await EngineBench.start();
    const answer = (socket: Socket): Socket => socket.on('error', () => undefined).pipe(socket);
    const [touched, quiet] = [createServer(answer), createServer(answer)];
    for (const server of [touched, quiet]) await once(server.listen(0, '127.0.0.1'), 'listening');
    const [port, other] = [touched, quiet].map((server) => (server.address() as AddressInfo).port);
    const request = { kind: 'interface', interface: 'lo', filter: `port ${port}`, snapLength: null, promiscuous: false } as const;
    await bench.client.call('live.start', { request });
    const socket = connect(port ?? 0, '127.0.0.1');
    await once(socket, 'connect');
    const rows = async () => {
      const answered = await bench.client.call('exposure.rows', { host: null, scope: 'open', from: 0, count: 1000, ...SORT });
      return answered.rows.filter((row) => row.transport === 'tcp' && (row.port === port || row.port === other));
    };
    await expect
      .poll(async () => (await rows()).map((row) => [row.port, row.answered, row.listener?.open]), { timeout: 15_000 })
      .toEqual(
        [
          [port, 1, true],
          [other, 0, true],
        ].sort((a, b) => Number(a[0]) - Number(b[0])),
      );
    expect((await rows()).map(({ listener }) => listener?.process)).not.toContain(null);
    socket.destroy();
    await bench.client.call('live.stop', {});
    for (const server of [touched, quiet]) server.close();
    await bench.close();
  });
});
