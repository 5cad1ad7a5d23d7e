import { spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../src/engine/history/history';
import { openStore } from '../../src/engine/store/open-store';
import { PacketFlag } from '../../src/shared/model/packet-flags';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';
import { PcapngBuilder } from '../builders/pcapng';
import { hasTshark } from '../builders/tshark';

const DRAWING = draw(`
  10.0.0.1:40000 > 10.0.0.4:22 S
  10.0.0.4:22 > 10.0.0.1:40000 SA
  10.0.0.1:40000 > 10.0.0.4:22 A
  10.0.0.1:5000 > 1.1.1.1:53 udp dns A example.com
  10.0.0.1:40001 > 10.0.0.4:80 S
  10.0.0.4:80 > 10.0.0.1:40001 RA
`);

const COMMENT = 1;

/** The drawn packets, the second with two comments, the fifth with one. */
function commented(): Uint8Array {
  const builder = new PcapngBuilder().section().interface();
  const comments: Readonly<Record<number, readonly string[]>> = { 1: ['first', 'second <b>one</b>'], 4: ['a line\nand another'] };
  for (const [i, frame] of DRAWING.frames.entries())
    builder.packet(frame, { options: (comments[i] ?? []).map((text) => [COMMENT, text] as const) });
  return builder.done();
}

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

const toggle = (...packets: number[]) => bench.client.call('marks.toggle', { ranges: packets.map((packet) => [packet, packet] as const) });

/** Numbers of the packets that the list shows. */
async function shown(): Promise<number[]> {
  const { rows } = await bench.client.call('packets.rows', { from: 0, count: 100 });
  return rows.map(({ index }) => index);
}

describe('marks', () => {
  it('are in the rows, and a filter for them follows each change', async () => {
    await bench.openBytes(DRAWING.pcap());
    expect(await toggle(1, 4)).toMatchObject({ marked: 2 });
    await bench.filter('frame.marked');
    expect(await shown()).toEqual([1, 4]);
    await toggle(2);
    await bench.until(({ filter: { shown: count } }) => count === 3);
    expect(await shown()).toEqual([1, 2, 4]);
    await toggle(4);
    await bench.until(({ filter: { shown: count } }) => count === 2);
    const { rows } = await bench.client.call('packets.rows', { from: 0, count: 10 });
    expect(rows.map(({ flags }) => (flags & PacketFlag.Marked) !== 0)).toEqual([true, true]);
  });

  it.each([
    ['frame.marked == 1', [1, 4]],
    ['frame.marked == true', [1, 4]],
    ['!frame.marked', [0, 2, 3, 5]],
    ['frame.marked == 0', [0, 2, 3, 5]],
    ['frame.marked != 1', [0, 2, 3, 5]],
    ['frame.marked && tcp.flags.reset == 0', [1, 4]],
    ['frame.marked and dns', []],
  ])('%s', async (text, packets) => {
    await bench.openBytes(DRAWING.pcap());
    await toggle(1, 4);
    await bench.filter(text);
    expect(await shown()).toEqual(packets);
  });

  it('of several packets are set, and unset where all are marked', async () => {
    await bench.openBytes(DRAWING.pcap());
    await bench.filter('tcp');
    const range = (first: number, last: number) => bench.client.call('marks.toggle', { ranges: [[first, last]] });
    expect(await range(2, 5)).toMatchObject({ marked: 3 });
    expect(await range(4, 5)).toMatchObject({ marked: 1 });
    expect(await range(2, 5)).toMatchObject({ marked: 3 });
    // A hidden packet, by itself.
    expect(await toggle(3)).toMatchObject({ marked: 4 });
    expect(await bench.client.call('marks.shown', { marked: true })).toMatchObject({ marked: 6 });
    expect(await bench.client.call('marks.shown', { marked: false })).toMatchObject({ marked: 1 });
    expect(await bench.client.call('marks.clear', {})).toMatchObject({ marked: 0 });
  });

  it('are gone to one after the other, round and round, as far as the filter shows them', async () => {
    await bench.openBytes(DRAWING.pcap());
    const next = (from: number, backward = false) => bench.client.call('marks.next', { from, backward });
    expect(await next(0)).toEqual({ packet: null, wrapped: false });
    await toggle(1, 3, 5);
    expect(await next(0)).toEqual({ packet: 1, wrapped: false });
    expect(await next(3)).toEqual({ packet: 5, wrapped: false });
    expect(await next(5)).toEqual({ packet: 1, wrapped: true });
    expect(await next(1, true)).toEqual({ packet: 5, wrapped: true });
    await bench.filter('tcp');
    expect(await next(1)).toEqual({ packet: 5, wrapped: false });
    expect(await next(5, true)).toEqual({ packet: 1, wrapped: false });
    await bench.filter('frame.number == 4');
    expect(await next(3)).toEqual({ packet: 3, wrapped: true });
    await bench.filter('arp');
    expect(await next(3)).toEqual({ packet: null, wrapped: false });
  });
});

describe('comments', () => {
  it('of the file and own ones stand before the layers of the packet', async () => {
    await bench.openBytes(commented(), 'commented.pcapng');
    await bench.client.call('comments.set', { packet: 1, text: 'mine' });
    const { fields, comments } = await bench.client.call('packets.details', { index: 1 });
    expect(comments).toEqual(['first', 'second <b>one</b>', 'mine']);
    expect(fields[0]).toMatchObject({
      label: 'Packet comments (3)',
      children: comments.map((label) => ({ name: 'frame.comment', label })),
    });
    expect(fields[1]?.name).toBe('frame');
    expect(await bench.client.call('comments.get', { packet: 1 })).toEqual({ own: 'mine' });
    expect((await bench.client.call('packets.details', { index: 0 })).fields[0]?.name).toBe('frame');
  });

  it('are filtered by, also while they change', async () => {
    await bench.openBytes(commented(), 'commented.pcapng');
    await bench.filter('frame.comment');
    expect(await shown()).toEqual([1, 4]);
    await bench.client.call('comments.set', { packet: 2, text: 'a strange handshake' });
    await bench.until(({ filter: { shown: count } }) => count === 3);
    await bench.filter('frame.comment contains "strange"');
    expect(await shown()).toEqual([2]);
    await bench.filter('frame.comment == "second <b>one</b>"');
    expect(await shown()).toEqual([1]);
  });

  it.skipIf(!hasTshark())(
    `are written to a file, and Wireshark reads them${hasTshark() ? '' : ' (skipped: tshark is not installed)'}`,
    async () => {
      await bench.openBytes(commented(), 'commented.pcapng');
      const long = 'long '.repeat(13_000);
      await bench.client.call('comments.set', { packet: 1, text: 'mine: "äö"' });
      await bench.client.call('comments.set', { packet: 5, text: long });
      const path = join(bench.folder, 'saved.pcapng');
      await bench.client.call('export.write', { path, request: { table: 'packets', packets: { of: 'all' }, format: 'pcapng' } });
      const args = ['-r', path, '-T', 'fields', '-E', 'aggregator=|', '-e', 'frame.number', '-e', 'frame.comment'];
      const told = spawnSync('tshark', args, { encoding: 'utf8' });
      expect(told.status).toBe(0);
      expect(told.stdout.trimEnd().split('\n')).toEqual([
        '1\t',
        '2\tfirst|second <b>one</b>|mine: "äö"',
        '3\t',
        '4\t',
        '5\ta line\\nand another',
        `6\t${long.trim()}`,
      ]);
      // And so do we.
      await bench.client.call('session.open', { path });
      await bench.until((tick) => tick.session?.path === path && tick.load.state === 'done');
      expect((await bench.client.call('packets.details', { index: 5 })).comments).toEqual([long.trim()]);
      expect((await bench.client.call('packets.details', { index: 1 })).comments).toHaveLength(3);
    },
  );
});

it('marks and comments return with their file, also under another name, and not with another one', async () => {
  const inOneRun = async <T>(path: string, run: (one: EngineBench) => Promise<T>): Promise<T> => {
    const store = await openStore(join(bench.folder, 'portlight.sqlite'));
    if (!store.ok) throw new Error(store.problem.sentence);
    const one = await EngineBench.start({ history: new History(store.value) });
    try {
      await one.client.call('session.open', { path });
      await one.until(({ load }) => load.state === 'done');
      return await run(one);
    } finally {
      await one.close();
    }
  };
  const path = await bench.file('mine.pcapng', commented());
  await inOneRun(path, async ({ client }) => {
    await client.call('marks.toggle', { ranges: [[1, 3]] });
    await client.call('marks.toggle', { ranges: [[2, 2]] });
    await client.call('comments.set', { packet: 4, text: 'look here' });
    await client.call('comments.set', { packet: 5, text: 'wrong' });
    await client.call('comments.set', { packet: 5, text: '' });
  });
  const other = await bench.file('other.pcap', DRAWING.pcap());
  await inOneRun(other, async (one) => expect(one.engine.tick().annotations).toMatchObject({ marked: 0, commented: 0 }));
  const moved = join(bench.folder, 'moved.pcapng');
  await copyFile(path, moved);
  spawnSync('touch', ['-r', path, moved]);
  await inOneRun(moved, async (one) => {
    expect(one.engine.tick().annotations).toMatchObject({ marked: 2, commented: 2 });
    await one.filter('frame.marked');
    const { rows } = await one.client.call('packets.rows', { from: 0, count: 10 });
    expect(rows.map(({ index }) => index)).toEqual([1, 3]);
    expect((await one.client.call('packets.details', { index: 4 })).comments).toEqual(['a line\nand another', 'look here']);
    await one.client.call('marks.clear', {});
  });
  await inOneRun(moved, async (one) => expect(one.engine.tick().annotations).toMatchObject({ marked: 0, commented: 2 }));
});
