import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Capture } from '../../src/engine/capture';
import { captureTools } from '../../src/engine/capture-tools';
import { watchPrograms } from '../../src/engine/live/watched-host';
import { ProcessTable } from '../../src/engine/processes/process-table';
import type { LiveCapture } from '../../src/engine/sources/live/live-capture';
import { openLocalCapture } from '../../src/engine/sources/live/local/local-capture';
import { runHere, type ScriptRunner } from '../../src/engine/sources/sockets/watch-sockets';
import { SshCapture } from '../../src/engine/sources/ssh/ssh-capture';
import { EngineBench } from '../builders/engine';
import { readToEnd } from '../builders/read-capture';
import { named, whyNot } from '../rig/available';
import { NOBODY, nativePrograms } from '../rig/capturing';
import { Running, succeed } from '../rig/processes';
import { answering, freePort, LoopbackSshd } from '../rig/sshd';

const missing = whyNot('ss', 'setpriv', 'tcpdump') ?? (await nativePrograms());
const noSsh = missing ?? whyNot('ssh', 'ssh-keygen');
/** Between two looks; the application's are 5 s apart. */
const EVERY_MS = 200;
const NODE = process.execPath;

/** Looks as somebody without rights. */
const asNobody: ScriptRunner = (script, maxBytes) =>
  runHere(`exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups sh -c '${script.replaceAll("'", `'\\''`)}'`, maxBytes);

/** Looks until it is so; the test's own time limit ends it. */
async function until(so: () => boolean): Promise<void> {
  while (!so()) await sleep(20);
}

class Session {
  readonly table = new ProcessTable();
  readonly #live: LiveCapture;
  readonly #capture: Capture;
  readonly #read: Promise<unknown>;

  private constructor(live: LiveCapture, capture: Capture) {
    this.#live = live;
    this.#capture = capture;
    this.table.use(capture.tables);
    this.#read = readToEnd(capture);
  }

  static async open(live: LiveCapture): Promise<Session> {
    const opened = await Capture.openStream(live.stream, {});
    if (!opened.ok) throw new Error(opened.problem.sentence);
    return new Session(live, opened.value);
  }

  /** 'PROCESS STATE' of the flows, in the order in which they began. */
  get flows(): string[] {
    return Array.from({ length: this.#capture.tables.flows.count }, (_, flow) => {
      const pids = this.table.pids(flow).join('+');
      return `${this.table.process(flow) ?? '-'} ${pids || '-'} ${this.table.socket(flow) ?? '-'}`;
    });
  }

  async stop(): Promise<void> {
    await this.#live.stop();
    await this.#read;
  }
}

describe.skipIf(missing !== null)(named('programs of this machine', missing), () => {
  const running: Running[] = [];
  let port: number;
  let server: number;

  /** Starts one of the rig's programs under this name; gives its process id. */
  const start = async (name: string, does: string, at = port): Promise<number> => {
    const program = new Running(NODE, [resolve('tests', 'rig', 'programs', 'named.mjs'), name, does, String(at)]);
    running.push(program);
    await program.says('.\n');
    return Number(/ready (\d+)\./.exec(program.output)?.[1]);
  };
  const watch = async (run: ScriptRunner = runHere): Promise<Session> => {
    const opened = await openLocalCapture(captureTools(), { interface: 'lo', filter: `port ${port}` });
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const session = await Session.open(opened.value);
    watchPrograms(session.table, opened.value, run, EVERY_MS);
    await until(() => session.table.state !== null);
    return session;
  };

  beforeAll(async () => {
    if (missing !== null) return;
    port = await freePort();
    server = await start('plserver', 'listen');
  });
  afterAll(async () => {
    await Promise.all(running.map((program) => program.stop()));
  });

  test('a connection has the names of both its programs, and keeps them when it is over', async () => {
    const session = await watch();
    const client = await start('plclient', 'hold');
    await until(() => session.flows[0] === `plclient → plserver ${client}+${server} ESTAB`);
    await running.pop()?.stop();
    await until(() => session.flows[0] === `plclient → plserver ${client}+${server} -` || session.flows[0]?.endsWith('TIME-WAIT') === true);
    await session.stop();
  });

  test('one that nobody saw open, and a datagram, have the name of who was listening and of nobody else', async () => {
    const session = await watch();
    await start('plshort', 'short');
    await start('pldatagram', 'datagram');
    await until(() => session.flows.length === 2 && session.flows.every((flow) => flow.startsWith('plserver')));
    expect(session.flows.every((flow) => flow.startsWith(`plserver ${server} `))).toBe(true);
    await session.stop();
  });

  test('the listener is known, with since when and until when', async () => {
    const other = await freePort();
    const session = await watch();
    const listener = () => session.table.listeners().listeners.find((each) => each.transport === 'tcp' && each.port === other);
    const pid = await start('plother', 'listen', other);
    await until(() => listener() !== undefined);
    expect(listener()).toMatchObject({ address: '127.0.0.1', process: 'plother', pid, open: true });
    await running.pop()?.stop();
    await until(() => listener()?.open === false);
    await session.stop();
  });

  test('whoever has no rights gets states without names, and is told so', async () => {
    const session = await watch(asNobody);
    await start('plclient', 'hold');
    await until(() => session.flows[0] === '- - ESTAB');
    expect(session.table.state).toMatchObject({ namesMissing: true });
    // Whose they are needs none.
    expect(session.table.users(0)).toEqual([userInfo().username]);
    expect(session.table.listeners().listeners.find((each) => each.port === port)).toMatchObject({ process: null, open: true });
    await running.pop()?.stop();
    await session.stop();
  });

  test('a live session tells of them through the contract', async () => {
    const bench = await EngineBench.start();
    const { client } = bench;
    const request = { kind: 'interface', interface: 'lo', filter: `port ${port}`, snapLength: null, promiscuous: false } as const;
    const starting = client.call('live.start', { request });
    await starting;
    const pid = await start('plclient', 'hold');
    const flow = async () => (await client.call('flows.rows', { from: 0, count: 1, sort: 'process', descending: false })).rows[0];
    await expect
      .poll(flow, { timeout: 15_000 })
      .toMatchObject({ process: 'plclient → plserver', pids: [pid, server], users: [userInfo().username], socket: 'ESTAB' });
    const { listeners } = await client.call('listeners', {});
    expect(listeners.find((each) => each.port === port)).toMatchObject({ process: 'plserver', pid: server, user: userInfo().username });
    const { times, interfaces } = await client.call('interfaces.series', {});
    expect(interfaces.map(({ name }) => name)).toContain('lo');
    expect(interfaces[0]?.receivedBytes).toHaveLength(times.length - 1);
    const { live } = await bench.until((tick) => (tick.live?.programs?.sockets ?? 0) > 0);
    expect(live?.programs?.namesMissing).toBe(false);
    await client.call('live.stop', {});
    await bench.until((tick) => tick.load.state === 'done');
    await bench.filter('flow.process contains "plclient"');
    expect((await bench.filter('flow.process contains "plclient"')).filter.shown).toBeGreaterThan(3);
    await running.pop()?.stop();
    await bench.close();
  });
});

describe.skipIf(noSsh !== null)(named('programs of a server', noSsh), () => {
  test('come over the connection of the capture, and name its flows', async () => {
    const sshd = await LoopbackSshd.start();
    const table = new ProcessTable();
    const opened = await SshCapture.open({
      target: sshd.target,
      prompts: answering().prompts,
      interface: 'lo',
      files: { config: '/nonexistent', knownHosts: [sshd.knownHosts], agent: null, identities: [sshd.key] },
      captureFilter: `tcp port ${sshd.port}`,
      onSockets: (snapshot) => table.take(snapshot),
    });
    if (!opened.ok) throw new Error(opened.problem.sentence);
    watchPrograms(table, opened.value);
    const capture = await Capture.openStream(opened.value.stream, {});
    if (!capture.ok) throw new Error(capture.problem.sentence);
    table.use(capture.value.tables);
    const all = readToEnd(capture.value);
    await until(() => table.state !== null);
    // Shorter than the time between two looks.
    const known = ['-o', `UserKnownHostsFile=${sshd.knownHosts}`, '-i', sshd.key];
    await succeed('ssh', ['-F', 'none', '-p', String(sshd.port), ...known, 'root@127.0.0.1', 'true']);
    await until(() => table.process(0)?.includes('sshd') === true);
    expect(capture.value.tables.flows.destinationPort(0)).toBe(sshd.port);
    await opened.value.stop();
    await all;
    await sshd.close();
  });
});
