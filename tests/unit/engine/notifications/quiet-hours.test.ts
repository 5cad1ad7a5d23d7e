import { describe, expect, it } from 'vitest';
import { isQuiet } from '../../../../src/engine/notifications/quiet-hours';

/** Epoch milliseconds of '23:30' by the local clock. */
function at(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return new Date(2026, 0, 15, hours, minutes).getTime();
}

const minute = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};
const quiet = (from: string, to: string, now: string): boolean => isQuiet({ from: minute(from), to: minute(to) }, at(now));

describe('quiet hours', () => {
  it.each([
    ['09:00', '17:00', '08:59', false],
    ['09:00', '17:00', '09:00', true],
    ['09:00', '17:00', '16:59', true],
    ['09:00', '17:00', '17:00', false],
    ['22:00', '07:00', '21:59', false],
    ['22:00', '07:00', '22:00', true],
    ['22:00', '07:00', '23:59', true],
    ['22:00', '07:00', '00:00', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['00:00', '00:00', '12:00', false],
  ])('from %s to %s, at %s: %s', (from, to, now, expected) => {
    expect(quiet(from, to, now)).toBe(expected);
  });

  it('are never, where none are set', () => expect(isQuiet(null, at('03:00'))).toBe(false));
});
