import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda, type Script } from '../../../../../src/engine/sources/demo/agenda';

/** Notes when it goes on. */
function* walker(agenda: Agenda, name: string, waits: readonly number[], log: (readonly [number, string])[]): Script {
  log.push([agenda.now, name]);
  for (const wait of waits) {
    yield wait;
    log.push([agenda.now, name]);
  }
}

const runAll = (agenda: Agenda): void => {
  while (agenda.next < Number.POSITIVE_INFINITY) agenda.step();
};

describe('the agenda of a demo', () => {
  it('lets every script go on when its time has come, in the order of the times', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 8 }), { maxLength: 30 }), (scripts) => {
        const agenda = new Agenda();
        const log: (readonly [number, string])[] = [];
        for (const [i, waits] of scripts.entries()) agenda.start(walker(agenda, `${i}`, waits, log), i / 10);
        runAll(agenda);
        const times = log.map(([time]) => time);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const [i, waits] of scripts.entries()) {
          const own = log.filter(([, name]) => name === `${i}`).map(([time]) => time);
          expect(own).toHaveLength(waits.length + 1);
          // To the nanosecond, and never at once.
          for (const [at, wait] of waits.entries()) expect((own[at + 1] ?? 0) - (own[at] ?? 0)).toBe(Math.max(1, Math.round(wait * 1e9)));
        }
      }),
    );
  });

  it('has room for so many scripts and no more', () => {
    const agenda = new Agenda();
    const log: (readonly [number, string])[] = [];
    for (let i = 0; i < 10_000; i++) agenda.start(walker(agenda, '', [], log));
    runAll(agenda);
    expect(log).toHaveLength(4096);
  });
});
