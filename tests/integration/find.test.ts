import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindAnswer, FindQuery } from '../../src/shared/contract/find';
import { draw } from '../builders/draw';
import { EngineBench, repeated } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';

const DRAWING = draw(`
  10.0.0.1:40000 > 10.0.0.4:80 S
  10.0.0.4:80 > 10.0.0.1:40000 SA
  10.0.0.1:40000 > 10.0.0.4:80 PA 'GET /Index HTTP/1.1\\r\\nHost: www.example.org\\r\\n\\r\\n'
  10.0.0.1:5000 > 1.1.1.1:53 udp dns A example.com
  10.0.0.4:80 > 10.0.0.1:40000 PA 'P\\u0000a\\u0000s\\u0000S\\u0000'
  10.0.0.4:80 > 10.0.0.1:40000 PA 'get index aaaab'
`);

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

const text = (words: string, caseSensitive = false): FindQuery => ({ mode: 'text', text: words, caseSensitive });
const bytes = (...values: number[]): FindQuery => ({ mode: 'bytes', bytes: values });
const filter = (words: string): FindQuery => ({ mode: 'filter', text: words });

interface Found {
  readonly packets: number[];
  readonly searched: number;
}

/** Every packet that has it, found one after the other as a person would. */
async function findAll(query: FindQuery, backward = false): Promise<Found> {
  const packets: number[] = [];
  let from: number | null = null;
  for (let searched = 0; ; ) {
    const answer: FindAnswer = await bench.client.call('packets.find', { query, from, until: null, backward });
    if (answer.state === 'wrong') throw new Error(answer.problem.sentence);
    searched += answer.searched;
    if (answer.state === 'end') return { packets, searched };
    from = answer.state === 'found' ? answer.packet : answer.at;
    if (answer.state === 'found') packets.push(answer.packet);
  }
}

/** Goes on where a call took its time and gave what it had. */
async function find(query: FindQuery, from: number | null, until: number | null, backward: boolean): Promise<FindAnswer> {
  for (let at = from; ; ) {
    const answer: FindAnswer = await bench.client.call('packets.find', { query, from: at, until, backward });
    if (answer.state !== 'more') return answer;
    at = answer.at;
  }
}

const first = (query: FindQuery, from: number | null = null, backward = false) => find(query, from, null, backward);

describe('find', () => {
  it('text in bytes, as UTF-8 and UTF-16, and in the Info column', async () => {
    await bench.openBytes(DRAWING.pcap());
    expect((await findAll(text('index'))).packets).toEqual([2, 5]);
    expect((await findAll(text('Index', true))).packets).toEqual([2]);
    expect((await findAll(text('pass'))).packets).toEqual([4]);
    expect((await findAll(text('Pass', true))).packets).toEqual([]);
    // Only the Info column says so.
    expect((await findAll(text('standard QUERY'))).packets).toEqual([3]);
    expect((await findAll(text('Standard query', true))).packets).toEqual([3]);
    expect((await findAll(text('index'), true)).packets).toEqual([5, 2]);
  });

  it('says where in the frame the bytes are, the first of the packet', async () => {
    await bench.openBytes(DRAWING.pcap());
    const at = Buffer.from(DRAWING.frames[5] ?? []).indexOf('aaa');
    expect(await first(text('AAA'))).toMatchObject({ state: 'found', packet: 5, match: { start: at, length: 3 } });
    expect(await first(text('AAA'), null, true)).toMatchObject({ state: 'found', packet: 5, match: { start: at, length: 3 } });
    expect(await first(text('Seq='))).toMatchObject({ state: 'found', packet: 0, match: null });
    expect(await first(bytes(0x47, 0x45, 0x54))).toMatchObject({ state: 'found', packet: 2, match: { length: 3 } });
  });

  it('never finds what lies between two packets', async () => {
    // The record's header has the captured length: 54 bytes.
    await bench.openBytes(DRAWING.pcap());
    expect((await findAll(bytes(54, 0, 0, 0, 54, 0, 0, 0))).packets).toEqual([]);
  });

  it('begins behind the given packet, ends with another, and sees what the filter shows', async () => {
    await bench.openBytes(DRAWING.pcap());
    const query = filter('tcp');
    expect(await find(query, 2, 3, false)).toMatchObject({
      state: 'end',
      searched: 1,
    });
    expect(await find(query, 2, 4, false)).toMatchObject({
      state: 'found',
      packet: 4,
    });
    expect(await bench.client.call('packets.find', { query, from: 2, until: 0, backward: true })).toMatchObject({
      state: 'found',
      packet: 1,
    });
    await bench.filter('frame.number > 3');
    expect((await findAll(filter('tcp'))).packets).toEqual([4, 5]);
    expect((await findAll(text('index'))).packets).toEqual([5]);
    // From a packet that is hidden.
    expect(await first(query, 1)).toMatchObject({ state: 'found', packet: 4 });
    expect(await first(query, 1, true)).toMatchObject({ state: 'end', searched: 0 });
  });

  it('says what is wrong with a filter, and where', async () => {
    await bench.openBytes(DRAWING.pcap());
    expect(await first(filter('tcp && ip.sourc == 1'))).toMatchObject({ state: 'wrong', start: 7, end: 15 });
  });

  it('searches packets of all sizes and any bytes as a person would by hand', async () => {
    const capture = repeated(DRAWING.pcap(), 3000);
    await bench.openBytes(capture);
    const packets = 3000 * DRAWING.frames.length;
    for (const needle of [[0x0d, 0x0a], [0x00], [0x61, 0x61, 0x62], [0x0a, 0x00, 0x00, 0x04, 0x9c]]) {
      const expected = DRAWING.frames.flatMap((frame, i) => (Buffer.from(frame).includes(Buffer.from(needle)) ? [i] : []));
      let from: number | null = null;
      for (const turn of [0, 1]) {
        for (const index of expected) {
          const answer: Awaited<ReturnType<typeof first>> = await first(bytes(...needle), from);
          expect(answer).toMatchObject({ state: 'found', packet: turn * DRAWING.frames.length + index });
          if (answer.state === 'found') from = answer.packet;
        }
      }
    }
    // The whole of it, to the end, in several answers.
    expect(await findAll(bytes(0xfe, 0xed, 0xfa, 0xce, 0x42))).toEqual({ packets: [], searched: packets });
    expect(await findAll(bytes(0xfe, 0xed, 0xfa, 0xce, 0x42), true)).toEqual({ packets: [], searched: packets });
  });

  it('reads compressed captures, and says how many packets it could not read', async () => {
    await bench.openBytes(gzipSync(DRAWING.pcap()), 'mine.pcap.gz');
    expect((await findAll(text('index'))).packets).toEqual([2, 5]);
    const tick = await bench.openBytes(DRAWING.pcap(), 'cut.pcap');
    await truncate(tick.session?.path ?? '', 60);
    const answer = await first(bytes(0x47, 0x45, 0x54));
    expect(answer).toMatchObject({ state: 'end', unreadable: DRAWING.frames.length });
  });

  it('stops when it is told to', async () => {
    await bench.openBytes(repeated(DRAWING.pcap(), 3000));
    const abort = new AbortController();
    const call = bench.client.call('packets.find', { query: text('not there'), from: null, until: null, backward: false }, abort.signal);
    abort.abort();
    await expect(call).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect(await first(filter('dns'))).toMatchObject({ state: 'found', packet: 3 });
  });
});

/** What tshark shows of the file with this filter. */
const tsharkNumbers = (path: string, wanted: string): number[] =>
  execFileSync('tshark', ['-n', '-r', path, '-Y', wanted, '-T', 'fields', '-e', 'frame.number'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(line) - 1);

const TRUTH: readonly (readonly [string, FindQuery, string])[] = [
  ['protocols/http-three-streams.pcap', filter('http.request'), 'http.request'],
  ['protocols/http-https-over-ipv6.pcap', filter('tcp.flags.syn == 1 and ipv6'), 'tcp.flags.syn == 1 and ipv6'],
  ['protocols/http-three-streams.pcap', bytes(0x48, 0x54, 0x54, 0x50, 0x2f), 'frame contains 48:54:54:50:2f'],
  ['protocols/app-teams.pcap', filter('dns.flags.response == 1'), 'dns.flags.response == 1'],
  ['protocols/app-teams.pcap', bytes(0x16, 0x03, 0x03), 'frame contains 16:03:03'],
];

describe.skipIf(!hasCaptures || !hasTshark())('find (skipped where tshark or the captures are not there)', () => {
  it.for(TRUTH.filter(([name]) => existsSync(join(CAPTURES, name))))('%s: %o finds what tshark filters', async ([name, query, wanted]) => {
    const path = join(CAPTURES, name);
    await bench.client.call('session.open', { path });
    await bench.until(({ load }) => load.state === 'done');
    const expected = tsharkNumbers(path, wanted);
    expect(expected.length).toBeGreaterThan(0);
    expect((await findAll(query)).packets).toEqual(expected);
    expect((await findAll(query, true)).packets).toEqual(expected.toReversed());
  });
});
