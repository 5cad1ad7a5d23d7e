import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeProgram } from '../../scripts/lib/native-helper.mjs';
import { checkFilter } from '../../src/engine/sources/live/local/check-filter';
import { listInterfaces } from '../../src/engine/sources/live/local/interfaces';
import { openLocalCapture } from '../../src/engine/sources/live/local/local-capture';
import { runCli } from '../builders/cli';
import { draw } from '../builders/draw';
import { column, readCaptureFile, readToEnd } from '../builders/read-capture';
import { named, whyNot } from '../rig/available';
import { Capturing, NOBODY, nativePrograms, reading } from '../rig/capturing';
import { Network } from '../rig/network';
import { succeed } from '../rig/processes';

const reason = whyNot('setcap', 'setpriv') ?? (await nativePrograms());
const KINDS = ['helper', 'dumpcap', 'tcpdump'] as const;
/** More bytes than the kernel's ring, the pipe and the helper's batch hold together. */
const MANY = 100_000;
const LONG = 1400;

/** Looks until it is so; the test's own time limit ends it. */
async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await sleep(20);
}

/** The summary as JSON, whatever was said beside it and when. */
const summaryOf = (output: string) =>
  JSON.parse(
    output
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('{')) ?? '',
  );

describe.skipIf(reason !== null)(named('capturing between network namespaces', reason), () => {
  let network: Network;
  let rig: Capturing;

  beforeAll(async () => {
    if (reason !== null) return;
    // Builds what is stale, once.
    await runCli(['--help']);
    network = await Network.make();
    rig = new Capturing(network);
  }, 120_000);
  afterAll(async () => {
    await network?.remove();
    rig?.remove();
  });

  describe('counts', () => {
    for (const kind of KINDS) {
      const missing = kind === 'helper' ? null : whyNot(kind);
      it.skipIf(missing !== null)(named(`${kind}: what was sent is what was received is what is read`, missing), async () => {
        const live = await rig.open(rig.tool(kind), { filter: 'udp port 9' });
        const capture = await reading(live);
        const all = readToEnd(capture);
        await rig.send(3000, 10_000);
        await until(() => capture.tables.packets.count >= 3000);
        const end = await live.stop();
        await all;
        expect(end).toEqual({ problem: null, counts: { received: 3000, droppedByKernel: 0, droppedByInterface: 0 } });
        expect(capture.tables.packets.count).toBe(3000);
        expect(new Set(column(capture, 'length'))).toEqual(new Set([100]));
      });
    }

    it('are of packets that pass the filter, also those that came before it was set', async () => {
      const sending = rig.send(20_000, 20_000);
      const live = await rig.open(rig.tool('helper'), { filter: 'udp port 7' });
      const all = readToEnd(await reading(live));
      await sending;
      expect((await live.stop()).counts.received).toBe(0);
      expect((await all).tables.packets.count).toBe(0);
    });

    it('a reader that is late loses packets, every one of them is counted, and memory holds no more than before', async () => {
      const live = await rig.open(rig.tool('helper'), { filter: 'udp port 9' });
      const capture = await reading(live);
      await rig.send(MANY, 100_000, LONG);
      await until(async () => (live.counts().received ?? 0) === MANY);
      expect(live.counts().droppedByKernel).toBeGreaterThan(0);
      expect(live.stream.readableLength).toBeLessThan(1 << 20);
      const all = readToEnd(capture);
      const { counts, problem } = await live.stop();
      await all;
      expect(problem).toBeNull();
      expect(counts.received).toBe(MANY);
      expect(capture.tables.packets.count + (counts.droppedByKernel ?? 0)).toBe(MANY);
    });

    it.each(['lo', 'any'])('on %s: a packet that goes out and comes in is one', async (name) => {
      const opened = await openLocalCapture([rig.tool('helper')], { interface: name, filter: 'udp port 9' });
      if (!opened.ok) throw new Error(opened.problem.sentence);
      const capture = await reading(opened.value);
      const all = readToEnd(capture);
      await network.run('outside', nativeProgram('portlight-send'), 'lo', '50', '1000');
      const end = await opened.value.stop();
      await all;
      expect(capture.tables.packets.count).toBe(50);
      expect(end).toEqual({ problem: null, counts: { received: 50, droppedByKernel: 0, droppedByInterface: 0 } });
    });

    it('a snap length cuts, and the length on the wire stays', async () => {
      const live = await rig.open(rig.tool('helper'), { filter: 'udp port 9', snapLength: 64 });
      const capture = await reading(live);
      const all = readToEnd(capture);
      await rig.send(10, 1000, LONG);
      await until(() => capture.tables.packets.count === 10);
      await live.stop();
      await all;
      expect([column(capture, 'length')[0], column(capture, 'capturedLength')[0]]).toEqual([LONG, 64]);
    });
  });

  it('a packet is shown without another one after it', async () => {
    const live = await rig.open(rig.tool('helper'), { filter: 'udp port 9' });
    const capture = await reading(live);
    for (let sent = 1; sent <= 3; sent++) {
      await rig.send(1, 1000);
      while (capture.tables.packets.count < sent) await capture.next();
    }
    await capture.source.close();
    expect((await live.stop()).problem).toBeNull();
  });

  describe('rights', () => {
    const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

    it('without them: a sentence and the command that grants them', async () => {
      const opened = await openLocalCapture([rig.tool('helper', rig.helper, asNobody)], { interface: 'eth0' });
      expect(opened).toMatchObject({
        ok: false,
        problem: { code: 'no-rights', next: expect.stringContaining('sudo setcap cap_net_raw=ep') },
      });
      const listed = await listInterfaces([rig.tool('helper', rig.helper, asNobody)]);
      const eth0 = listed.ok ? listed.value.interfaces.find(({ name }) => name === 'eth0') : null;
      expect(eth0).toMatchObject({ up: true, linkTypes: [], problem: { code: 'no-rights' } });
    });

    it('with the one capability on the file: it captures, and keeps none of it', async () => {
      await succeed('setcap', ['cap_net_raw=ep', rig.helper]);
      const live = await rig.open(rig.tool('helper', rig.helper, asNobody), { filter: 'udp port 9' });
      const capture = await reading(live);
      const [id = ''] = (await succeed('ip', ['netns', 'pids', network.namespace('outside')])).trim().split('\n');
      const status = await succeed('cat', [`/proc/${id}/status`]);
      expect(status).toMatch(new RegExp(`^Uid:\\s+${NOBODY}\\s+${NOBODY}`, 'm'));
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, 'm'));
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      const all = readToEnd(capture);
      await rig.send(100, 1000);
      await until(() => capture.tables.packets.count === 100);
      expect((await live.stop()).counts.received).toBe(100);
      await all;
    });

    it('the command line runs as a user without any right', async () => {
      await succeed('setcap', ['cap_net_raw=ep', rig.helper]);
      const live = rig.cliAs(asNobody, 'helper', 'live', '--interface', 'eth0', '--packets', '10', '--json');
      await live.says('Capturing eth0');
      await rig.send(60, 10_000);
      const { status, output } = await live.end();
      expect([status, summaryOf(output).packets]).toEqual([0, 10]);
      await succeed('setcap', ['-r', rig.helper]);
      // Without the helper's right no other program has one.
      const refused = await rig.cliAs(asNobody, 'helper', 'live', '--interface', 'eth0').end();
      expect(refused).toEqual({
        status: 1,
        output: expect.stringMatching(/may not capture for you\. Give it the right:\nsudo .*setcap cap_net_raw=ep/),
      });
    });

    it('root is given up too', async () => {
      const live = await rig.open(rig.tool('helper'));
      const [id = ''] = (await succeed('ip', ['netns', 'pids', network.namespace('outside')])).trim().split('\n');
      const status = await succeed('cat', [`/proc/${id}/status`]);
      expect(status).toMatch(new RegExp(`^Uid:\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}$`, 'm'));
      expect(status).toMatch(/^Groups:\s*$/m);
      expect(status).toMatch(/^CapPrm:\s+0+$/m);
      live.stream.resume();
      await live.stop();
    });
  });

  describe('what goes wrong', () => {
    for (const kind of KINDS) {
      const missing = kind === 'helper' ? null : whyNot(kind);
      const failure = (options: { interface: string; filter?: string }) => openLocalCapture([rig.tool(kind)], options);
      it.skipIf(missing !== null)(named(`${kind}: each failure has its sentence`, missing), async () => {
        expect(await failure({ interface: 'nope' })).toMatchObject({ ok: false, problem: { code: 'no-such-interface' } });
        expect(await failure({ interface: 'eth0', filter: 'tcp prt 80' })).toMatchObject({
          ok: false,
          problem: { code: 'bad-filter', sentence: expect.stringContaining('syntax error') },
        });
        await network.run('outside', 'ip', 'link', 'add', 'asleep', 'type', 'veth', 'peer', 'name', 'other');
        expect(await failure({ interface: 'asleep' })).toMatchObject({ ok: false, problem: { code: 'interface-down' } });
        await network.run('outside', 'ip', 'link', 'del', 'asleep');
      });

      it.skipIf(missing !== null)(named(`${kind}: the interface goes away`, missing), async () => {
        await network.run('outside', 'ip', 'link', 'add', 'brief', 'type', 'veth', 'peer', 'name', 'other');
        await network.run('outside', 'ip', 'link', 'set', 'brief', 'up');
        const opened = await openLocalCapture([rig.tool(kind)], { interface: 'brief' });
        if (!opened.ok) throw new Error(opened.problem.sentence);
        opened.value.stream.resume();
        await network.run('outside', 'ip', 'link', 'del', 'brief');
        expect((await opened.value.ended).problem).toMatchObject({ code: 'interface-gone', sentence: expect.stringContaining('brief') });
      });
    }
  });

  it('an interface that goes down is a warning, and what comes after it is up again is there', async () => {
    const live = await rig.open(rig.tool('helper'), { filter: 'udp port 9' });
    const capture = await reading(live);
    const all = readToEnd(capture);
    await network.run('outside', 'ip', 'link', 'set', 'eth0', 'down');
    await until(() => live.warnings.length > 0);
    expect(live.warnings).toMatchObject([{ code: 'interface-down', sentence: expect.stringContaining('Capturing goes on') }]);
    await network.run('outside', 'ip', 'link', 'set', 'eth0', 'up');
    await rig.send(10, 1000);
    await until(() => capture.tables.packets.count === 10);
    expect((await live.stop()).problem).toBeNull();
    await all;
  });

  describe('filters and interfaces', () => {
    it('a filter is checked without opening anything', async () => {
      for (const kind of ['helper', 'tcpdump'] as const) {
        if (kind === 'tcpdump' && whyNot('tcpdump') !== null) continue;
        expect(await checkFilter([rig.tool(kind)], 'port 22 and not host 192.0.2.1')).toEqual({ ok: true, value: null });
        expect(await checkFilter([rig.tool(kind)], '-x')).toMatchObject({ ok: false, problem: { code: 'bad-filter' } });
        const wrong = await checkFilter([rig.tool(kind)], 'port nowhere');
        expect(wrong).toMatchObject({ ok: false, problem: { code: 'bad-filter', sentence: expect.stringContaining('nowhere') } });
      }
    });

    for (const kind of KINDS) {
      const missing = kind === 'helper' ? null : whyNot(kind);
      it.skipIf(missing !== null)(named(`${kind}: lists what is there`, missing), async () => {
        const listed = await listInterfaces([rig.tool(kind)]);
        if (!listed.ok) throw new Error(listed.problem.sentence);
        const names = new Map(listed.value.interfaces.map((one) => [one.name, one]));
        expect(names.get('eth0')).toMatchObject({
          loopback: false,
          up: true,
          problem: null,
          linkTypes: expect.arrayContaining([{ name: 'EN10MB', description: 'Ethernet' }]),
        });
        expect(names.get('lo')).toMatchObject({ loopback: true, problem: null });
        expect([...names.keys()].filter((name) => /dbus|bluetooth|nflog|nfqueue/.test(name))).toEqual([]);
      });
    }

    it('a name that is no text at all neither', async () => {
      await network.run('outside', 'sh', '-c', "ip link add $(printf 'x\\377y') type veth peer name other");
      const listed = await listInterfaces([rig.tool('helper')]);
      await network.run('outside', 'ip', 'link', 'del', 'other');
      expect(listed.ok && listed.value.interfaces.map((one) => one.name)).toContain('x\ufffdy');
    });

    it('a name that is no plain text does no harm', async () => {
      const name = 'q"\\\u001b[1m\u00e9';
      await network.run('outside', 'ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'other');
      const listed = await listInterfaces([rig.tool('helper')]);
      await network.run('outside', 'ip', 'link', 'del', name);
      expect(listed.ok && listed.value.interfaces.map((one) => one.name)).toContain(name);
    });
  });

  describe('nothing is left running', () => {
    for (const kind of KINDS) {
      const missing = kind === 'helper' ? null : whyNot(kind);
      const name = kind === 'helper' ? 'portlight-captu' : kind;
      it.skipIf(missing !== null)(named(`${kind}: after the program that captures was killed`, missing), async () => {
        const live = rig.cli(kind, 'live', '--interface', 'eth0');
        await live.says('Capturing eth0');
        expect(await rig.running()).toContain(name);
        await live.stop('SIGKILL');
        await until(async () => (await rig.running()).length === 0);
      });
    }
  });

  describe('the command line', () => {
    it('prints alerts as they come, the summary at the end, and keeps the packets', async () => {
      const file = `${rig.folder}/kept.pcapng`;
      const live = rig.cli('helper', 'live', '--interface', 'eth0', '--capture-filter', 'udp port 9', '--write', file, '--json');
      await live.says('Capturing eth0');
      await until(async () => {
        await rig.send(6000, 20_000);
        return live.output.includes('udp_flood');
      });
      const lines = (await live.stop('SIGINT')).output.trim().split('\n');
      const summary = summaryOf(lines.join('\n'));
      expect(JSON.parse(lines.find((line) => line.startsWith('{')) ?? '')).toMatchObject({ type: 'udp_flood', targetIp: '10.1.0.1' });
      expect(summary).toMatchObject({ file: 'eth0', format: 'pcap', linkTypes: ['Ethernet'], truncated: false, gaps: [], warnings: [] });
      expect(summary.alerts).toMatchObject([{ type: 'udp_flood' }]);
      expect(summary.packets + summary.dropped).toBe(summary.received);
      const kept = await readCaptureFile(file);
      expect(kept.tables.packets.count).toBe(summary.packets);
      expect(kept.source.interfaces).toMatchObject([{ name: 'eth0', droppedPackets: summary.dropped }]);
      await kept.source.close();
    });

    it('a stopped reader: what is received is what is read and what is dropped', async () => {
      const live = rig.cli('helper', 'live', '--interface', 'eth0', '--capture-filter', 'udp port 9', '--json');
      await live.says('Capturing eth0');
      live.signal('SIGSTOP');
      await rig.send(MANY, 100_000, LONG);
      live.signal('SIGCONT');
      const summary = summaryOf((await live.stop('SIGINT')).output);
      expect(summary.dropped).toBeGreaterThan(0);
      expect(summary.received).toBeGreaterThanOrEqual(MANY);
      expect(summary.packets + summary.dropped).toBe(summary.received);
    });

    it('ends after so many packets', async () => {
      const live = rig.cli('helper', 'live', '--interface', 'eth0', '--packets', '25', '--json');
      await live.says('Capturing eth0');
      await rig.send(60, 10_000);
      const { status, output } = await live.end();
      expect([status, summaryOf(output).packets]).toEqual([0, 25]);
    });

    it('captures two interfaces and a pipe at once, each counted apart', async () => {
      const [pipe, file] = [`${rig.folder}/pipe`, `${rig.folder}/three.pcapng`];
      execFileSync('mkfifo', [pipe]);
      const names = ['--interface', 'eth0', '--interface', 'lo', '--read', pipe];
      const live = rig.cli('helper', 'live', ...names, '--capture-filter', 'udp port 9', '--write', file, '--json');
      // Its writer goes away at once, and the others go on.
      await writeFile(pipe, draw('10.0.0.1:1 > 10.0.0.2:2 S\n10.0.0.2:2 > 10.0.0.1:1 RA').pcap());
      await live.says(`Capturing ${pipe} + eth0 + lo`);
      await rig.send(50, 10_000);
      const { output } = await live.stop('SIGINT');
      const summary = summaryOf(output);
      expect(summary).toMatchObject({ packets: 52, received: null, dropped: null });
      expect(summary.sources).toMatchObject([
        { name: pipe, received: null, dropped: null, problem: null },
        { name: 'eth0', received: 50, dropped: 0, problem: null },
        { name: 'lo', received: 0, dropped: 0, problem: null },
      ]);
      const kept = await readCaptureFile(file);
      expect(kept.source.interfaces.map(({ name }) => name)).toEqual([pipe, 'eth0', 'lo']);
      await kept.source.close();
    });

    it('ends after so long', async () => {
      const { status, output } = await rig.cli('helper', 'live', '--interface', 'eth0', '--duration', '0.5').end();
      expect([status, output]).toEqual([0, expect.stringContaining('0 dropped, 0 gaps')]);
    });

    it.each([
      ['no such interface', ['--interface', 'nope'], 1, /^portlight: There is no interface nope\. .+\n$/],
      [
        'a wrong filter',
        ['--interface', 'eth0', '--capture-filter', 'tcp prt'],
        2,
        /^portlight: The capture filter is wrong: .+syntax error\. .+\n$/,
      ],
      ['no interface', [], 2, /^portlight: What is to be captured\? .+\n$/],
      ['a duration that is none', ['--interface', 'eth0', '--duration', 'long'], 2, /has to be a number/],
    ])('%s', async (_, args, status, sentence) => {
      expect(await rig.cli('helper', 'live', ...args).end()).toEqual({ status, output: expect.stringMatching(sentence) });
    });

    it('lists the interfaces', async () => {
      const { output } = await rig.cli('helper', 'interfaces', '--json').end();
      const interfaces = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(interfaces.find(({ name }) => name === 'eth0')).toMatchObject({
        usable: true,
        problem: null,
        addresses: ['203.0.113.66'],
        tool: 'helper',
      });
      expect((await rig.cli('helper', 'interfaces').end()).output).toMatch(/^eth0\tready\t203\.0\.113\.66\tEN10MB/m);
    });
  });
});
