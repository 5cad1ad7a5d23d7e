import { describe, expect, it } from 'vitest';
import { formatDay } from '../../../../src/renderer/widgets/format/day';

const words = { today: (time: string) => `today ${time}`, yesterday: (time: string) => `yesterday ${time}` };
const NOW = new Date(2026, 2, 1, 9, 0);

describe('the day of something that happened', () => {
  it.each([
    ['today 00:00', new Date(2026, 2, 1, 0, 0)],
    ['today 08:59', new Date(2026, 2, 1, 8, 59)],
    ['yesterday 23:59', new Date(2026, 1, 28, 23, 59)],
    ['yesterday 00:00', new Date(2026, 1, 28, 0, 0)],
    ['2026-02-27 23:59', new Date(2026, 1, 27, 23, 59)],
    ['2025-03-01 09:00', new Date(2025, 2, 1, 9, 0)],
  ])('is %s', (text, time) => {
    expect(formatDay(time, NOW, words)).toBe(text);
  });
});
