import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliCommand, runCli, runProgram } from '../builders/cli';
import { draw } from '../builders/draw';
import { repeated } from '../builders/engine';
import { ethernet, ipv4, udp } from '../builders/layers';
import { writeMmdb } from '../builders/mmdb';
import { writePcap } from '../builders/pcap';

const DRAWING = draw(`
  10.0.0.1:41022 > 10.0.0.4:22 S vlan=7
  10.0.0.4:22 > 10.0.0.1:41022 SA vlan=7
  10.0.0.1:41022 > 10.0.0.4:22 R vlan=7
  +0.5 10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
  1.1.1.1:53 > 10.0.0.1:5353 udp dns A example.com = 192.0.2.1
  10.0.0.1:4001 > 192.0.2.1:443 PA tls www.example.org
  [2001:db8::1]:4000 > [2001:db8::2]:80 PA http POST example.com/form
  10.0.0.1 > 10.0.0.2 arp who-has
`);
const PCAP = DRAWING.pcap();
const BYTES = DRAWING.frames.reduce((sum, frame) => sum + frame.length, 0);

let folder: string;
let file: string;
const save = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portlight-cli-'));
  file = save('drawn.pcap', PCAP);
  // Builds what is stale, once.
  await runCli(['analyze', file]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const table = (text: string): string[][] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));

describe('analyze', () => {
  it('prints the keys of the contract', async () => {
    const { status, stdout, stderr } = await runCli(['analyze', file, '--json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      file,
      format: 'pcap',
      packets: 8,
      bytes: BYTES,
      capturedBytes: BYTES,
      firstTime: '1700000000.000000000',
      lastTime: '1700000000.506000000',
      truncated: false,
      warnings: [],
      linkTypes: ['Ethernet'],
      protocols: { TCP: 3, DNS: 2, TLSv1: 1, HTTP: 1, ARP: 1 },
      flows: { tcp: 3, udp: 1, icmp: 0, other: 0, total: 4 },
      topTalkers: expect.arrayContaining([
        { address: '1.1.1.1', packets: 2, bytes: expect.any(Number), country: expect.stringMatching(/^[A-Z]{2}$/) },
      ]),
      alerts: [],
    });
  });

  it('counts what a filter takes', async () => {
    const { stdout } = await runCli(['analyze', file, '--json', '--filter', 'dns']);
    expect(JSON.parse(stdout)).toMatchObject({ packets: 2, protocols: { DNS: 2 }, flows: { tcp: 0, udp: 1, total: 1 } });
  });

  it('is readable without --json', async () => {
    const { status, stdout } = await runCli(['analyze', file]);
    expect(status).toBe(0);
    expect(stdout).toContain('8 packets');
    expect(stdout).toContain('4 flows: 3 TCP, 1 UDP, 0 ICMP, 0 other');
  });

  it('reads standard input, compressed or not', async () => {
    for (const input of [PCAP, gzipSync(PCAP)]) {
      const { status, stdout } = await runCli(['analyze', '-', '--json'], input);
      expect([status, JSON.parse(stdout).packets]).toEqual([0, 8]);
    }
  });

  it('says what is wrong with a capture that is cut, and prints the rest', async () => {
    const cut = save('cut.pcap', PCAP.subarray(0, PCAP.length - 20));
    const { status, stdout, stderr } = await runCli(['analyze', cut, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ packets: 7, truncated: true, warnings: [expect.any(String)] });
    expect(stderr).toMatch(/^portlight: .+\.\n$/);
  });
});

describe('alerts', () => {
  const scan = (): string =>
    save('scan.pcap', draw(Array.from({ length: 40 }, (_, i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n')).pcap());

  it('prints one line an alert', async () => {
    const { status, stdout } = await runCli(['alerts', scan()]);
    const [header, line, ...rest] = table(stdout);
    expect(status).toBe(0);
    expect(header).toEqual(['severity', 'type', 'time', 'lastTime', 'source', 'target', 'count', 'title']);
    expect(line?.slice(0, 2)).toEqual(['high', 'port_scan']);
    expect(line?.slice(4, 6)).toEqual(['203.0.113.9', '10.0.0.4']);
    expect(rest).toEqual([]);
  });

  it('prints the record of the contract', async () => {
    const [alert] = jsonLines((await runCli(['alerts', scan(), '--json'])).stdout);
    expect(alert).toMatchObject({
      id: 1,
      type: 'port_scan',
      severity: 'high',
      time: expect.stringMatching(/^\d+\.\d{9}$/),
      lastTime: expect.stringMatching(/^\d+\.\d{9}$/),
      sourceIp: '203.0.113.9',
      targetIp: '10.0.0.4',
      technique: 'T1046',
      status: 'open',
      note: '',
      why: { unit: 'ports', window: 60 },
    });
    expect(alert?.packets).toContain(10);
  });

  it('are in the analysis, with a filter those with a packet that it takes', async () => {
    const types = async (...options: string[]) =>
      JSON.parse((await runCli(['analyze', scan(), '--json', ...options])).stdout).alerts.map(({ type }: { type: string }) => type);
    expect(await types()).toEqual(['port_scan']);
    expect(await types('--filter', 'ip.src == 203.0.113.9')).toEqual(['port_scan']);
    expect(await types('--filter', 'udp')).toEqual([]);
  });
});

describe('packets', () => {
  it('prints a header and a line a packet', async () => {
    const { status, stdout, stderr } = await runCli(['packets', file]);
    expect([status, stderr]).toEqual([0, '']);
    const [header, ...lines] = table(stdout);
    expect(header).toEqual(['number', 'time', 'source', 'destination', 'protocol', 'length', 'info']);
    expect(lines).toHaveLength(8);
    expect(lines[3]).toEqual(['4', '1700000000.502000000', '10.0.0.1', '1.1.1.1', 'DNS', '71', 'Standard query 0x1234 A example.com']);
  });

  it('has every field of the contract, and any of the display filter', async () => {
    const fields =
      'number,capturedLength,sourcePort,destinationPort,ipProtocol,tcpFlags,vlan,dnsName,tlsSni,tlsJa4,httpMethod,httpHost,httpUri,flow,sourceCountry,destinationCountry,ip.ttl,tcp.flags.syn,ip.addr';
    const { status, stdout } = await runCli(['packets', file, '--json', '--fields', fields]);
    expect(status).toBe(0);
    const rows = jsonLines(stdout);
    expect(rows[0]).toEqual({
      number: 1,
      capturedLength: 58,
      sourcePort: 41022,
      destinationPort: 22,
      ipProtocol: 6,
      tcpFlags: '0x0002',
      vlan: 7,
      flow: 0,
      'ip.ttl': 64,
      'tcp.flags.syn': true,
      'ip.addr': '10.0.0.1',
    });
    expect(rows[3]).toMatchObject({ dnsName: 'example.com', flow: 1 });
    expect(rows[5]).toMatchObject({
      tlsSni: 'www.example.org',
      tlsJa4: expect.stringMatching(/^t\d\dd\d{4}00_[0-9a-f]{12}_[0-9a-f]{12}$/),
    });
    expect(rows[6]).toMatchObject({ httpMethod: 'POST', httpHost: 'example.com', httpUri: '/form' });
    const lines = table((await runCli(['packets', file, '--fields', fields])).stdout);
    expect(lines.map((cells) => cells.length)).toEqual(Array(9).fill(fields.split(',').length));
  });

  it('stops at --limit, after --filter', async () => {
    const numbers = async (...args: string[]): Promise<unknown[]> =>
      jsonLines((await runCli(['packets', file, '--json', '--fields', 'number', ...args])).stdout).map(({ number }) => number);
    expect(await numbers('--limit', '2')).toEqual([1, 2]);
    expect(await numbers('--limit', '0')).toEqual([]);
    expect(await numbers('--filter', 'udp || arp', '--limit', '2')).toEqual([4, 5]);
    expect(await numbers('--filter', 'ip.ttl == 64 && vlan')).toEqual([1, 2, 3]);
  });

  it('keeps a packet on its line, whatever it holds', async () => {
    const evil = 'GET /\u001b[31m\tx HTTP/1.1\r\nHost: a\u00e2\u0080\u00a8b\r\n\r\n';
    const path = save('evil.pcap', draw(`10.0.0.1:4000 > 10.0.0.2:80 PA '${JSON.stringify(evil).slice(1, -1)}'`).pcap());
    const { stdout } = await runCli(['packets', path, '--fields', 'number,httpUri,httpHost,info']);
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stdout).toContain('a\\u2028b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no control character may reach a terminal
    expect(stdout.replaceAll(/[\t\n]/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
    expect(table(stdout)[1]).toHaveLength(4);
  });

  it.skipIf(process.platform === 'win32')('ends quietly when its reader has seen enough', async () => {
    const long = save('long.pcap', repeated(PCAP, 5000));
    const { stdout, stderr } = await runProgram('sh', ['-c', `{ ${cliCommand('packets', long)}; echo "status $?" >&2; } | head -1`]);
    expect(stdout).toBe('number\ttime\tsource\tdestination\tprotocol\tlength\tinfo\n');
    expect(stderr).toBe('status 0\n');
  });

  it('puts messages together that span packets, also from a pipe', async () => {
    const request = 'GET /long HTTP/1.1\\r\\nHost: split.example\\r\\n\\r\\n';
    const split = draw(`
      10.0.0.1:4000 > 10.0.0.2:80 PA '${request.slice(0, 25)}'
      10.0.0.1:4000 > 10.0.0.2:80 PA '${request.slice(25)}'
    `).pcap();
    for (const [args, input] of [
      [['packets', save('split.pcap', split)], undefined],
      [['packets', '-'], split],
    ] as const) {
      const { stdout } = await runCli([...args, '--fields', 'protocol,httpHost,http.host,info'], input);
      expect(table(stdout).slice(1)).toEqual([
        ['TCP', '', '', expect.stringContaining('[TCP segment of a reassembled PDU]')],
        ['HTTP', 'split.example', 'split.example', 'GET /long HTTP/1.1 '],
      ]);
    }
  });
});

describe('flows', () => {
  const COLUMNS =
    'protocol source sourcePort destination destinationPort firstTime lastTime duration packets bytes packetsBack bytesBack state tcpFlags service host';

  it('prints the columns of the contract', async () => {
    const { status, stdout } = await runCli(['flows', file]);
    const [header, ...lines] = table(stdout);
    expect(status).toBe(0);
    expect(header).toEqual(COLUMNS.split(' '));
    expect(lines.map((line) => line[0])).toEqual(['TCP', 'UDP', 'TCP', 'TCP']);
    const [first] = jsonLines((await runCli(['flows', file, '--json'])).stdout);
    expect(Object.keys(first ?? {})).toEqual(COLUMNS.split(' '));
    expect(first).toMatchObject({
      protocol: 'TCP',
      source: '10.0.0.1',
      sourcePort: 41022,
      destination: '10.0.0.4',
      destinationPort: 22,
      firstTime: '1700000000.000000000',
      lastTime: '1700000000.002000000',
      duration: '0.002000000',
      packets: 2,
      packetsBack: 1,
    });
  });

  it('are those of the packets that a filter takes', async () => {
    const flows = jsonLines((await runCli(['flows', file, '--json', '--filter', 'tls or dns'])).stdout);
    expect(flows.map(({ service, host }) => [service, host])).toEqual([
      ['dns', ''],
      ['tls', 'www.example.org'],
    ]);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a file that is missing', () => ['analyze', join(folder, 'missing.pcap')], /^portlight: There is no file .+missing\.pcap\. .+\n$/],
    ['a folder', () => ['packets', folder], /^portlight: .+ is a folder, not a capture file\. .+\n$/],
    ['a file that is no capture', () => ['flows', save('text', Buffer.from('hello, this is text, no packets'))], /^portlight: .+\n$/],
    ['an empty file', () => ['analyze', save('empty', new Uint8Array(0)), '--json'], /^portlight: .+\n$/],
    ['a capture whose first record is damaged', () => ['analyze', save('bad', PCAP.subarray(0, 30))], /^portlight: .+\n$/],
  ])('%s: one clear sentence and status 1', async (_, args, sentence) => {
    const { status, stderr } = await runCli(args());
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
  });

  it.each([
    ['no command', [], /Usage: portlight/],
    ['an unknown command', ['analyse', 'x'], /unknown command 'analyse'/],
    ['no file', ['packets'], /missing required argument 'file'/],
    ['an unknown option', ['packets', 'x', '--colour'], /unknown option '--colour'/],
    ['a limit that is no number', ['packets', 'x', '--limit', 'ten'], /whole number/],
    ['an unknown field', ['packets', 'x', '--fields', 'number,no.such'], /There is no field "no\.such"/],
  ] as const)('%s: status 2', async (_, args, sentence) => {
    const { status, stdout, stderr } = await runCli(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  it.each(['analyze', 'packets', 'flows'])('%s: a wrong filter names the column of the mistake', async (command) => {
    const { status, stdout, stderr } = await runCli([command, file, '--filter', 'tcp and and udp']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/column 9/i);
  });

  it('a field name of the language is none of ours', async () => {
    expect((await runCli(['packets', file, '--fields', 'constructor'])).status).toBe(2);
    expect((await runCli(['packets', file, '--fields', '__proto__'])).status).toBe(2);
  });
});

it('runs by npm, from another folder too', async () => {
  const { status, stdout } = await runProgram('npm', ['run', '-s', 'cli', '--', 'analyze', file, '--json']);
  expect([status, JSON.parse(stdout).packets]).toEqual([0, 8]);
}, 120_000);

it('reads a capture of one packet of the largest size', async () => {
  const payload = new Uint8Array(65_535 - 28);
  const path = save('large.pcap', writePcap([{ data: ethernet({ payload: ipv4({ payload: udp({ payload }) }) }) }]));
  const { stdout } = await runCli(['packets', path, '--json', '--fields', 'length,info']);
  expect(jsonLines(stdout)).toEqual([{ length: 65_549, info: '50000 → 50001 Len=65507' }]);
});

describe('countries', () => {
  const FIELDS = 'number,sourceCountry,destinationCountry';
  const own = (): string => save('own.mmdb', writeMmdb({ '1.1.1.0/24': { country: { iso_code: 'FR' } } }));

  it('come from the database that ships, and from another that is named', async () => {
    const shipped = table((await runCli(['packets', file, '--filter', 'dns', '--fields', FIELDS])).stdout);
    expect(shipped).toEqual([
      ['number', 'sourceCountry', 'destinationCountry'],
      ['4', '', expect.stringMatching(/^[A-Z]{2}$/)],
      ['5', expect.stringMatching(/^[A-Z]{2}$/), ''],
    ]);
    const named = await runCli(['packets', file, '--filter', 'dns', '--json', '--fields', FIELDS, '--geo', own()]);
    expect(jsonLines(named.stdout)).toEqual([
      { number: 4, destinationCountry: 'FR' },
      { number: 5, sourceCountry: 'FR' },
    ]);
  });

  it('are those of the top talkers; private addresses have none', async () => {
    const { topTalkers } = JSON.parse((await runCli(['analyze', file, '--json', '--geo', own()])).stdout);
    const countries = new Map(topTalkers.map(({ address, country }: { address: string; country: string | null }) => [address, country]));
    expect([countries.get('1.1.1.1'), countries.get('10.0.0.1'), countries.get('192.0.2.1')]).toEqual(['FR', null, null]);
    expect((await runCli(['analyze', file, '--geo', own()])).stdout).toMatch(/1\.1\.1\.1 .* bytes {2}FR$/m);
  });

  it('cannot come from a file that is no database: one sentence, status 1', async () => {
    for (const command of [
      ['analyze', file],
      ['packets', file, '--fields', FIELDS],
    ]) {
      const { status, stdout, stderr } = await runCli([...command, '--geo', file]);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain(`${file} is not a MaxMind database`);
    }
  });
});
