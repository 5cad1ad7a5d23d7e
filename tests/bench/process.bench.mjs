// Whole processes over one capture: `analyze`, tshark and tcpdump by turns, so that a slow minute of the machine meets all of them.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { at } from '../../scripts/lib/paths.mjs';
import { median, round } from './measure.mjs';

const FIELDS = ['frame.time_epoch', 'ip.src', 'ip.dst', 'tcp.srcport', 'udp.srcport'];

/** Seconds and, where GNU time is there, megabytes resident at most. */
function run(command, args) {
  const timed = spawnSync('/usr/bin/time', ['--version']).error === undefined;
  const started = performance.now();
  const child = timed
    ? spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
    : spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  if (child.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${child.stderr}`);
  return { seconds, megabytes: timed ? Number(child.stderr.trim().split('\n').at(-1)) / 1024 : null };
}

const available = (command) => spawnSync(command, ['--version']).error === undefined;

function summary(runs, packets) {
  const seconds = median(runs.map((one) => one.seconds));
  const memory = runs.map((one) => one.megabytes).filter((one) => one !== null);
  return {
    medianSeconds: round(seconds, 3),
    packetsPerSecond: Math.round(packets / seconds),
    residentMegabytes: memory.length > 0 ? round(Math.max(...memory), 0) : null,
    seconds: runs.map((one) => round(one.seconds, 3)),
  };
}

export default async function processes({ file, packets, runs }) {
  const programs = { analyze: ['npm', ['run', '-s', 'cli', '--', 'analyze', file, '--json']] };
  programs.analyzeWithoutNpm = [process.execPath, [at('scripts', 'cli.mjs'), 'analyze', file, '--json']];
  if (available('tshark')) programs.tshark = ['tshark', ['-r', file, '-T', 'fields', ...FIELDS.flatMap((field) => ['-e', field])]];
  if (available('tcpdump')) programs.tcpdump = ['tcpdump', ['-nr', file]];
  const taken = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  // tshark takes so long that two runs of it have to do.
  for (let i = 0; i < runs; i++)
    for (const [name, [command, args]] of Object.entries(programs)) if (name !== 'tshark' || i < 2) taken[name].push(run(command, args));
  const result = Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, summary(all, packets)]));
  for (const other of ['tshark', 'tcpdump'])
    if (result[other]) result[`timesFasterThan_${other}`] = round(result[other].medianSeconds / result.analyze.medianSeconds);
  return result;
}
