import { existsSync } from 'node:fs';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FlowRow } from '../../src/shared/model/records';
import { EngineBench } from '../builders/engine';
import { followed, tsharkFollows, turned } from '../builders/follow';
import { ethernet, ip, udp } from '../builders/layers';
import { writePcap } from '../builders/pcap';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';

let bench: EngineBench;
beforeAll(async () => {
  bench = await EngineBench.start();
});
afterAll(() => bench.close());

/** Of the capture, in the order in which they began: their place is tshark's stream number. */
async function flowsOf(path: string, protocol: string): Promise<FlowRow[]> {
  const { id } = await bench.client.call('session.open', { path });
  await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
  const { rows } = await bench.client.call('flows.rows', { from: 0, count: 1000, sort: 'first', descending: false });
  return rows.filter((row) => row.protocol === protocol).sort((a, b) => a.index - b.index);
}

/** Refused, retried and reset connections, every packet several times, repeats, more than a window, order, zero windows, damage, cut packets, other link layers. */
const NAMES = [
  'attacks/aurora-reverse-shell-retries.pcap',
  'attacks/bruteforce-ssh-slow-11.pcap',
  'attacks/lab-benign-office.pcap',
  'attacks/malware-cryptowall-c2.pcapng',
  'protocols/rtsp.pcap',
  'protocols/tcp-fast-retransmit.pcap',
  'protocols/tcp-handshake-reordered.pcap',
  'protocols/tcp-zero-window-recovery.pcapng',
  'protocols/http-three-streams.pcap',
  'protocols/http-pipelined-requests.pcap',
  'protocols/http-https-over-ipv6.pcap',
  'protocols/tunnel-gre.pcap',
  'linktypes/linux-sll-http.pcap',
  'malformed/tcp-malformed.pcap',
  'malformed/tcp-rst-data-truncated.pcap',
];
const MOST_STREAMS = 42;

it.skipIf(!hasCaptures || !hasTshark()).for(NAMES.filter((name) => existsSync(join(CAPTURES, name))))(
  'TCP streams of %s are what tshark follows, byte for byte (skipped without the captures or tshark)',
  async (name) => {
    await expectTsharks(join(CAPTURES, name));
  },
);

/** Captures of one byte order and plain format, with their packets lost, repeated, late and cut here and there. */
it.skipIf(!hasCaptures || !hasTshark()).for(['protocols/http-https-over-ipv6.pcap', 'attacks/bruteforce-ssh-slow-11.pcap'])(
  'and of %s with packets lost, repeated, late and cut (skipped without the captures or tshark)',
  async (name) => {
    const whole = await readFile(join(CAPTURES, name));
    let lost = 0;
    for (const seed of [1, 2, 3]) lost += await expectTsharks(await bench.file('worse.pcap', worse(whole, seed)));
    expect(lost).toBeGreaterThan(0);
  },
);

/** Gives the bytes that were lost. */
async function expectTsharks(path: string): Promise<number> {
  const flows = (await flowsOf(path, 'TCP')).slice(0, MOST_STREAMS);
  const truth = await tsharkFollows(path, 'tcp', [...flows.keys()]);
  expect(flows.length).toBeGreaterThan(0);
  let lost = 0;
  for (const [number, { index }] of flows.entries()) {
    const { lines, state } = await followed(bench.client, index);
    const { first, lines: theirs } = truth.get(number) ?? { first: '', lines: [] };
    const client = `${state.ends[0].address}:${state.ends[0].port}`;
    const ours = first.replace(/^\[|\](?=:\d+$)/g, '') === client ? lines : turned(lines);
    expect({ number: state.number, lines: ours }).toEqual({ number, lines: theirs });
    lost += state.lost[0] + state.lost[1];
  }
  return lost;
}

/** Frames of IPv6 and TCP with options and without payload are shorter. */
const LEAST_DATA = 100;

/** The pcap with packets left out, doubled, swapped and shortened by chance. */
function worse(pcap: Buffer, seed: number): Uint8Array {
  let state = seed;
  const chance = (share: number): boolean => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < share;
  };
  const records: Buffer[] = [];
  for (let at = 24; at + 16 <= pcap.length; ) {
    const captured = pcap.readUInt32LE(at + 8);
    const record = Buffer.from(pcap.subarray(at, at + 16 + captured));
    at += 16 + captured;
    // Handshakes stay as they are: which packets are one stream is not the question here.
    if (captured < LEAST_DATA) {
      records.push(record);
      continue;
    }
    if (chance(0.08)) continue;
    if (chance(0.04)) record.writeUInt32LE(Math.ceil(captured * 0.6), 8);
    const cut = record.subarray(0, 16 + record.readUInt32LE(8));
    records.push(cut);
    if (chance(0.06)) records.push(cut);
    if (chance(0.1) && records.length > 6) records.splice(records.length - 1 - (state % 5), 0, records.pop() ?? cut);
  }
  return Buffer.concat([pcap.subarray(0, 24), ...records]);
}

const HTTP = join(CAPTURES, 'protocols/http-three-streams.pcap');

it.skipIf(!existsSync(HTTP))('windows of a stream join to the whole, wherever they are cut (skipped without the captures)', async () => {
  const [flow] = (await flowsOf(HTTP, 'TCP')).filter(({ destinationPort }) => destinationPort === 80);
  const index = flow?.index ?? -1;
  const whole = await bench.client.call('stream.follow', { flow: index, from: 0, count: 1 << 20 });
  expect(whole.state.done).toBe(true);
  const parts: Buffer[] = [];
  for (let from = 0; from < whole.state.size; from += 97) {
    parts.push(Buffer.from((await bench.client.call('stream.follow', { flow: index, from, count: 97 })).bytes));
  }
  expect(Buffer.concat(parts).equals(Buffer.from(whole.bytes))).toBe(true);
  expect(whole.state.bytes[0] + whole.state.bytes[1]).toBe(whole.bytes.length);
});

it.skipIf(!existsSync(HTTP))('what is searched for is found, and what is saved is the bytes (skipped without the captures)', async () => {
  const [flow] = (await flowsOf(HTTP, 'TCP')).filter(({ destinationPort }) => destinationPort === 80);
  const index = flow?.index ?? -1;
  const ask = (text: string, ignoreCase: boolean, sender: 0 | 1 | null) =>
    bench.client.call('stream.find', { flow: index, pattern: [...Buffer.from(text)], ignoreCase, sender });
  const whole = await bench.client.call('stream.follow', { flow: index, from: 0, count: 1 << 20 });
  const { matches, total } = await ask('http/1.', true, null);
  expect(total).toBeGreaterThan(1);
  expect(matches.map(({ sender }) => sender)).toContain(1);
  for (const { position } of matches) {
    const { bytes } = await bench.client.call('stream.follow', { flow: index, from: position, count: 7 });
    expect(Buffer.from(bytes).toString()).toBe('HTTP/1.');
  }
  expect((await ask('http/1.', false, null)).total).toBe(0);
  expect((await ask('HTTP/1.', false, 1)).total).toBeLessThan(total);

  const path = join(bench.folder, 'stream.bin');
  const saved = await bench.client.call('stream.save', { flow: index, path, format: 'raw', sender: null });
  expect(saved).toEqual({ bytes: whole.bytes.length, missing: 0 });
  expect((await readFile(path)).equals(Buffer.from(whole.bytes))).toBe(true);
  await bench.client.call('stream.save', { flow: index, path, format: 'hex', sender: 0 });
  expect(await readFile(path, 'utf8')).toMatch(/--- client ---\n00000000 {2}47 45 54 20/);
});

it.skipIf(!existsSync(HTTP))('a flow that is not there and one without a stream are problems (skipped without the captures)', async () => {
  await flowsOf(HTTP, 'TCP');
  await expect(bench.client.call('stream.follow', { flow: 999_999, from: 0, count: 1 })).rejects.toThrow('not kept any more');
  await bench.client.call('session.close', {});
  await expect(bench.client.call('stream.follow', { flow: 0, from: 0, count: 1 })).rejects.toThrow('No capture is open');
});

it.skipIf(!hasCaptures || !hasTshark()).for(['protocols/dns-udp.pcap', 'protocols/tftp-read.pcap', 'protocols/sip-call.pcap'])(
  'UDP streams of %s are what tshark follows (skipped without the captures or tshark)',
  async (name) => {
    const path = join(CAPTURES, name);
    const flows = (await flowsOf(path, 'UDP')).slice(0, MOST_STREAMS);
    const truth = await tsharkFollows(path, 'udp', [...flows.keys()]);
    expect(flows.length).toBeGreaterThan(0);
    for (const [number, { index }] of flows.entries()) {
      const { lines } = await followed(bench.client, index);
      const theirs = truth.get(number)?.lines ?? [];
      // tshark's client sent the first datagram.
      expect(theirs[0]?.[0] === lines[0]?.[0] ? lines : turned(lines)).toEqual(theirs);
    }
  },
);

it('a capture of headers alone has no bytes to show, and says how many it left out', async () => {
  const data = ethernet({ payload: ip('10.0.0.1', '10.0.0.2', udp({ payload: new Uint8Array(500) })) });
  const cut = Array.from({ length: 50 }, () => ({ data: data.subarray(0, 42), length: data.length }));
  await bench.openBytes(writePcap(cut));
  const { state, pieces, bytes } = await bench.client.call('stream.follow', { flow: 0, from: 10, count: 20 });
  expect(state).toMatchObject({ done: true, bytes: [0, 0], cut: [25_000, 0], size: 50 });
  expect(pieces).toHaveLength(20);
  expect(pieces[0]).toMatchObject({ kind: 'cut', position: 10, length: 500, packet: 10 });
  expect(bytes).toHaveLength(0);
});

it('packets that cannot be read again are counted: the file was cut since', async () => {
  const data = ethernet({ payload: ip('10.0.0.1', '10.0.0.2', udp({ payload: 'still there' })) });
  await bench.openBytes(writePcap([{ data }, { data }, { data }]), 'shrinking.pcap');
  await truncate(join(bench.folder, 'shrinking.pcap'), 24 + 16 + data.length);
  const { state, bytes } = await bench.client.call('stream.follow', { flow: 0, from: 0, count: 100 });
  expect(Buffer.from(bytes).toString()).toBe('still there');
  expect(state).toMatchObject({ done: true, packetsRead: 3, unreadable: 2 });
});
