import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LossRecord } from '../../../../src/engine/live/loss-record';

const SECOND = 1e9;

describe('when packets were lost', () => {
  it('is told by the second in which the counter grew', () => {
    const record = new LossRecord();
    for (const [second, dropped] of [0, 0, 5, 5, 12].entries()) record.add(second * SECOND, dropped);
    expect(record.losses).toEqual([
      { from: 1 * SECOND, to: 2 * SECOND, packets: 5 },
      { from: 3 * SECOND, to: 4 * SECOND, packets: 7 },
    ]);
  });

  it('keeps the sum and the order however many there are, in bounded room', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.nat(9)), { maxLength: 400 }), (readings) => {
        const record = new LossRecord(10);
        let time = 0;
        let dropped = 0;
        for (const [later, more] of readings) {
          time += later * SECOND;
          dropped += more;
          record.add(time, dropped);
        }
        const { losses } = record;
        expect(losses.length).toBeLessThanOrEqual(10);
        expect(losses.reduce((sum, { packets }) => sum + packets, 0)).toBe(dropped);
        for (const [i, { from, to }] of losses.entries()) {
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThanOrEqual(losses[i - 1]?.to ?? 0);
        }
      }),
    );
  });

  it('is at the time of the newest packet also where the clock went back', () => {
    const record = new LossRecord();
    record.add(5 * SECOND, 0);
    record.add(3 * SECOND, 4);
    expect(record.losses).toEqual([{ from: 3 * SECOND, to: 3 * SECOND, packets: 4 }]);
  });
});
