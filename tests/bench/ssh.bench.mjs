// 2 GB of capture through one SSH connection to a real sshd on loopback, read by the parser. tcpdump's part is played by a program that sends
// as fast as it may, so what is measured is the connection, its decryption and the reader.
import { dirname } from 'node:path';
import { hasProgram, isRoot } from '../../scripts/lib/process.mjs';
import { round } from './measure.mjs';

const BYTES = 2e9;
const BATCH = 8192;

export default async function measure({ parts }) {
  const missing = ['sshd', 'ssh-keygen', 'tcpdump', 'python3'].filter((name) => !hasProgram(name));
  if (!isRoot() || missing.length > 0)
    return { skipped: isRoot() ? `${missing.join(', ')} not installed` : 'a server of its own needs root' };
  const { SshCapture, LoopbackSshd, answering, floodingTcpdump, gone, openCaptureStream } = parts;
  const keys = await LoopbackSshd.start();
  const tcpdump = await floodingTcpdump(keys.workshop.folder);
  const server = await LoopbackSshd.start(`SetEnv PATH=${dirname(tcpdump)}:/usr/bin:/bin`);
  try {
    const opened = await SshCapture.open({
      target: server.target,
      prompts: answering().prompts,
      interface: 'lo',
      files: { config: '/nonexistent', knownHosts: [server.knownHosts], agent: null, identities: [server.key] },
    });
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const capture = opened.value;
    const source = (await openCaptureStream(capture.stream)).value;
    const resident = [];
    const timer = setInterval(() => resident.push(process.memoryUsage().rss), 100);
    let longestStallMs = 0;
    let packets = 0;
    const cpu = process.cpuUsage();
    const started = performance.now();
    for (let last = started; capture.meter().captured < BYTES; ) {
      const batch = await source.nextBatch(BATCH, 100);
      packets += batch.count;
      const now = performance.now();
      if (batch.count > 0) {
        longestStallMs = Math.max(longestStallMs, now - last);
        last = now;
      }
    }
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    clearInterval(timer);
    const { captured, received } = capture.meter();
    await source.close();
    const end = await capture.stop();
    const megabytes = (bytes) => round(bytes / 1e6, 1);
    return {
      capturedMegabytes: megabytes(captured),
      packets,
      seconds: round(seconds, 1),
      megabytesPerSecond: megabytes(captured / seconds),
      overheadPercent: round((received / captured - 1) * 100, 2),
      cpuSecondsHere: round((user + system) / 1e6, 1),
      longestStallMs: round(longestStallMs, 0),
      residentMegabytes: {
        firstTenth: megabytes(Math.max(...resident.slice(0, resident.length / 10))),
        most: megabytes(Math.max(...resident)),
        last: megabytes(resident.at(-1)),
      },
      endedWell: end.problem === null,
      leftOnServer: await gone(tcpdump),
    };
  } finally {
    await server.close();
    await keys.close();
  }
}
