import { describe, expect, it } from 'vitest';
import { CaptureGroup } from '../../../../../src/engine/sources/live/capture-group';
import { draw } from '../../../../builders/draw';
import { LiveStream } from '../../../../builders/live-stream';

const [FRAME = new Uint8Array(60)] = draw('10.0.0.1:1 > 10.0.0.2:2 S').frames;
const frames = (count: number) => Array.from({ length: count }, (_, i) => ({ data: FRAME, time: 1.7e15 + i }));

async function group(...captures: readonly LiveStream[]): Promise<CaptureGroup> {
  const [first = new LiveStream(), ...others] = captures;
  const opened = await CaptureGroup.open(first);
  if (!opened.ok) throw new Error(opened.problem.sentence);
  for (const other of others) expect((await opened.value.add(other)).ok).toBe(true);
  return opened.value;
}

async function readAll({ source }: CaptureGroup): Promise<number> {
  let packets = 0;
  for (let batch = await source.nextBatch(100, 10); batch !== null; batch = await source.nextBatch(100, 10)) packets += batch.count;
  await source.close();
  return packets;
}

describe('captures that are one session', () => {
  it('are counted apart and together', async () => {
    const [one, two] = [new LiveStream('eth0'), new LiveStream('eth1')];
    const both = await group(one, two);
    await one.send(frames(3));
    await two.send(frames(2));
    two.dropped = 4;
    expect(both.name).toBe('eth0 + eth1');
    expect(both.parts.map(({ name, counts: { received, droppedByKernel } }) => [name, received, droppedByKernel])).toEqual([
      ['eth0', 3, 0],
      ['eth1', 2, 4],
    ]);
    expect(both.counts()).toEqual({ received: 5, droppedByKernel: 4, droppedByInterface: null });
    void both.stop();
    expect(await readAll(both)).toBe(5);
    expect(await both.ended).toMatchObject({ problem: null, counts: { received: 5, droppedByKernel: 4 } });
    expect(both.interfaceCounts()).toMatchObject([{ received: 3 }, { received: 2, droppedByKernel: 4 }]);
  });

  it('go on where one of them dies, and say so', async () => {
    const [one, two] = [new LiveStream('eth0'), new LiveStream('eth1')];
    const both = await group(one, two);
    one.die({ code: 'tool-killed', sentence: 'The program was killed.' });
    await one.ended;
    await two.send(frames(2));
    await expect
      .poll(() => both.warnings)
      .toEqual([{ code: 'tool-killed', sentence: 'eth0: The program was killed.', next: 'The other sources go on.' }]);
    const reading = readAll(both);
    await two.stop();
    expect(await reading).toBe(2);
    expect(await both.ended).toMatchObject({ problem: null });
  });

  it('end with a problem where all died', async () => {
    const [one, two] = [new LiveStream('eth0'), new LiveStream('eth1')];
    const both = await group(one, two);
    for (const each of [one, two]) each.die({ code: 'tool-killed', sentence: `${each.name} was killed.` });
    await readAll(both);
    expect(await both.ended).toMatchObject({ problem: { sentence: 'eth1 was killed.' } });
    expect((await both.add(new LiveStream('eth2'))).ok).toBe(false);
  });

  it('have gaps of their own: others went on', async () => {
    const [one, two] = [new LiveStream('eth0'), new LiveStream('eth1')];
    const both = await group(one);
    one.gaps.push({ from: 5, to: 9, reason: 'It was lost.' });
    expect(both.gaps).toEqual([{ from: 5, to: 9, reason: 'It was lost.' }]);
    expect((await both.add(two)).ok).toBe(true);
    two.gaps.push({ from: 3, to: null, reason: 'It was lost, too.' });
    expect(both.gaps).toEqual([
      { from: 3, to: null, reason: 'eth1: It was lost, too.', isPartial: true },
      { from: 5, to: 9, reason: 'eth0: It was lost.', isPartial: true },
    ]);
    const known = both.gaps[1];
    two.gaps[0] = { from: 3, to: 7, reason: 'It was lost, too.' };
    expect(both.gaps[0]).toMatchObject({ to: 7 });
    expect(both.gaps[1]).toBe(known);
    void both.stop();
    await readAll(both);
  });
});
