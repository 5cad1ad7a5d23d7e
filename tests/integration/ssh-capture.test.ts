import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Capture } from '../../src/engine/capture';
import { MissingPackets } from '../../src/engine/live/missing-packets';
import type { SocketSnapshot } from '../../src/engine/sources/sockets/socket-snapshot';
import { SshCapture, type SshCaptureOptions } from '../../src/engine/sources/ssh/ssh-capture';
import { named, whyNot } from '../rig/available';
import { floodingTcpdump } from '../rig/flood';
import { FrameTexts, NumberedTraffic } from '../rig/packets';
import { succeed } from '../rig/processes';
import { SilentProxy } from '../rig/silent-proxy';
import { type Account, answering, freePort, gone, LoopbackSshd, processes } from '../rig/sshd';

const missing = whyNot('ssh-keygen', 'ssh', 'tcpdump', 'useradd', 'chpasswd', 'sudo', 'setcap', 'python3');

describe.skipIf(missing !== null)(named('captures over SSH', missing), () => {
  let server: LoopbackSshd;
  let account: Account;
  beforeAll(async () => {
    server = await LoopbackSshd.start();
    account = await server.account();
  });
  afterAll(() => server.close());

  const options = (more: Partial<SshCaptureOptions> = {}, from = server): SshCaptureOptions => ({
    target: from.target,
    prompts: answering().prompts,
    interface: 'lo',
    files: { config: '/nonexistent', knownHosts: [from.knownHosts], agent: null, identities: [from.key] },
    backOff: { first: 50, longest: 200, giveUpAfter: 30_000 },
    ...more,
  });
  const open = async (more: Partial<SshCaptureOptions> = {}, from = server): Promise<SshCapture> => {
    const opened = await SshCapture.open(options(more, from));
    if (!opened.ok) throw new Error(`${opened.problem.code}: ${opened.problem.sentence}`);
    return opened.value;
  };
  const refusal = async (more: Partial<SshCaptureOptions>, from = server): Promise<string> => {
    const opened = await SshCapture.open(options(more, from));
    if (opened.ok) await opened.value.stop();
    return opened.ok ? 'it captures' : opened.problem.code;
  };
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 1500 && !condition(); i++) await sleep(10);
    expect(condition()).toBe(true);
  };

  test('every packet comes, the counts are those of tcpdump, and nothing runs afterwards', async () => {
    const port = await freePort();
    const capture = await open({ captureFilter: `udp port ${port}` });
    const read = new FrameTexts(capture.stream);
    const traffic = new NumberedTraffic(port, 1);
    await until(() => read.numbers.length >= 500);
    traffic.close();
    // Counts are told while it goes on.
    await until(() => (capture.counts().received ?? 0) >= 500);
    await until(() => read.numbers.length === traffic.sent);
    const end = await capture.stop();
    await read.done;
    expect(end.problem).toBeNull();
    expect(end.counts).toMatchObject({ droppedByKernel: 0 });
    // On the loopback interface the kernel hands out each packet twice.
    expect(end.counts.received).toBeGreaterThanOrEqual(read.numbers.length);
    expect(read.numbers).toEqual(Array.from({ length: traffic.sent }, (_, i) => i));
    expect(read.error).toBeNull();
    expect(capture.gaps).toEqual([]);
    expect(capture.meter().received).toBeGreaterThan(capture.meter().captured);
    expect(capture.meter().remoteCpu).toBeTypeOf('number');
    expect(await gone(`udp port ${port}`)).toEqual([]);
    expect(await capture.stop()).toEqual(end);
  });

  test('our own connection does not appear, another one to the same port does', async () => {
    const capture = await open({ captureFilter: `tcp port ${server.port}` });
    const read = new FrameTexts(capture.stream);
    await sleep(300);
    expect(read.texts).toEqual([]);
    const more = ['-p', String(server.port), '-i', server.key, '-o', `UserKnownHostsFile=${server.knownHosts}`];
    await succeed('ssh', ['-F', 'none', ...more, 'root@127.0.0.1', 'true']);
    await until(() => read.texts.some((text) => text.includes('SSH-2.0-OpenSSH')));
    await capture.stop();
    await read.done;
  });

  test('the sockets of the server with their processes come over the same connection', async () => {
    const snapshots: SocketSnapshot[] = [];
    const capture = await open({ onSockets: (snapshot) => snapshots.push(snapshot) });
    capture.stream.resume();
    await until(() => snapshots.length > 0);
    const listener = snapshots[0]?.sockets.find((one) => one.state === 'LISTEN' && one.localPort === server.port);
    expect(listener?.processes[0]?.name).toBe('sshd');
    expect(snapshots[0]?.interfaces.map(({ name }) => name)).toContain('lo');
    expect(capture.meter().connections).toBe(1);
    await capture.stop();
  });

  test('a connection that is lost again and again is made again: gaps, no packet twice, no orphan', async () => {
    const port = await freePort();
    const cuts = 6;
    const capture = await open({ captureFilter: `udp port ${port} and greater 20` });
    const read = new FrameTexts(capture.stream);
    const traffic = new NumberedTraffic(port, 2);
    for (let cut = 1; cut <= cuts; cut++) {
      const before = read.numbers.length;
      await until(() => read.numbers.length > before + 20);
      expect(await server.cut()).toBeGreaterThan(0);
      await until(() => capture.gaps.length === cut && capture.gaps.at(-1)?.to !== null);
    }
    traffic.close();
    const end = await capture.stop();
    await read.done;
    expect(end.problem).toBeNull();
    expect(read.error).toBeNull();
    expect(new Set(read.numbers).size).toBe(read.numbers.length);
    expect(read.numbers).toEqual(read.numbers.toSorted((a, b) => a - b));
    expect(capture.meter().connections).toBe(cuts + 1);
    for (const gap of capture.gaps) expect(gap.to ?? 0).toBeGreaterThanOrEqual(gap.from);
    expect(await gone(`udp port ${port}`)).toEqual([]);
  });

  test('rules are told of the time in which the connection was lost', async () => {
    const port = await freePort();
    const live = await open({ captureFilter: `udp port ${port} and greater 20` });
    const traffic = new NumberedTraffic(port, 2);
    const opened = await Capture.openStream(live.stream, { watch: {} });
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const capture = opened.value;
    capture.missing = new MissingPackets(live);
    const { packets } = capture.tables;
    const readUntil = async (done: () => boolean): Promise<void> => {
      while (!done()) expect(await capture.next()).not.toBeNull();
    };
    await readUntil(() => packets.count > 20);
    expect(await server.cut()).toBeGreaterThan(0);
    await readUntil(() => (live.gaps.at(-1)?.to ?? null) !== null);
    const behind = packets.count + 20;
    await readUntil(() => packets.count > behind);
    const stopped = live.stop();
    while ((await capture.next()) !== null);
    expect((await stopped).problem).toBeNull();
    traffic.close();
    await capture.source.close();
    const [gap, ...others] = capture.detection?.gaps.whole() ?? [];
    expect(others).toEqual([]);
    expect(gap?.to).toBeGreaterThan(gap?.from ?? 0);
    for (let row = 0; row < packets.count; row++) {
      const time = packets.time(row);
      // Their ends are milliseconds with fractions: exact to less than a microsecond.
      expect(time < (gap?.from ?? 0) + 1000 || time > (gap?.to ?? 0) - 1000).toBe(true);
    }
  });

  test('a capture that is stopped while the server is away ends at once', async () => {
    const port = await freePort();
    const capture = await open({ captureFilter: `udp port ${port}` });
    capture.stream.resume();
    await server.crash();
    try {
      await until(() => capture.gaps.length === 1);
      expect((await capture.stop()).problem).toBeNull();
      expect(await gone(`udp port ${port}`)).toEqual([]);
    } finally {
      await server.up();
    }
  });

  test('a process that is killed leaves no tcpdump behind', async () => {
    const port = await freePort();
    const capture = await open({ captureFilter: `udp port ${port}` });
    // As the kernel closes the socket of a killed process: nothing is said on any channel.
    expect((await gone(`udp port ${port}`, 0)).length).toBeGreaterThan(0);
    await server.crash();
    expect(await gone(`udp port ${port}`)).toEqual([]);
    await capture.stop();
    await server.up();
  });

  test('a network that goes dead is noticed at both ends: the server ends the capture by itself, we connect again', async () => {
    const port = await freePort();
    const proxy = await SilentProxy.start(server.port);
    const config = await server.workshop.file('proxied', 'Host *', `  HostKeyAlias ${server.hostName}`);
    const files = { config, knownHosts: [server.knownHosts], agent: null, identities: [server.key] };
    const capture = await open({ target: `root@127.0.0.1:${proxy.port}`, files, captureFilter: `udp port ${port}` });
    capture.stream.resume();
    proxy.closed = true;
    proxy.goDead();
    expect((await gone(`udp port ${port}`, 0)).length).toBeGreaterThan(0);
    // Nobody tells the server: it misses the beats.
    expect(await gone(`udp port ${port}`, 50_000)).toEqual([]);
    expect(capture.gaps).toHaveLength(1);
    proxy.closed = false;
    await until(() => capture.meter().connections === 2);
    expect((await capture.stop()).problem).toBeNull();
    proxy.close();
  }, 90_000);

  describe('with an unprivileged account', () => {
    const asUser = (more: Partial<SshCaptureOptions> = {}): Partial<SshCaptureOptions> => ({
      target: `${account.name}@127.0.0.1:${server.port}`,
      ...more,
    });
    const sudoers = '/etc/sudoers.d/portlight-test';

    test('without rights it is told what to paste, and a wrong sudo password is one', async () => {
      const opened = await SshCapture.open(options(asUser()));
      expect(opened.ok || opened.problem).toMatchObject({
        code: 'remote-no-rights',
        next: expect.stringContaining('setcap cap_net_raw=ep'),
      });
      const { prompts, asked } = answering({ sudoPassword: ['a', 'b', 'c'] });
      expect(await refusal(asUser({ prompts }))).toBe('remote-wrong-sudo-password');
      expect(asked).toHaveLength(3);
    });

    test('a tcpdump with capabilities is enough and leaves nothing behind', async () => {
      const own = join(server.workshop.folder, 'capable');
      await mkdir(own, { mode: 0o755 });
      await succeed('cp', ['/usr/bin/tcpdump', own]);
      await succeed('setcap', ['cap_net_raw=ep', join(own, 'tcpdump')]);
      const capable = await LoopbackSshd.start(`SetEnv PATH=${own}:/usr/bin:/bin`);
      const port = await freePort();
      try {
        await writeFile(join(capable.workshop.folder, 'authorized_keys'), await readFile(`${capable.key}.pub`));
        const capture = await open({ target: `${account.name}@127.0.0.1:${capable.port}`, captureFilter: `udp port ${port}` }, capable);
        expect(capture.plan.rights).toBe('direct');
        const read = new FrameTexts(capture.stream);
        const traffic = new NumberedTraffic(port);
        await until(() => read.numbers.length > 20);
        traffic.close();
        await capable.crash();
        expect(await gone(`udp port ${port}`)).toEqual([]);
        await capture.stop();
      } finally {
        await capable.close();
      }
    });

    test.each([
      ['without a password', 'NOPASSWD:'],
      ['with a password that is in no argument list', ''],
    ])('sudo for tcpdump alone, %s, is enough and leaves nothing behind', async (_, tag) => {
      const port = await freePort();
      await writeFile(sudoers, `${account.name} ALL=(root) ${tag} /usr/bin/tcpdump\n`, { mode: 0o440 });
      try {
        const { prompts } = answering({ sudoPassword: account.password });
        const capture = await open(asUser({ prompts, captureFilter: `udp port ${port}` }));
        expect(capture.plan.rights).toBe(tag === '' ? 'sudo-password' : 'sudo');
        const read = new FrameTexts(capture.stream);
        const traffic = new NumberedTraffic(port);
        await until(() => read.numbers.length > 20);
        expect((await processes()).filter((one) => one.command.includes(account.password))).toEqual([]);
        await until(() => (capture.counts().received ?? 0) > 0);
        traffic.close();
        expect((await capture.stop()).problem).toBeNull();
        expect(await gone(`udp port ${port}`)).toEqual([]);
        // The connection is cut without any packet that would tell tcpdump that nobody reads.
        const silent = await open(asUser({ prompts, captureFilter: `udp port ${port}` }));
        await sleep(200);
        await server.cut();
        await silent.stop();
        expect(await gone(`udp port ${port}`)).toEqual([]);
      } finally {
        await succeed('rm', ['-f', sudoers]);
      }
    });
  });

  test('wrong interface and wrong filter each have their sentence', async () => {
    expect(await refusal({ interface: 'nope0' })).toBe('remote-no-interface');
    expect(await refusal({ captureFilter: 'tcp and and' })).toBe('bad-filter');
    // Brackets that close ours would let our own connection in.
    expect(await refusal({ captureFilter: 'tcp) or (udp' })).toBe('bad-filter');
    expect(await refusal({ captureFilter: "'; touch /tmp/portlight-oops; '" })).toBe('bad-filter');
  });

  test('a tcpdump that ends by itself ends the capture with what it said', async () => {
    const port = await freePort();
    const capture = await open({ captureFilter: `udp port ${port}` });
    capture.stream.resume();
    for (const one of await processes()) if (one.command.includes(`(udp port ${port})`)) process.kill(one.pid, 'SIGTERM');
    const end = await capture.ended;
    expect(end.problem?.code).toBe('remote-capture-failed');
    expect(await gone(`udp port ${port}`)).toEqual([]);
  });

  test('without tcpdump it is told how to install it', async () => {
    const bin = join(server.workshop.folder, 'bin');
    await mkdir(bin);
    for (const name of ['sh', 'dd', 'cat', 'head', 'uname', 'id']) await symlink(`/usr/bin/${name}`, join(bin, name));
    const bare = await LoopbackSshd.start(`SetEnv PATH=${bin}`);
    try {
      const opened = await SshCapture.open(options({}, bare));
      expect(opened.ok || opened.problem).toMatchObject({
        code: 'remote-no-tcpdump',
        next: expect.stringMatching(/apt-get|dnf|apk|pacman|zypper|Install/),
      });
    } finally {
      await bare.close();
    }
  });

  test('a login script that prints does not spoil the stream, a shell that is none is told', async () => {
    const chatty = await LoopbackSshd.start('ForceCommand echo "Welcome! 0 packets captured"; exec sh -c "$SSH_ORIGINAL_COMMAND"');
    const port = await freePort();
    try {
      const capture = await open({ captureFilter: `udp port ${port}` }, chatty);
      const read = new FrameTexts(capture.stream);
      const traffic = new NumberedTraffic(port);
      await until(() => read.numbers.length > 5);
      traffic.close();
      await capture.stop();
      expect(read.error).toBeNull();
    } finally {
      await chatty.close();
    }
    const closed = await LoopbackSshd.start('ForceCommand echo This service allows sftp connections only.');
    try {
      expect(await refusal({}, closed)).toBe('ssh-no-shell');
    } finally {
      await closed.close();
    }
  });

  test('a reader that pauses stops the server, not our memory; keys are renewed on the way', async () => {
    const fake = await floodingTcpdump(server.workshop.folder);
    const flooding = await LoopbackSshd.start(`SetEnv PATH=${dirname(fake)}:/usr/bin:/bin`, 'RekeyLimit 16M');
    try {
      const capture = await open({ captureFilter: 'udp port 9' }, flooding);
      let read = 0;
      const readMegabytes = async (megabytes: number): Promise<void> => {
        for (const goal = read + megabytes * 1e6; read < goal; ) {
          const chunk: unknown = capture.stream.read();
          if (chunk instanceof Uint8Array) read += chunk.length;
          else await sleep(1);
        }
      };
      await readMegabytes(20);
      await sleep(1000);
      const paused = capture.meter().received;
      await sleep(1000);
      expect(capture.meter().received - paused).toBeLessThan(100_000);
      expect(paused - read).toBeLessThan(10e6);
      const memory = process.memoryUsage();
      await readMegabytes(200);
      const after = process.memoryUsage();
      expect(after.rss - memory.rss).toBeLessThan(150e6);
      capture.stream.resume();
      expect((await capture.stop()).problem).toBeNull();
      expect(await gone(fake)).toEqual([]);
    } finally {
      await flooding.close();
    }
  });
});
