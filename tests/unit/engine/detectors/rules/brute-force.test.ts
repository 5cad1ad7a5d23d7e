import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { alertsIn, alertsOf } from '../../../../builders/found-alerts';
import { CAPTURES, hasCaptures, readCaptureFile } from '../../../../builders/read-capture';
import { type SshDrawing, sshConnection } from './ssh-drawings';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const found = (lines: readonly string[]) => alertsOf(draw(lines.join('\n')).pcap(), 'brute_force');
const ssh = (count: number, gap: number, drawing?: SshDrawing): string[] =>
  range(count).flatMap((i) => sshConnection(i * gap, 40_000 + i, drawing));

/** A connection with these packets in between; `>` from the client. */
const talk = (at: number, port: number, server: string, packets: readonly string[], client = '192.0.2.66', seconds = 0.5): string[] => [
  `@${at.toFixed(3)} ${client}:${port} > ${server} S`,
  `${server} > ${client}:${port} SA`,
  `${client}:${port} > ${server} A`,
  ...packets.map((packet) =>
    packet.startsWith('>') ? `${client}:${port} > ${server} PA ${packet.slice(2)}` : `${server} > ${client}:${port} PA ${packet.slice(2)}`,
  ),
  `@${(at + seconds).toFixed(3)} ${client}:${port} > ${server} FA`,
  `${server} > ${client}:${port} FA`,
];

const refused = (at: number, port: number, server: string): string[] => [
  `@${at.toFixed(3)} 192.0.2.66:${port} > ${server} S`,
  `${server} > 192.0.2.66:${port} RA`,
];

const web = (at: number, port: number, statuses: readonly string[]): string[] =>
  talk(
    at,
    port,
    '10.0.0.20:80',
    statuses.flatMap((status) => ['> http GET intranet.example/', `< 'HTTP/1.1 ${status}\\r\\nContent-Length: 0\\r\\n\\r\\n'`]),
  );

describe('guessing passwords over SSH', () => {
  it('is found at the fifth connection that fails', async () => {
    expect(await found(ssh(4, 2))).toEqual([]);
    expect(await found(ssh(5, 2))).toMatchObject([
      { severity: 'high', source: '192.0.2.66', target: '10.0.0.20', targetPort: 22, evidence: { failures: 5, service: 'SSH' } },
    ]);
  });

  it('is found where each connection lasts, with several guesses', async () => {
    expect(await found(ssh(6, 16, { refusals: 6, seconds: 15 }))).toMatchObject([{ source: '192.0.2.66' }]);
  });

  it('folds what follows into one alert', async () => {
    expect(await found(ssh(30, 2))).toMatchObject([{ count: 26, evidence: { failures: 30 } }]);
  });

  it('is not found in connections further apart than the window', async () => {
    expect(await found(ssh(10, 60))).toEqual([]);
  });

  it('is not a script, a git client or a backup that is let in each time', async () => {
    expect(await found(ssh(30, 1, { refusals: 1, login: true }))).toEqual([]);
    expect(await found(ssh(30, 1, { refusals: 1, login: true, data: 20 }))).toEqual([]);
  });

  it('is not a look at the keys of a server', async () => {
    expect(await found(ssh(8, 1, { refusals: 0 }))).toEqual([]);
  });
});

describe('logins that the server turns down', () => {
  const ftp = (at: number, port: number, answer: string): string[] =>
    talk(at, port, '10.0.0.20:21', [
      "< '220 ready\\r\\n'",
      "> 'USER root\\r\\n'",
      "< '331 password\\r\\n'",
      "> 'PASS x\\r\\n'",
      `< '${answer}\\r\\n'`,
    ]);

  it('are found over many connections', async () => {
    const lines = range(6).flatMap((i) => ftp(i * 10, 40_000 + i, '530 Login incorrect.'));
    expect(await found(lines)).toMatchObject([
      { source: '192.0.2.66', targetPort: 21, evidence: { toldBy: 'failed logins', service: 'FTP' } },
    ]);
  });

  it('are found within one long connection', async () => {
    const guesses = range(6).flatMap(() => [
      "> 'USER root\\r\\n'",
      "< '331 password\\r\\n'",
      "> 'PASS x\\r\\n'",
      "< '530 Login incorrect.\\r\\n'",
    ]);
    expect(await found(talk(0, 40_000, '10.0.0.20:21', ["< '220 ready\\r\\n'", ...guesses], '192.0.2.66', 60))).toMatchObject([
      { targetPort: 21 },
    ]);
  });

  it('are not those that succeed', async () => {
    expect(await found(range(20).flatMap((i) => ftp(i * 2, 40_000 + i, '230 Welcome.')))).toEqual([]);
  });

  it('are web requests with 401, ten of them', async () => {
    expect(await found(range(9).flatMap((i) => web(i, 40_000 + i, ['401 Unauthorized'])))).toEqual([]);
    expect(await found(range(10).flatMap((i) => web(i, 40_000 + i, ['401 Unauthorized'])))).toMatchObject([{ targetPort: 80 }]);
  });

  it('are neither a proxy that asks for a login nor pages that let in after it', async () => {
    expect(await found(range(20).flatMap((i) => web(i, 40_000 + i, ['407 Proxy Authentication Required'])))).toEqual([]);
    expect(await found(range(20).flatMap((i) => web(i, 40_000 + i, ['401 Unauthorized', '401 Unauthorized', '200 OK'])))).toEqual([]);
  });
});

describe('short sessions that cannot be read', () => {
  const secret = (at: number, port: number, server: string, seconds = 0.5): string[] =>
    talk(at, port, server, ['> len=300', '< len=900', '> len=120', '< len=80'], '192.0.2.66', seconds);

  it('are found for a remote desktop', async () => {
    expect(await found(range(5).flatMap((i) => secret(i * 3, 40_000 + i, '10.0.0.20:3389')))).toMatchObject([{ targetPort: 3389 }]);
  });

  it('are not found where they last, or at a database that each page asks', async () => {
    expect(await found(range(10).flatMap((i) => secret(i * 12, 40_000 + i, '10.0.0.20:3389', 11)))).toEqual([]);
    expect(await found(range(14).flatMap((i) => secret(i * 3, 40_000 + i, '10.0.0.20:5432')))).toEqual([]);
  });

  it('are not found at a port where nobody logs in: fifty connections of a browser', async () => {
    expect(await found(range(50).flatMap((i) => secret(i * 0.01, 40_000 + i, '10.0.0.20:443')))).toEqual([]);
  });

  it('are not found where a monitor looks once a minute', async () => {
    expect(await found(range(20).flatMap((i) => secret(i * 60, 40_000 + i, '10.0.0.20:21')))).toEqual([]);
  });
});

describe('refused connections', () => {
  it('are found when five to one port are refused in 30 s', async () => {
    expect(await found(range(4).flatMap((i) => refused(i, 40_000 + i, '10.0.0.20:22')))).toEqual([]);
    expect(await found(range(5).flatMap((i) => refused(i, 40_000 + i, '10.0.0.20:22')))).toMatchObject([
      { targetPort: 22, evidence: { toldBy: 'refused connections' } },
    ]);
  });

  it('are not found a minute apart, or one to each of many ports', async () => {
    expect(await found(range(10).flatMap((i) => refused(i * 60, 40_000 + i, '10.0.0.20:22')))).toEqual([]);
    expect(await found(range(100).flatMap((i) => refused(i * 0.01, 40_000 + i, `10.0.0.20:${i + 1}`)))).toEqual([]);
  });
});

describe.skipIf(!hasCaptures)('in captures of real tools (skipped without the capture folder)', () => {
  it.each([
    ['attacks/lab-bruteforce-ssh-hydra.pcap', '10.20.0.66', '10.20.0.20', 22],
    ['attacks/bruteforce-ftp.pcap', '192.168.56.1', '192.168.56.101', 21],
    ['sized/lab-office-with-attacks.pcap', '10.40.0.66', '10.40.0.20', 22],
  ])('%s', async (file, source, target, targetPort) => {
    const capture = await readCaptureFile(join(CAPTURES, file), {});
    expect(alertsIn(capture, 'brute_force')).toContainEqual(expect.objectContaining({ source, target, targetPort }));
    await capture.source.close();
  });

  it.each(['protocols/rtsp.pcap', 'protocols/ssh-single-session.pcap', 'attacks/web-sql-injection.pcap'])('nothing in %s', async (file) => {
    const capture = await readCaptureFile(join(CAPTURES, file), {});
    expect(alertsIn(capture, 'brute_force')).toEqual([]);
    await capture.source.close();
  });
});

describe('a web form', () => {
  const form = (i: number): string => {
    const body = `user=admin&password=try${i}`;
    const request = `POST /login HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    return `> hex ${Buffer.from(request).toString('hex').replace(/../g, '$& ').trim()}`;
  };
  const tries = (count: number, gap: number) => range(count).flatMap((i) => talk(i * gap, 40_000 + i, '198.51.100.5:80', [form(i)]));

  it('that is filled in every other second is guessed at', async () => {
    expect(await found(tries(15, 1))).toMatchObject([{ source: '192.0.2.66', target: '198.51.100.5', targetPort: 80 }]);
  });

  it('is not, by somebody who mistypes, or an office behind one address', async () => {
    expect(await found(tries(4, 5))).toEqual([]);
    expect(await found(tries(40, 10))).toEqual([]);
  });
});

describe('logins by datagrams', () => {
  const answer = "'SIP/2.0 403 Forbidden\\r\\nCSeq: 2 REGISTER\\r\\n\\r\\n'";
  const guess = (at: number): string => `@${at.toFixed(4)} 10.0.0.20:5060 > 192.0.2.66:5060 udp ${answer}`;

  it('that two interfaces captured count once', async () => {
    expect(await found(range(5).map((i) => guess(i)))).toHaveLength(1);
    expect(await found(range(4).flatMap((i) => [guess(i), guess(i + 0.0005)]))).toEqual([]);
    expect(await found(range(100).map((i) => guess(i * 0.001)))).toHaveLength(1);
  });
});
