// What the rules cost on a whole capture, each and together; how soon an alert is out; how much a flood of forged sources makes them keep.
import { execFileSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median, quantile, round, times } from './measure.mjs';

const HEADER = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
const START = 1_795_000_000;
const RECORD = 16 + 54;
const FLOOD_PACKETS = 5_000_000;
const PACKETS_A_SECOND = 10_000;
/** Written at once: one each millisecond would be late more often than the engine is. */
const BURST_MS = 2;
const SCANS = 200;
const PORTS_OF_A_SCAN = 12;

/** Writes a TCP packet as a pcap record of an Ethernet frame at `at`. */
function putTcp(b, at, microseconds, source, destination, sourcePort, destinationPort, sequence, flags) {
  b.writeUInt32LE(START + Math.floor(microseconds / 1e6), at);
  b.writeUInt32LE(Math.floor(microseconds % 1e6), at + 4);
  b.writeUInt32LE(54, at + 8);
  b.writeUInt32LE(54, at + 12);
  b.write('020000000001020000000002080045000028000040004006', at + 16, 'hex');
  b.writeUInt16BE(0, at + 40);
  b.writeUInt32BE(source >>> 0, at + 42);
  b.writeUInt32BE(destination >>> 0, at + 46);
  b.writeUInt16BE(sourcePort, at + 50);
  b.writeUInt16BE(destinationPort, at + 52);
  b.writeUInt32BE(sequence >>> 0, at + 54);
  b.writeUInt32BE(0, at + 58);
  b.writeUInt16BE(0x5000 | flags, at + 62);
  b.writeUInt16BE(1024, at + 64);
  b.writeUInt32BE(0, at + 66);
}

export default async function detection({ file, packets, runs, folder, parts }) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const { Capture, RULES, DEFAULT_DETECTION } = parts;
  const types = RULES.map(({ type }) => type);
  const load = async (watch) => {
    const opened = await Capture.openFile(file, watch ? { watch } : {});
    if (!opened.ok) throw new Error(opened.problem.sentence);
    while ((await opened.value.next()) !== null);
    await opened.value.source.close();
    return opened.value.detection?.book.alerts.length ?? 0;
  };
  const only = (type) => ({ settings: { ...DEFAULT_DETECTION, disabled: types.filter((other) => other !== type) } });
  await load(null);
  await load({});
  const off = [];
  const on = [];
  for (let i = 0; i < runs; i++) {
    collect();
    off.push(...(await times(1, () => load(null))));
    collect();
    on.push(...(await times(1, () => load({}))));
  }
  const stage = median(await times(Math.min(runs, 3), () => load({ settings: { ...DEFAULT_DETECTION, disabled: types } })));
  const rules = {};
  for (const type of types) rules[type] = round(median(await times(Math.min(runs, 3), () => load(only(type)))) - stage, 1);
  return {
    packets,
    rules: types.length,
    rulesOffMs: round(median(off), 1),
    rulesOnMs: round(median(on), 1),
    costPercent: round((median(on) / median(off) - 1) * 100, 1),
    stageWithoutRulesMs: round(stage - median(off), 1),
    eachRuleMs: rules,
    alerts: await load({}),
    latency: await latency(folder, parts),
    flood: await flood(parts, collect),
  };
}

/** 5,000,000 SYNs to one port, each from another source: what is held while they come, with rules and without. */
async function flood({ Capture }, collect) {
  const measure = async (watch) => {
    collect();
    const before = process.memoryUsage();
    const opened = await Capture.openStream(Readable.from(floodBytes(), { objectMode: false }), watch ? { watch } : {});
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const capture = opened.value;
    let heap = 0;
    const started = performance.now();
    while ((await capture.next()) !== null) {
      capture.tables.packets.release((capture.tables.packets.count >> 16) - 1);
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    }
    const ms = performance.now() - started;
    collect();
    const after = process.memoryUsage();
    const alerts = capture.detection?.book.alerts.filter(({ parent }) => parent === null).map(({ type, count }) => ({ type, count })) ?? [];
    await capture.source.close();
    return {
      ms: round(ms, 0),
      heapMegabytesAtMost: round(heap / 2 ** 20, 1),
      heldMegabytes: round((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 2 ** 20, 1),
      alerts,
    };
  };
  const without = await measure(null);
  return { packets: FLOOD_PACKETS, without, withRules: await measure({}) };
}

function* floodBytes() {
  yield HEADER;
  const count = 4096;
  for (let done = 0; done < FLOOD_PACKETS; done += count) {
    const b = Buffer.alloc(count * RECORD);
    for (let i = 0; i < count; i++) {
      const n = done + i;
      const source = 0x20000000 + (Math.imul(n, 0x9e3779b1) >>> 4);
      putTcp(b, i * RECORD, n * 20, source, 0x0a000004, 1024 + (n % 60_000), 80, n, 2);
    }
    yield b;
  }
}

/**
 * A pipe is written at 10,000 packets a second, a port scan in it now and then; measured from the writing of the packet that completes a
 * scan to the event with its alert at the window's end of the wire, so reading the pipe and the wire are in it.
 */
async function latency(folder, { Engine, RpcClient, memoryPair }) {
  const path = join(folder, `latency-${process.pid}.fifo`);
  execFileSync('mkfifo', [path]);
  const engine = new Engine();
  const [engineEnd, windowEnd] = memoryPair();
  engine.connect(engineEnd);
  const client = new RpcClient(windowEnd);
  const written = new Map();
  const seen = new Map();
  client.subscribe('alerts', ({ newest }) => {
    const now = performance.now();
    for (const { type, sourceIp } of newest) if (type === 'port_scan' && !seen.has(sourceIp)) seen.set(sourceIp, now);
  });
  try {
    const opening = client.call('session.open', { path, follow: true });
    const pipe = await open(path, 'w');
    await pipe.write(HEADER);
    await opening;
    const started = performance.now();
    const each = (PACKETS_A_SECOND * BURST_MS) / 1000;
    let n = 0;
    for (let burst = 0, scan = 0; scan < SCANS; burst++) {
      const b = Buffer.alloc(each * RECORD);
      const scanning = burst % 10 === 9;
      const address = 0xc6330000 + scan;
      for (let i = 0; i < each; i++, n++) {
        const at = i * RECORD;
        if (scanning && i < PORTS_OF_A_SCAN) putTcp(b, at, n * 100, address, 0x0a000004, 40_000, 1000 + i * 37, n, 2);
        else putTcp(b, at, n * 100, 0x0a000005 + (n % 7), 0x0a000004, 50_000 + (n % 7), 443, n, 16);
      }
      const due = started + burst * BURST_MS;
      const wait = due - performance.now();
      if (wait > 0.5) await sleep(wait);
      if (scanning) {
        written.set(`198.51.${scan >> 8}.${scan & 255}`, performance.now());
        scan++;
      }
      await pipe.write(b);
    }
    await sleep(500);
    await pipe.close();
  } finally {
    await engine.dispose();
    await rm(path);
  }
  const delays = [...written].flatMap(([address, time]) => (seen.has(address) ? [seen.get(address) - time] : []));
  return {
    packetsPerSecond: PACKETS_A_SECOND,
    scans: written.size,
    alertsSeen: delays.length,
    ...(delays.length === 0 ? {} : { medianMs: round(median(delays)), p99Ms: round(quantile(delays, 0.99)) }),
  };
}
