import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SOCKETS, parseInterfaces, parseSockets } from '../../../../../src/engine/sources/sockets/parse-sockets';
import type { SocketSnapshot } from '../../../../../src/engine/sources/sockets/socket-snapshot';
import { readSnapshot, runHere, watchSockets } from '../../../../../src/engine/sources/sockets/watch-sockets';

const socket = (line: string) => parseSockets(line).sockets[0];

describe('parseSockets', () => {
  it.each([
    [
      'tcp ESTAB 0 36 10.0.0.5:22 198.51.100.7:51234 users:(("sshd",pid=12,fd=4),("sshd",pid=10,fd=4))',
      'tcp ESTAB 10.0.0.5 22 198.51.100.7 51234 sshd/12 sshd/10',
    ],
    [
      'tcp   LISTEN 0      4096         *:9100            *:*    users:(("node exporter",pid=7,fd=3))',
      'tcp LISTEN null 9100 null null node exporter/7',
    ],
    ['tcp LISTEN 0 128 [::]:22 [::]:*', 'tcp LISTEN null 22 null null'],
    ['tcp TIME-WAIT 0 0 [2001:db8::1]:443 [2001:db8::9]:50000', 'tcp TIME-WAIT 2001:db8::1 443 2001:db8::9 50000'],
    ['tcp ESTAB 0 0 [::ffff:10.0.0.5]:80 [::ffff:10.0.0.9]:4000', 'tcp ESTAB 10.0.0.5 80 10.0.0.9 4000'],
    ['udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*', 'udp UNCONN 127.0.0.53 53 null null'],
    ['udp UNCONN 0 0 [fe80::1%eth0]:546 [::]:* users:(("a",pid=1,fd=2))', 'udp UNCONN fe80::1 546 null null a/1'],
    ['udp UNCONN 0 0 fe80::1%eth0:546 :::*', 'udp UNCONN fe80::1 546 null null'],
    // A process that calls itself as if it were two.
    ['tcp LISTEN 0 1 0.0.0.0:1 0.0.0.0:* users:(("x",pid=1,fd=1)",pid=9,fd=3))', 'tcp LISTEN null 1 null null x/1'],
  ])('%s', (line, wanted) => {
    const { transport, state, localAddress, localPort, peerAddress, peerPort, processes = [] } = socket(line) ?? {};
    const names = processes.map(({ name, pid }) => `${name}/${pid}`);
    expect([transport, state, localAddress ?? 'null', localPort, peerAddress ?? 'null', peerPort ?? 'null', ...names].join(' ')).toBe(
      wanted,
    );
  });

  it.each([
    '',
    'Netid State Recv-Q',
    'tcp ESTAB 0 0 10.0.0.5:ssh 1.2.3.4:5',
    'tcp WHAT 0 0 1.1.1.1:1 2.2.2.2:2',
    'tcp ESTAB 0 0 1.1.1.1:70000 2.2.2.2:2',
    'tcp ESTAB 0 0 <b>:1 *:*',
    'u_str ESTAB 0 0 * 1 * 2',
  ])('passes over "%s"', (line) => expect(parseSockets(line).sockets).toEqual([]));

  it('names a process by its program where its name is that of a thread', () => {
    const line = (pid: number) => `tcp LISTEN 0 1 *:${pid} *:* users:(("MainThread",pid=${pid},fd=1))`;
    const text = `uid 0\n${line(7)}\n${line(8)}\nexe 7 /usr/bin/node (deleted)\nexe 8 \n--- portlight interfaces ---\n`;
    const { sockets, root } = readSnapshot(text);
    expect([root, ...sockets.map(({ processes }) => processes[0]?.name)]).toEqual([true, 'node', 'MainThread']);
  });

  it('is bounded', () => {
    const many = parseSockets('tcp LISTEN 0 1 *:1 *:*\n'.repeat(MAX_SOCKETS + 5));
    expect([many.sockets.length, many.truncated]).toEqual([MAX_SOCKETS, true]);
    expect(socket(`tcp LISTEN 0 1 *:1 *:* users:(${'("x",pid=1,fd=1),'.repeat(200)})`)?.processes).toHaveLength(1);
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(200), (noise, at) => {
        const line = 'tcp ESTAB 0 36 10.0.0.5:22 198.51.100.7:51234 users:(("sshd",pid=12,fd=4),("sshd",pid=10,fd=4))';
        const snapshot = readSnapshot(`${line.slice(0, at)}${noise}\n${line}\n${noise}`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
        for (const one of snapshot.sockets) for (const { name } of one.processes) expect(name).not.toMatch(/[\u0000-\u001f\u202e]/);
        parseInterfaces(noise);
      }),
    );
  });
});

describe('parseInterfaces', () => {
  it('reads the counters of proc(5)', () => {
    const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 100 2 0 0 0 0 0 0 100 2 0 0 0 0 0 0
  eth0:9007199254740 30 1 4 0 0 0 7 500 6 0 8 0 0 0 0
 short: 1 2 3
`;
    expect(parseInterfaces(text)).toEqual([
      { name: 'lo', receivedBytes: 100, receivedPackets: 2, receivedDropped: 0, sentBytes: 100, sentPackets: 2, sentDropped: 0 },
      {
        name: 'eth0',
        receivedBytes: 9007199254740,
        receivedPackets: 30,
        receivedDropped: 4,
        sentBytes: 500,
        sentPackets: 6,
        sentDropped: 8,
      },
    ]);
  });
});

describe.skipIf(process.platform !== 'linux')('watchSockets', () => {
  it('sees a listener of this process and the loopback interface, again and again', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const stop = new AbortController();
    const snapshots: SocketSnapshot[] = [];
    await watchSockets(
      runHere,
      (snapshot) => {
        if (snapshots.push(snapshot) === 2) stop.abort();
      },
      stop.signal,
      10,
    );
    server.close();
    const found = snapshots[1]?.sockets.find(
      (one) => typeof address === 'object' && one.localPort === address?.port && one.state === 'LISTEN',
    );
    expect(found).toMatchObject({ transport: 'tcp', localAddress: '127.0.0.1', peerAddress: null });
    expect(found?.processes.map(({ pid }) => pid)).toEqual([process.pid]);
    expect(found?.processes[0]?.name).not.toBe('MainThread');
    expect(snapshots[1]?.interfaces.map(({ name }) => name)).toContain('lo');
  });
});
