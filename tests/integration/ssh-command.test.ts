import { spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliCommand } from '../builders/cli';
import { readCaptureFile } from '../builders/read-capture';
import { named, whyNot } from '../rig/available';
import { NumberedTraffic } from '../rig/packets';
import { freePort, gone, LoopbackSshd, processes } from '../rig/sshd';

const missing = whyNot('ssh-keygen', 'tcpdump', 'useradd', 'chpasswd', 'script');

describe.skipIf(missing !== null)(named('live --ssh', missing), () => {
  let server: LoopbackSshd;
  let home: string;
  let traffic: NumberedTraffic;
  let port: number;
  beforeAll(async () => {
    server = await LoopbackSshd.start();
    home = join(server.workshop.folder, 'home');
    await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    port = await freePort();
    traffic = new NumberedTraffic(port);
  });
  afterAll(async () => {
    traffic.close();
    await server.close();
  });

  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, HOME: home, SSH_AUTH_SOCK: '', PORTLIGHT_DATA: join(home, 'data') });
  const command = (...more: string[]): string =>
    cliCommand('live', '--ssh', server.target, '--identity', server.key, '--remote-interface', 'lo', ...more);
  const output = async (program: string, args: readonly string[], type: (said: string) => string | null = () => null) => {
    const child = spawn(program, args, { env: environment(), cwd: server.workshop.folder });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const typed = type(text);
      if (typed !== null) child.stdin.write(typed);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    return { status, stdout, stderr };
  };

  test('without a terminal an unknown key is refused with a sentence', async () => {
    const { status, stderr } = await output('sh', ['-c', command('--packets', '1')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/SHA256:.* is not known and was not accepted/);
    expect(stderr).toContain('There is no terminal to ask on');
  });

  test('on a terminal it asks, remembers the key, and prints the summary of the capture contract', async () => {
    const words = command('--packets', '20', '--capture-filter', `udp port ${port}`, '--json');
    const { stdout } = await output('script', ['-qec', words, '/dev/null'], (text) => (text.includes('(yes or no)') ? 'yes\r' : null));
    const summary = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? '');
    expect(summary).toMatchObject({ packets: 20, format: 'pcap', linkTypes: ['Ethernet'], dropped: 0, gaps: [] });
    expect(summary.received).toBeGreaterThanOrEqual(20);
    expect(await readFile(join(home, '.ssh', 'known_hosts'), 'utf8')).toContain(server.hostName);
    expect(await gone(`udp port ${port}`)).toEqual([]);
    await rm(join(home, '.ssh', 'known_hosts'));
  });

  test('a server and an interface here are one session, and each packet has its source', async () => {
    await copyFile(server.knownHosts, join(home, '.ssh', 'known_hosts'));
    const file = join(home, 'both.pcapng');
    const words = command('--interface', 'lo', '--duration', '2', '--capture-filter', `udp port ${port}`, '--write', file, '--json');
    const { status, stdout } = await output('sh', ['-c', words]);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(status).toBe(0);
    expect(summary.sources.map(({ name }: { name: string }) => name)).toEqual([expect.stringMatching(/ lo$/), 'lo']);
    const kept = await readCaptureFile(file);
    const { packets } = kept.tables;
    const of = new Set(Array.from({ length: packets.count }, (_, row) => packets.chunkOf(row).interfaceId[row]));
    expect(of.size).toBe(2);
    await kept.source.close();
    await rm(join(home, '.ssh', 'known_hosts'));
  });

  test('killed without a word, it leaves no tcpdump on the server', async () => {
    await copyFile(server.knownHosts, join(home, '.ssh', 'known_hosts'));
    const filter = `udp port ${port} and greater 1`;
    const tcpdump = async (): Promise<number> => (await processes()).filter((one) => one.command.includes(`(${filter})`)).length;
    const child = spawn('sh', ['-c', command('--capture-filter', filter)], { env: environment(), stdio: 'ignore' });
    for (let i = 0; i < 500 && (await tcpdump()) === 0; i++) await sleep(20);
    expect(await tcpdump()).toBeGreaterThan(0);
    for (const one of await processes()) if (one.command.includes(server.target)) process.kill(one.pid, 'SIGKILL');
    child.kill('SIGKILL');
    expect(await gone(`(${filter})`)).toEqual([]);
  });
});
