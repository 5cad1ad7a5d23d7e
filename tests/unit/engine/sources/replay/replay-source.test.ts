import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPLAY_SPEEDS, type ReplaySpeed } from '../../../../../src/shared/model/replay';
import { draw } from '../../../../builders/draw';
import { writePcap } from '../../../../builders/pcap';
import { Replaying } from '../../../../builders/replaying';

const SECOND = 1e9;
const HEADER = 24;
const RECORD = 16;
const START = 1_700_000_000;
/** The longest that a frame may wait when it is due, ms. */
const LATE = 20;

/** A packet at each of these seconds. */
const at = (...seconds: readonly number[]): Uint8Array =>
  writePcap(
    seconds.map((time) => ({
      data: draw('10.0.0.1:1000 > 10.0.0.4:22 S').frames[0] ?? new Uint8Array(),
      seconds: START + Math.floor(time),
      fraction: Math.round((time % 1) * 1e6),
    })),
  );

const positions = (count: number): number[] => {
  const length = draw('10.0.0.1:1000 > 10.0.0.4:22 S').frames[0]?.length ?? 0;
  return Array.from({ length: count }, (_, i) => HEADER + RECORD + i * (RECORD + length));
};

describe('a replay', () => {
  it.each(REPLAY_SPEEDS)('at %dx hands each packet out when its time has come', async (speed) => {
    const times = [0.25, 0.25, 1, 1.5, 4, 60];
    const replaying = await Replaying.open(at(...times), speed);
    await replaying.toEnd();
    expect(replaying.played).toHaveLength(times.length);
    for (const [i, { at: played }] of replaying.played.entries()) {
      const due = (((times[i] ?? 0) - 0.25) * 1000) / speed;
      expect(played).toBeGreaterThanOrEqual(due - 1e-3);
      expect(played).toBeLessThanOrEqual(due + LATE);
    }
  });

  it('at full speed waits for nothing', async () => {
    const replaying = await Replaying.open(at(0, 100, 5000), null);
    await replaying.toEnd();
    expect(replaying.clock.now()).toBe(0);
    expect(replaying.source.position).toBe(5000 * SECOND);
  });

  it('hands packets out at once that are earlier than the one before', async () => {
    const replaying = await Replaying.open(at(10, 12, 3, 11, 13), 1);
    await replaying.toEnd();
    expect(replaying.played.map(({ position }) => position)).toEqual(positions(5));
    expect(replaying.clock.now()).toBeLessThanOrEqual(3000 + LATE);
  });

  it('steps by one packet, also where several have the same time', async () => {
    const replaying = await Replaying.open(at(0, 1, 1, 1, 0.5, 2), 1);
    await replaying.next();
    replaying.source.set(1, true);
    for (let shown = 1; shown <= 6; shown++) {
      await replaying.play(1000);
      expect(replaying.played).toHaveLength(shown);
      replaying.source.step(1);
    }
    await replaying.play(1000);
    expect(replaying.source.ended).toBe(true);
  });

  it('does not take steps that were left over for later', async () => {
    const replaying = await Replaying.open(at(0, 10, 20, 30), 1);
    await replaying.next();
    replaying.source.step(100);
    replaying.source.set(1, true);
    await replaying.play(1000);
    expect(replaying.played).toHaveLength(1);
  });

  it('goes forward to a time at once, paused or not, and stands there', async () => {
    for (const paused of [true, false]) {
      const replaying = await Replaying.open(at(0, 1, 2, 3, 3600), 1);
      await replaying.next();
      replaying.source.set(1, paused);
      expect(replaying.source.forwardTo(2 * SECOND)).toBe(true);
      await replaying.next();
      expect(replaying.played).toHaveLength(3);
      await replaying.play(1500);
      expect(replaying.played).toHaveLength(paused ? 3 : 4);
      expect(replaying.source.forwardTo(1 * SECOND)).toBe(false);
    }
  });

  it('goes to a time that was asked for before anything was read', async () => {
    const replaying = await Replaying.open(at(0.5, 1, 2, 3), 1);
    replaying.source.set(1, true);
    replaying.source.forwardTo(1.5 * SECOND);
    await replaying.play(5000);
    expect(replaying.played).toHaveLength(2);
    expect(replaying.source.position).toBe(1.5 * SECOND);
  });

  it('changes its pace from where it is', async () => {
    const replaying = await Replaying.open(at(0, 100), 1);
    await replaying.play(50_000);
    replaying.source.set(100, false);
    await replaying.toEnd();
    expect(replaying.clock.now()).toBeGreaterThanOrEqual(50_500 - 1);
    expect(replaying.clock.now()).toBeLessThanOrEqual(50_500 + 2 * LATE);
  });
});

type Act =
  | { readonly do: 'read'; readonly packets: number; readonly ms: number }
  | { readonly do: 'set'; readonly speed: ReplaySpeed; readonly paused: boolean }
  | { readonly do: 'step'; readonly packets: number }
  | { readonly do: 'seek'; readonly time: number };

const acts = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('read' as const), packets: fc.integer({ min: 1, max: 2000 }), ms: fc.integer({ min: 0, max: 200 }) }),
    fc.record({ do: fc.constant('set' as const), speed: fc.constantFrom(...REPLAY_SPEEDS, null), paused: fc.boolean() }),
    fc.record({ do: fc.constant('step' as const), packets: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ do: fc.constant('seek' as const), time: fc.double({ min: 0, max: 50 * SECOND, noNaN: true }) }),
  ),
  { maxLength: 40 },
);

async function act(replaying: Replaying, what: Act): Promise<void> {
  const { source } = replaying;
  if (what.do === 'read') await replaying.next(what.packets, what.ms);
  else if (what.do === 'set') source.set(what.speed, what.paused);
  else if (what.do === 'step') source.step(what.packets);
  else source.forwardTo(what.time);
}

describe('whatever is done to a replay', () => {
  it('every packet comes exactly once and in order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        acts,
        async (times, sorted, done) => {
          const replaying = await Replaying.open(at(...(sorted ? [...times].sort((a, b) => a - b) : times)), 1);
          for (const what of done) await act(replaying, what);
          replaying.source.set(100, false);
          await replaying.toEnd();
          expect(replaying.played.map(({ position }) => position)).toEqual(positions(times.length));
        },
      ),
      { numRuns: 300 },
    ));

  it('only steps and seeks bring packets while it is paused', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 60 }), acts, async (times, done) => {
        const replaying = await Replaying.open(at(...times), 1);
        await replaying.next(1);
        replaying.source.set(1, true);
        let steps = 0;
        for (const what of done) {
          if (what.do === 'set' || what.do === 'seek') continue;
          if (what.do === 'step') steps += what.packets;
          await act(replaying, what);
          expect(replaying.played.length).toBeLessThanOrEqual(1 + steps);
        }
        await replaying.play(1000);
        expect(replaying.played).toHaveLength(Math.min(times.length, 1 + steps));
      }),
      { numRuns: 200 },
    ));
});
