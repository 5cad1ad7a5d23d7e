import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportRequest, PacketChoice } from '../../src/shared/contract/exports';
import { parseCsv } from '../builders/csv';
import { draw } from '../builders/draw';
import { EngineBench, repeated } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';
import { named } from '../rig/available';

const noTshark = hasTshark() ? null : 'tshark is not installed';
const missing = hasCaptures ? noTshark : 'no captures';
const tmpfs = process.platform === 'linux' && process.getuid?.() === 0 ? null : 'a small disk needs root on Linux';

let bench: EngineBench;
beforeAll(async () => {
  bench = await EngineBench.start();
});
afterAll(() => bench.close());

const tshark = (...args: string[]): string[] =>
  execFileSync('tshark', ['-n', ...args], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] })
    .split('\n')
    .filter((line) => line !== '');

const fieldsOf = (path: string, filter: string, ...names: string[]): string[][] =>
  tshark('-r', path, '-Y', filter, '-T', 'fields', '-E', 'occurrence=f', ...names.flatMap((name) => ['-e', name])).map((line) =>
    line.split('\t'),
  );

/** Time, lengths and a hash of the bytes of every frame, as tshark reads them. */
const framesOf = (path: string, filter = ''): string[][] => {
  const names = ['frame.time_epoch', 'frame.len', 'frame.cap_len', 'frame.md5_hash'].flatMap((name) => ['-e', name]);
  const args = ['-o', 'frame.generate_md5_hash:TRUE', '-r', path, ...(filter === '' ? [] : ['-Y', filter]), '-T', 'fields', ...names];
  return tshark(...args).map((line) => line.split('\t'));
};

async function open(name: string): Promise<string> {
  const path = join(CAPTURES, name);
  const { id } = await bench.client.call('session.open', { path });
  await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
  return path;
}

const target = (name: string): string => join(bench.folder, name);
const write = (request: ExportRequest, name: string, signal?: AbortSignal) =>
  bench.client.call('export.write', { path: target(name), request }, signal);
const pcapng = (packets: PacketChoice): ExportRequest => ({ table: 'packets', packets, format: 'pcapng' });
const csvOf = (name: string): string[][] => parseCsv(readFileSync(target(name), 'utf8'));
const plain = (text: string): string => text.replace(/^'/, '');

describe.skipIf(missing !== null)(named('exported packets are those that tshark takes', missing), () => {
  it.each([
    ['protocols/http-https-over-ipv6.pcap', 'tcp.port == 443'],
    ['sized/lab-office-with-attacks.pcap', 'dns'],
    ['attacks/rat-infected-host.pcapng', 'tcp.flags.syn == 1 && tcp.flags.ack == 0'],
  ])('pcapng: %s, %s', async (name, filter) => {
    const path = await open(name);
    const { filter: shown } = await bench.filter(filter);
    const oracle = target('oracle.pcapng');
    tshark('-r', path, '-Y', filter, '-w', oracle);
    const written = await write(pcapng({ of: 'shown' }), 'shown.pcapng');
    expect(written).toEqual({ count: shown.shown, missing: 0, bytes: readFileSync(target('shown.pcapng')).length });
    expect(shown.shown).toBeGreaterThan(0);
    expect(framesOf(target('shown.pcapng'))).toEqual(framesOf(oracle));
  });

  it('of a selection those of its ranges that the filter shows, each once', async () => {
    const path = await open('protocols/http-https-over-ipv6.pcap');
    await bench.filter('tcp');
    const ranges = [
      [40, 60],
      [3, 9],
      [50, 70],
      [100_000, 100_001],
    ] as const;
    const choice = { of: 'rows', ranges } as const;
    const { count } = await write(pcapng(choice), 'rows.pcapng');
    const expected = framesOf(path, 'tcp && (frame.number in {4..10} || frame.number in {41..71})');
    expect(framesOf(target('rows.pcapng'))).toEqual(expected);
    expect(count).toBe(expected.length);
    expect(await bench.client.call('export.count', { packets: choice })).toEqual({ count });
  });

  it('of flows all packets, whatever the filter shows', async () => {
    const path = await open('protocols/http-https-over-ipv6.pcap');
    await bench.filter('tcp.flags.syn == 1');
    const { rows } = await bench.client.call('flows.rows', { from: 0, count: 1000, sort: 'first', descending: false });
    const streams = rows.filter(({ protocol }) => protocol === 'TCP').slice(0, 2);
    const numbers = streams.map(({ firstPacket }) => firstPacket + 1);
    const ids = fieldsOf(path, `frame.number in {${numbers.join(',')}}`, 'tcp.stream').flat();
    await write(pcapng({ of: 'flows', flows: streams.map(({ index }) => index) }), 'flows.pcapng');
    expect(framesOf(target('flows.pcapng'))).toEqual(framesOf(path, `tcp.stream in {${ids.join(',')}}`));
  });

  it('as CSV with the values that tshark prints, and as JSON Lines with the same', async () => {
    const path = await open('sized/lab-office-with-attacks.pcap');
    const filter = 'dns && frame.number < 20000';
    await bench.filter(filter);
    const ours = ['number', 'time', 'length', 'capturedLength', 'sourcePort', 'ip.ttl', 'udp.stream', 'dns.qry.name', 'dns.id'];
    const theirs = [
      'frame.number',
      'frame.time_epoch',
      'frame.len',
      'frame.cap_len',
      'udp.srcport',
      'ip.ttl',
      'udp.stream',
      'dns.qry.name',
    ];
    const request = { table: 'packets', packets: { of: 'shown' }, fields: ours } as const;
    const { count } = await write({ ...request, format: 'csv' }, 'dns.csv');
    const [head, ...records] = csvOf('dns.csv');
    expect(head).toEqual(ours);
    expect(count).toBe(records.length);
    expect(records.map((record) => record.slice(0, 8).map(plain))).toEqual(fieldsOf(path, filter, ...theirs));
    await write({ ...request, format: 'jsonl' }, 'dns.jsonl');
    const objects = readFileSync(target('dns.jsonl'), 'utf8').trimEnd().split('\n');
    expect(
      objects.map((line) => JSON.parse(line) as Record<string, unknown>).map((object) => ours.map((name) => String(object[name] ?? ''))),
    ).toEqual(records.map((record) => record.map(plain)));
  });
});

describe('what views list', () => {
  beforeAll(async () => {
    const scan = Array.from({ length: 20 }, (_, i) => `203.0.113.9:${40_000 + i} > 10.0.0.4:${20 + i} S`);
    await bench.openBytes(
      draw(`
        10.0.0.1:41022 > 10.0.0.4:22 S
        10.0.0.4:22 > 10.0.0.1:41022 SA
        10.0.0.1:41022 > 10.0.0.4:22 A
        ${scan.join('\n')}
      `).pcap(),
    );
  });

  it('is exported whole and in its order: flows', async () => {
    const order = { sort: 'destinationPort', descending: true } as const;
    const { rows } = await bench.client.call('flows.rows', { from: 0, count: 1000, ...order });
    await write({ table: 'flows', flows: { of: 'shown' }, format: 'csv', ...order }, 'flows.csv');
    const [head = [], ...records] = csvOf('flows.csv');
    const column = head.indexOf('destinationPort');
    expect(records.map((record) => Number(record[column]))).toEqual(rows.map(({ destinationPort }) => destinationPort));
    const one = { table: 'flows', flows: { of: 'flows', flows: [rows[2]?.index ?? 0] }, format: 'jsonl', ...order } as const;
    expect(await write(one, 'flow.jsonl')).toMatchObject({ count: 1, missing: 0 });
    expect(JSON.parse(readFileSync(target('flow.jsonl'), 'utf8'))).toMatchObject({ source: rows[2]?.source, packets: rows[2]?.packets });
  });

  it('hosts and open ports', async () => {
    const query = { scope: 'all', text: '' } as const;
    await write({ table: 'hosts', query, format: 'csv', sort: 'address', descending: false }, 'hosts.csv');
    expect(csvOf('hosts.csv').map(([address]) => address)).toEqual(['address', '10.0.0.1', '10.0.0.4', '203.0.113.9']);
    const ports = { table: 'exposure', host: '10.0.0.4', scope: 'all', sort: 'port', descending: false } as const;
    await write({ ...ports, format: 'csv' }, 'ports.csv');
    const [head = [], ...records] = csvOf('ports.csv');
    expect(records.map((record) => Number(record[1]))).toEqual(Array.from({ length: 20 }, (_, i) => 20 + i));
    const ssh = Object.fromEntries(head.map((name, i) => [name, records[2]?.[i]]));
    expect(ssh).toMatchObject({ host: '10.0.0.4', port: '22', transport: 'tcp', answered: '1', silent: '1', addresses: '2' });
  });

  it.skipIf(noTshark !== null)(named('marked packets, with what a person wrote about them, as tshark reads them', noTshark), async () => {
    const ranges = [
      [1, 1],
      [5, 5],
    ] as const;
    await bench.client.call('marks.toggle', { ranges });
    await bench.client.call('comments.set', { packet: 5, text: 'a knock, "quoted"' });
    const fields = ['number', 'flow.state', 'frame.comment', 'tcp.dstport'];
    expect(await write({ table: 'packets', packets: { of: 'marked' }, format: 'csv', fields }, 'marked.csv')).toMatchObject({ count: 2 });
    expect(csvOf('marked.csv').slice(1)).toEqual([
      ['2', 'S1', '', '41022'],
      ['6', 'S0', 'a knock, "quoted"', '22'],
    ]);
    await write(pcapng({ of: 'marked' }), 'marked.pcapng');
    expect(fieldsOf(target('marked.pcapng'), 'frame', 'tcp.dstport', 'frame.comment')).toEqual([
      ['41022', ''],
      ['22', 'a knock, "quoted"'],
    ]);
  });

  it('a field that nobody knows is a problem, and said before anything is written', async () => {
    expect(await bench.client.call('export.unknown', { fields: ['ip.ttl', 'number', 'ip.tll'] })).toEqual({ unknown: ['ip.tll'] });
    const request = { table: 'packets', packets: { of: 'all' }, format: 'csv', fields: ['ip.tll'] } as const;
    await expect(write(request, 'never.csv')).rejects.toThrow('There is no field "ip.tll".');
    expect(readdirSync(bench.folder)).not.toContain('never.csv');
  });
});

describe('an export that fails', () => {
  const packets = 40_000;
  const all = pcapng({ of: 'all' });
  const leftovers = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.portlight-'));

  beforeAll(async () => {
    await bench.openBytes(repeated(draw('10.0.0.1:1000 > 10.0.0.2:2000 S').pcap(), packets));
  });

  it('leaves a file of this name as it is, and nothing else: no such folder, a folder in the way, cancelled', async () => {
    await expect(write(all, 'no-such-folder/x.pcapng')).rejects.toThrow(
      'there is no such folder. Nothing of it was kept; a file that had this name before is as it was.',
    );
    mkdirSync(target('folder'));
    await expect(write(all, 'folder')).rejects.toThrow('could not be written');
    writeFileSync(target('kept.csv'), 'mine');
    const cancel = new AbortController();
    const fields = ['number', 'info'];
    const writing = write({ table: 'packets', packets: { of: 'all' }, format: 'csv', fields }, 'kept.csv', cancel.signal);
    const failed = expect(writing).rejects.toThrow();
    const progress = async () => bench.client.call('export.progress', {});
    await expect.poll(async () => (await progress())?.done, { interval: 5 }).toBeGreaterThan(0);
    await expect(write(all, 'second.pcapng')).rejects.toThrow('Another file is being written.');
    expect((await progress())?.total).toBe(packets);
    cancel.abort();
    await failed;
    await expect.poll(progress).toBe(null);
    expect(readFileSync(target('kept.csv'), 'utf8')).toBe('mine');
    expect(leftovers(bench.folder)).toEqual([]);
  });

  it('is given up when its capture is closed', async () => {
    const fields = ['number', 'info'];
    const writing = write({ table: 'packets', packets: { of: 'all' }, format: 'csv', fields }, 'closed.csv');
    const failed = expect(writing).rejects.toThrow('The capture was closed before all of it was written');
    await expect.poll(async () => (await bench.client.call('export.progress', {}))?.done, { interval: 5 }).toBeGreaterThan(0);
    await bench.openBytes(repeated(draw('10.0.0.1:1000 > 10.0.0.2:2000 S').pcap(), packets), 'next.pcap');
    await failed;
    expect(readdirSync(bench.folder)).not.toContain('closed.csv');
    expect(leftovers(bench.folder)).toEqual([]);
  });

  it.skipIf(tmpfs !== null)(named('says that the disk is full and gives the room back', tmpfs), async () => {
    const disk = target('small-disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
    expect(mounted.status).toBe(0);
    try {
      writeFileSync(join(disk, 'all.pcapng'), 'mine');
      await expect(write(all, 'small-disk/all.pcapng')).rejects.toThrow('the disk is full. Nothing of it was kept');
      const fields = ['number', 'time', 'source', 'destination', 'protocol'];
      await expect(write({ table: 'packets', packets: { of: 'all' }, format: 'csv', fields }, 'small-disk/all.csv')).rejects.toThrow(
        'the disk is full. Nothing of it was kept',
      );
      expect(readdirSync(disk)).toEqual(['all.pcapng']);
      expect(readFileSync(join(disk, 'all.pcapng'), 'utf8')).toBe('mine');
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
