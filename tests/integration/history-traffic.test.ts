import { copyFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flowRow } from '../../src/engine/api/flow-rows';
import { newStatistics } from '../../src/engine/api/session-statistics';
import { Capture } from '../../src/engine/capture';
import { protocolNames } from '../../src/engine/decode/protocol-names';
import { Engine } from '../../src/engine/engine';
import { History } from '../../src/engine/history/history';
import { RecordedCapture } from '../../src/engine/history/recorded-capture';
import { Connection } from '../../src/engine/store/driver';
import { openStore } from '../../src/engine/store/open-store';
import { draw } from '../builders/draw';
import { repeated } from '../builders/engine';
import { CAPTURES, hasCaptures, readCaptureFile, readToEnd } from '../builders/read-capture';
import { facts, temporaryFolder } from '../builders/store';

/** Epoch seconds, whole: a time that every file system keeps. */
const TIME = 1_700_000_000;
const EVERYTHING = 1e6;

/** Two connections, a name, a scan; over three minutes. */
const TALK = `
  10.0.0.1:41022 > 10.0.0.4:22 S
  10.0.0.4:22 > 10.0.0.1:41022 SA
  10.0.0.1:41022 > 10.0.0.4:22 A
  +70 10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
  1.1.1.1:53 > 10.0.0.1:5353 udp dns A example.com = 192.0.2.1
  10.0.0.1:4001 > 192.0.2.1:443 PA tls www.example.org
  +70 10.0.0.1 > 10.0.0.2 arp who-has
  ${Array.from({ length: 40 }, (_, i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n')}
`;

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A program's life with this database; what it has to write is written when this resolves. */
async function inOneRun(run: (engine: Engine) => Promise<void>): Promise<void> {
  const store = await openStore(folder.path('portlight.sqlite'), { inProcess: 10 });
  if (!store.ok) throw new Error(store.problem.sentence);
  const engine = new Engine({ history: new History(store.value) });
  try {
    await run(engine);
  } finally {
    await engine.dispose();
  }
}

async function read(engine: Engine, path: string): Promise<void> {
  await engine.open(path, false);
  await readWholly(engine);
}

async function readWholly(engine: Engine): Promise<void> {
  while (engine.tick().load.state === 'loading') await new Promise((resolve) => setTimeout(resolve, 5));
}

function stored(sql: string): Record<string, unknown>[] {
  const connection = new Connection(folder.path('portlight.sqlite'));
  try {
    return connection.all(sql).map((row) => ({ ...row }));
  } finally {
    connection.close();
  }
}

const sums = () =>
  stored(`SELECT (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM flows) AS flows,
    (SELECT total(packets + packets_back) FROM flows) AS flowPackets,
    (SELECT total(packets) FROM rollup_minutes WHERE kind = 'protocol') AS packets,
    (SELECT total(bytes) FROM rollup_minutes WHERE kind = 'protocol') AS bytes,
    (SELECT count(*) FROM rollup_minutes) AS rollups, (SELECT total(complete) FROM captures) AS complete`)[0];

async function talk(name = 'talk.pcap', times = 1): Promise<string> {
  const path = folder.path(name);
  await writeFile(path, repeated(draw(TALK).pcap(), times));
  await utimes(path, TIME, TIME);
  return path;
}

describe('what is kept of a capture', () => {
  const file = join(CAPTURES, 'sized', 'merged-real-apps.pcapng');

  it.skipIf(!hasCaptures)(
    'equals what its session shows: flows, protocols, hosts, ports (skipped without the captures of PORTLIGHT_CAPTURES)',
    async () => {
      await inOneRun((engine) => read(engine, file));
      const capture = await readCaptureFile(file);
      const { tables, pipeline } = capture;
      const statistics = newStatistics();
      statistics.addRows(tables.packets, 0, tables.packets.count);

      const flows = stored('SELECT * FROM flows ORDER BY flow');
      expect(flows).toHaveLength(tables.flows.count);
      for (const [index, flow] of flows.entries()) {
        const row = flowRow(tables, (service) => pipeline.applications.protocolName(service), index);
        expect(flow).toMatchObject({
          flow: index,
          protocol: row.protocol,
          source: row.source,
          source_port: row.sourcePort,
          destination: row.destination,
          destination_port: row.destinationPort,
          packets: row.packets,
          bytes: row.bytes,
          packets_back: row.packetsBack,
          bytes_back: row.bytesBack,
          state: row.state,
          tcp_flags: row.tcpFlags,
          service: row.service,
          host: row.host,
        });
        expect(flow.first).toBeCloseTo(tables.packets.startSecond + row.firstTime / 1e9, 5);
      }

      const rollups = (kind: string) =>
        new Map(
          stored(`SELECT key, sum(packets) AS packets, sum(bytes) AS bytes FROM rollup_minutes WHERE kind = '${kind}' GROUP BY key`).map(
            ({ key, packets, bytes }) => [key, { packets, bytes }],
          ),
        );
      expect(rollups('protocol')).toEqual(
        new Map(
          statistics.topProtocols(EVERYTHING).map(({ protocol, packets, bytes }) => [protocolNames.name(protocol), { packets, bytes }]),
        ),
      );
      expect(rollups('host')).toEqual(
        new Map(
          statistics
            .topTalkers(EVERYTHING)
            .map(({ address, packetsSent, packetsReceived, bytesSent, bytesReceived }) => [
              tables.addresses.text(address),
              { packets: packetsSent + packetsReceived, bytes: bytesSent + bytesReceived },
            ]),
        ),
      );
      expect(rollups('port')).toEqual(
        new Map(statistics.topPorts(EVERYTHING).map(({ transport, port, packets, bytes }) => [`${transport}/${port}`, { packets, bytes }])),
      );
      expect(stored('SELECT packets, bytes, flows, complete FROM captures')).toEqual([
        { packets: statistics.packets, bytes: statistics.bytes, flows: tables.flows.count, complete: 1 },
      ]);
      await capture.source.close();
    },
  );

  it('is there once, however often the file is opened, wherever it lies', async () => {
    const path = await talk();
    await inOneRun((engine) => read(engine, path));
    const once = sums();
    expect(once).toMatchObject({ captures: 1, flows: 43, packets: 47, flowPackets: 46, complete: 1 });
    const moved = folder.path('moved.pcap');
    await copyFile(path, moved);
    await utimes(moved, TIME, TIME);
    await inOneRun(async (engine) => {
      await read(engine, path);
      await read(engine, moved);
    });
    expect(sums()).toEqual(once);
    expect(stored('SELECT path FROM captures')).toEqual([{ path: moved }]);
  });

  it('is one whole copy after a load was cancelled, and after the file was opened again while it was read', async () => {
    const path = await talk('long.pcap', 2000);
    await inOneRun(async (engine) => {
      await engine.open(path, false);
      while (engine.tick().packets === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      engine.cancel();
    });
    expect(sums()).toMatchObject({ captures: 1, complete: 0 });
    await inOneRun(async (engine) => {
      await engine.open(path, false);
      while (engine.tick().packets === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      await read(engine, path);
    });
    const opened = sums();
    expect(opened).toMatchObject({ captures: 1, packets: 47 * 2000, complete: 1 });
    expect(stored('SELECT count(*) = max(flow) + 1 AS whole FROM flows')).toEqual([{ whole: 1 }]);
  });

  it('is not called whole where some of it could not be written; the reason is given', async () => {
    const path = await talk();
    const store = await openStore(folder.path('portlight.sqlite'), { inProcess: 10 });
    if (!store.ok) throw new Error(store.problem.sentence);
    const recording = await store.value.captureOpened(null, facts({ path }), TIME);
    const capture = await Capture.openFile(path, {});
    if (!recording.ok || !capture.ok) throw new Error('not opened');
    const recorded = new RecordedCapture(capture.value, path, store.value, recording.value, () => null);
    await store.value.close();
    await readToEnd(capture.value);
    expect(await recorded.end(true)).toMatchObject({ ok: false, problem: { code: 'store-closed' } });
    await capture.value.source.close();
    expect(sums()).toMatchObject({ captures: 1, complete: 0, flows: 0 });
  });

  it('is nothing where no packet came', async () => {
    const path = folder.path('empty.pcap');
    await writeFile(path, repeated(draw(TALK).pcap(), 0));
    await inOneRun((engine) => read(engine, path));
    expect(sums()).toMatchObject({ captures: 0 });
  });

  it('is one whole copy after a replay that went back', async () => {
    const path = await talk();
    await inOneRun(async (engine) => {
      await engine.start({ kind: 'replay', path, speed: null });
      await readWholly(engine);
      await engine.replay.seek(0);
      engine.replay.set({ speed: null, paused: false });
      await readWholly(engine);
    });
    expect(sums()).toMatchObject({ captures: 1, flows: 43, packets: 47, complete: 1 });
  });

  it('of a file that is followed is a capture of its own', async () => {
    const path = await talk();
    await inOneRun(async (engine) => {
      await engine.open(path, true);
      while (engine.tick().packets < 47) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    expect(sums()).toMatchObject({ captures: 1, packets: 47, flows: 43, complete: 1 });
    await inOneRun((engine) => read(engine, path));
    expect(sums()).toMatchObject({ captures: 2, packets: 94 });
  });
});
