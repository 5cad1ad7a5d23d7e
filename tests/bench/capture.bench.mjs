// Capturing at fixed rates on a veth pair between two network namespaces, by turns: our helper, tcpdump and dumpcap behind a reader that
// only counts, and `live` as a whole process behind the helper. Then how late packets come at 10,000 a second.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureNative, nativeProgram } from '../../scripts/lib/native-helper.mjs';
import { at } from '../../scripts/lib/paths.mjs';
import { hasProgram, isRoot } from '../../scripts/lib/process.mjs';
import { median, quantile, round } from './measure.mjs';

/** `received`: frames that the kernel makes at the receiving end, see native/frame-sender/inject.c; a sender on the wire is too slow. */
const RATES = [
  { rate: 100_000, seconds: 5, received: false },
  { rate: 500_000, seconds: 5, received: false },
  { rate: 1_000_000, seconds: 10, received: true },
];
const SLOW_SECONDS = 5;
const FRAME_BYTES = 100;
/** The filter keeps the kernel's own frames (router solicitations) out of the counts. */
const FILTER = 'udp port 9';
const SLOW_RATE = 10_000;
/** Of the kernel, for times in /proc (USER_HZ). */
const TICKS_A_SECOND = 100;

const ip = (...args) => execFileSync('ip', args, { encoding: 'utf8' });

class Wire {
  name = `plbench-${process.pid}`;
  from = `${this.name}-a`;
  to = `${this.name}-b`;
  folder = mkdtempSync(join(tmpdir(), 'portlight-bench-'));

  constructor() {
    for (const namespace of [this.from, this.to]) {
      ip('netns', 'add', namespace);
      ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
    }
    ip('-n', this.from, 'link', 'add', 'wire0', 'type', 'veth', 'peer', 'name', 'wire0', 'netns', this.to);
    for (const namespace of [this.from, this.to]) ip('-n', namespace, 'link', 'set', 'wire0', 'up');
  }

  /** A capturing program as it runs behind the wire. */
  tool(kind) {
    const program = kind === 'helper' ? nativeProgram('portlight-capture') : kind;
    const path = join(this.folder, kind);
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.to} ${program} "$@"\n`);
    chmodSync(path, 0o755);
    return { kind, path };
  }

  /** Resolves to what was sent and in which time. */
  send({ rate, seconds, received = false }) {
    const sender = [nativeProgram('portlight-send'), 'wire0', `${rate * seconds}`, `${rate}`, `${FRAME_BYTES}`];
    const args = ['netns', 'exec', received ? this.to : this.from, ...sender, ...(received ? ['received'] : [])];
    return new Promise((resolve, reject) => {
      const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
      });
      child.once('close', (status) => (status === 0 ? resolve(JSON.parse(text)) : reject(new Error(`the sender ended with ${status}`))));
    });
  }

  /** Processor seconds so far of all that runs behind the wire. */
  cpu() {
    const ids = ip('netns', 'pids', this.to).split('\n').filter(Boolean);
    return ids.reduce((sum, id) => {
      // Behind the name in parentheses: state and ids, then user and system time as the 12th and 13th.
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    }, 0);
  }

  remove() {
    for (const namespace of [this.from, this.to]) ip('netns', 'del', namespace);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One run with a reader that only counts. */
async function count(parts, wire, kind, load) {
  const opened = await parts.openLocalCapture([wire.tool(kind)], { interface: 'wire0', filter: FILTER });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const source = await parts.openCaptureStream(opened.value.stream);
  if (!source.ok) throw new Error(source.problem.sentence);
  let packets = 0;
  const reading = (async () => {
    for (let batch = await source.value.nextBatch(8192, 50); batch; batch = await source.value.nextBatch(8192, 50)) packets += batch.count;
  })();
  const { sent, seconds } = await wire.send(load);
  // tcpdump hands over what is left after a second, and dumpcap loses what it has not read when it is told to end.
  await sleep(1500);
  const cpu = wire.cpu();
  const { counts } = await opened.value.stop();
  await reading;
  return { sent, seconds, packets, counts, cpu };
}

/** One run of `live` as a whole: decoding, flows, rules. */
async function live(wire, load) {
  const args = ['netns', 'exec', wire.to, process.execPath, at('out', 'cli', 'index.js'), 'live', '--interface', 'wire0'];
  const env = { ...process.env, PORTLIGHT_DATA: join(wire.folder, 'data') };
  const child = spawn('ip', [...args, '--capture-filter', FILTER, '--json'], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const over = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stderr.once('data', resolve));
  const { sent, seconds } = await wire.send(load);
  await sleep(1500);
  const cpu = wire.cpu();
  child.kill('SIGINT');
  await over;
  const { packets, received, dropped } = JSON.parse(output.trim().split('\n').at(-1));
  return { sent, seconds, packets, counts: { received, droppedByKernel: dropped, droppedByInterface: 0 }, cpu };
}

/** Milliseconds from the kernel's time stamp until the reader, or the pipeline with all rules, has the packet. */
async function lateness(parts, wire, kind, pipeline) {
  const opened = await parts.openLocalCapture([wire.tool(kind)], { interface: 'wire0', filter: FILTER });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const capture = await parts.Capture.openStream(opened.value.stream, pipeline ? { watch: {} } : {});
  if (!capture.ok) throw new Error(capture.problem.sentence);
  const next = pipeline ? () => capture.value.next() : () => capture.value.source.nextBatch(8192, 50);
  const late = [];
  const reading = (async () => {
    for (let batch = await next(); batch; batch = await next()) {
      const now = Date.now();
      for (let i = 0; i < batch.count; i++) late.push(now - (batch.seconds[i] * 1000 + batch.nanoseconds[i] / 1e6));
    }
  })();
  await wire.send({ rate: SLOW_RATE, seconds: SLOW_SECONDS });
  await sleep(1500);
  await opened.value.stop();
  await reading;
  return { p50: round(quantile(late, 0.5), 1), p99: round(quantile(late, 0.99), 1), max: round(Math.max(...late), 1) };
}

function summary(runs) {
  const last = runs.at(-1);
  return {
    sentPerSecond: Math.round(median(runs.map(({ sent, seconds }) => sent / seconds))),
    sent: last.sent,
    losslessRuns: runs.filter(({ sent, packets }) => sent === packets).length,
    read: runs.map(({ packets }) => packets),
    received: runs.map(({ counts }) => counts.received),
    dropped: runs.map(({ counts }) => counts.droppedByKernel),
    accounted: runs.every(({ packets, counts }) => counts.received === packets + counts.droppedByKernel),
    lostPercent: round(median(runs.map(({ sent, packets }) => (100 * (sent - packets)) / sent))),
    cpuMicrosecondsPerPacket: round(median(runs.map(({ cpu, packets }) => (cpu / Math.max(1, packets)) * 1e6)), 3),
  };
}

export default async function capturing({ runs, parts }) {
  if (process.platform !== 'linux' || !isRoot()) return { skipped: 'network namespaces need root on Linux' };
  if (!(await ensureNative()) || !(await ensureNative('portlight-send'))) return { skipped: 'there is no C compiler or no libpcap' };
  const kinds = ['helper', 'tcpdump', 'dumpcap'].filter((kind) => kind === 'helper' || hasProgram(kind));
  const wire = new Wire();
  try {
    const rates = {};
    for (const load of RATES) {
      const taken = Object.fromEntries([...kinds, 'live'].map((way) => [way, []]));
      for (let run = 0; run < Math.min(runs, 3); run++)
        for (const way of Object.keys(taken)) taken[way].push(await (way === 'live' ? live(wire, load) : count(parts, wire, way, load)));
      const { rate, seconds, received } = load;
      const ways = Object.fromEntries(Object.entries(taken).map(([way, all]) => [way, summary(all)]));
      rates[rate] = { seconds, sentBy: received ? 'the kernel, at the receiving end' : 'a process, on the wire', ...ways };
    }
    const lateMs = {};
    for (const kind of kinds) lateMs[kind] = await lateness(parts, wire, kind, false);
    lateMs.helperAndPipeline = await lateness(parts, wire, 'helper', true);
    return { frameBytes: FRAME_BYTES, rates, [`lateMsAt${SLOW_RATE}`]: lateMs };
  } finally {
    wire.remove();
  }
}
