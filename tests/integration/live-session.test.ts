import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_NOTIFICATIONS } from '../../src/shared/contract/notifications';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';
import { StandIns, says } from '../builders/stand-in';

const PCAP = draw(`
  10.0.0.1:40000 > 10.0.0.4:22 S
  10.0.0.4:22 > 10.0.0.1:40000 SA
  10.0.0.1:40000 > 10.0.0.4:22 A
`).pcap();
const REQUEST = { kind: 'interface', interface: 'eth0', filter: '', snapLength: null, promiscuous: true } as const;

describe.skipIf(process.platform === 'win32')('an interface as the session', () => {
  let data: string;
  let bench: EngineBench;
  let standIns: StandIns;
  let ended: string[];

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'portlight-live-session-'));
    process.env.PORTLIGHT_DATA = data;
    standIns = new StandIns();
    ended = [];
    bench = await EngineBench.start({ notifyEnd: ({ capture }) => ended.push(capture) });
    bench.engine.notifier.configure({ ...DEFAULT_NOTIFICATIONS, desktop: true });
  });
  afterEach(async () => {
    await bench.close();
    standIns.remove();
    delete process.env.PORTLIGHT_DATA;
    delete process.env.PORTLIGHT_CAPTURE_HELPER;
    await rm(data, { recursive: true, force: true });
  });

  /** In place of the capturing program: it sends the packets, then does this. */
  const captureWith = (then: string): void => {
    const file = standIns.file('drawn.pcap', PCAP);
    process.env.PORTLIGHT_CAPTURE_HELPER = standIns.tool(`${says({ type: 'ready' })}; cat ${file}; ${then}`).path;
  };
  const start = () => bench.client.call('live.start', { request: REQUEST });
  const spools = () => readdir(join(data, 'spool'));

  it('whose program is killed says why, keeps its packets, and a person is told once', async () => {
    captureWith('sleep 0.2; kill -9 $$');
    await start();
    const tick = await bench.until(({ load }) => load.state === 'done');
    expect(tick.packets).toBe(3);
    expect(tick.live?.problem).toMatchObject({ code: 'tool-killed' });
    await expect.poll(() => ended).toEqual(['eth0']);
    expect(await spools()).toHaveLength(1);
    await bench.client.call('session.close', {});
    expect(await spools()).toEqual([]);
  });

  it('keeps as much on disk as was set when it began', async () => {
    captureWith('cat >/dev/null');
    await bench.client.call('spool-size.set', { limit: 300_000_000 });
    await start();
    await bench.client.call('spool-size.set', { limit: 200_000_000 });
    const tick = await bench.until(({ packets }) => packets === 3);
    expect(tick.live?.spool?.limit).toBe(300_000_000);
    await expect(bench.client.call('spool-size.set', { limit: 1 })).rejects.toThrow();
    expect(await bench.client.call('spool-size.get', {})).toMatchObject({ limit: 200_000_000 });
  });

  it('takes in a further source, goes on when that dies, and says where each packet is from', async () => {
    captureWith('cat >/dev/null');
    await start();
    await bench.until(({ packets }) => packets === 3);
    captureWith('sleep 0.2; kill -9 $$');
    const info = await bench.client.call('live.add', { request: { ...REQUEST, interface: 'eth1' } });
    expect(info.name).toBe('eth0 + eth1');
    const tick = await bench.until(({ live }) => live?.sources[1]?.ended === true);
    expect(tick).toMatchObject({ packets: 6, load: { state: 'loading' }, live: { problem: null } });
    expect(tick.live?.sources).toMatchObject([
      { name: 'eth0', ended: false, problem: null },
      { name: 'eth1', ended: true, problem: { code: 'tool-killed' } },
    ]);
    expect(tick.warnings).toMatchObject([{ code: 'tool-killed', sentence: expect.stringMatching(/^eth1: /) }]);
    expect(tick.interfaces.map(({ name }) => name)).toEqual(['eth0', 'eth1']);

    await bench.client.call('filter.set', { text: 'frame.interface_name == "eth1" && tcp.flags.ack == 0', range: null });
    expect((await bench.until(({ filter }) => !filter.scanning && filter.shown === 1)).filter.text).toContain('eth1');
    const details = await bench.client.call('packets.details', { index: 3 });
    expect(JSON.stringify(details)).toContain('Interface name: eth1');

    await bench.client.call('live.stop', {});
    await bench.until(({ load }) => load.state === 'done');
    await expect(bench.client.call('live.add', { request: REQUEST })).rejects.toThrow();
    expect(ended).toEqual(['eth1']);
  });

  it('that cannot take in another one says why and goes on', async () => {
    captureWith('cat >/dev/null');
    await expect(bench.client.call('live.add', { request: REQUEST })).rejects.toThrow('Nothing is being captured');
    await start();
    await expect(bench.client.call('live.add', { request: REQUEST })).rejects.toThrow('eth0 is being captured already');
    process.env.PORTLIGHT_CAPTURE_HELPER = standIns.tool('exit 3').path;
    await expect(bench.client.call('live.add', { request: { ...REQUEST, interface: 'eth1' } })).rejects.toThrow('eth1');
    const tick = await bench.until(({ packets }) => packets === 3);
    expect(tick.live?.sources).toMatchObject([{ name: 'eth0', ended: false }]);
  });

  it('that is stopped as asked is no news', async () => {
    captureWith(
      `cat >/dev/null; ${says({ type: 'end', received: 3, droppedByKernel: 0, droppedByInterface: 0, written: 3, reason: 'signal' })}`,
    );
    await start();
    await bench.until(({ packets }) => packets === 3);
    await bench.client.call('live.stop', {});
    const tick = await bench.until(({ load }) => load.state === 'done');
    expect(tick.live).toMatchObject({ received: 3, dropped: 0, problem: null });
    await bench.client.call('session.close', {});
    expect(ended).toEqual([]);
  });
});
