import { expect, it } from 'vitest';
import { timeTest } from '../../../../src/renderer/app/dialogs/time-test';

/** Of this computer's clock. */
const epoch = (day: number, ...clock: [number, number, number]): number => new Date(2026, 2, day, ...clock).getTime() / 1000;
const FIRST = epoch(14, 22, 30, 0) + 0.25;

it.each([
  ['12.5', 'frame.time_relative >= 12.5'],
  ['12 s', 'frame.time_relative >= 12'],
  [' 0.000001s ', 'frame.time_relative >= 0.000001'],
  ['22:30', `frame.time_epoch >= ${epoch(14, 22, 30, 0)}`],
  ['23:00:01', `frame.time_epoch >= ${epoch(14, 23, 0, 1)}`],
  ['23:00:01.5', `frame.time_epoch >= ${epoch(14, 23, 0, 1)}.5`],
  // After midnight.
  ['1:00:00', `frame.time_epoch >= ${epoch(15, 1, 0, 0)}`],
  ['2026-03-13 08:00:00', `frame.time_epoch >= ${epoch(13, 8, 0, 0)}`],
])('%s is %s', (text, test) => {
  expect(timeTest(text, FIRST)).toBe(test);
});

it.each(['12', '1,200', 'noon', '12:', '', '1.2.3'])('"%s" is no time', (text) => {
  expect(timeTest(text, FIRST)).toBeNull();
});
