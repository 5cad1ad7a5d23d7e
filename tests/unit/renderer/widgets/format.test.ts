import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisBitRate,
  formatBitRate,
  formatBytes,
  formatCount,
  formatRate,
  formatShare,
} from '../../../../src/renderer/widgets/format/numbers';
import { epochOf, formatClock, formatDate, formatDuration, formatSeconds } from '../../../../src/renderer/widgets/format/time';

describe('numbers', () => {
  it('have separators and units', () => {
    expect(formatCount(1_204_118)).toBe('1,204,118');
    expect([0, 999, 1000, 71_234, 999_600, 1_500_000, 4e9].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '71.2 kB',
      '1 MB',
      '1.50 MB',
      '4 GB',
    ]);
  });

  it('never call something nothing or a part the whole', () => {
    expect([0, 1, 12, 999, 1000].map((part) => formatShare(part, 1000))).toEqual(['0 %', '0.1 %', '1.2 %', '99.9 %', '100 %']);
    expect(formatShare(1, 1e7)).toBe('< 0.1 %');
    expect(formatShare(9_999_999, 1e7)).toBe('> 99.9 %');
    expect(formatShare(0, 0)).toBe('0 %');
    expect([0, 1e-9, 0.25, 15.38, 20_010.2].map(formatRate)).toEqual(['0', '< 0.01', '0.25', '15.4', '20,010']);
    expect([0, 0.001, 852, 103_000, 8.87e6].map(formatBitRate)).toEqual([
      '0 bit/s',
      '< 0.01 bit/s',
      '852 bit/s',
      '103 kbit/s',
      '8.87 Mbit/s',
    ]);
  });

  it('of one axis have one unit', () => {
    expect([0, 500_000, 1e6, 1.5e6, 2e6].map((rate) => axisBitRate(rate, 2e6))).toEqual([
      '0',
      '0.5 Mbit/s',
      '1 Mbit/s',
      '1.5 Mbit/s',
      '2 Mbit/s',
    ]);
    expect(axisBitRate(0.25, 1)).toBe('0.25 bit/s');
  });
});

describe('times', () => {
  it('are shown to the digit and cut like a clock', () => {
    expect(formatSeconds(1_234_567_899)).toBe('1.234567');
    expect(formatSeconds(1_234_567_899, 9)).toBe('1.234567899');
    expect(formatSeconds(-500_000_000)).toBe('-0.500000');
    expect(formatClock('1700000000.123456789', 'utc')).toBe('22:13:20.123456');
    expect(formatClock('1700000000.123456789', 'utc', 0)).toBe('22:13:20');
    expect(formatDate('1700000000.1', 'utc')).toBe('2023-11-14');
    expect(formatClock('', 'utc')).toBe('');
  });

  it('have lengths in the unit that suits them', () => {
    expect([0, 340, 1250, 2.5e6, 12.4e9, 192e9, 7500e9, 270_000e9].map(formatDuration)).toEqual([
      '0 ns',
      '340 ns',
      '1.25 µs',
      '2.50 ms',
      '12.4 s',
      '3 min 12 s',
      '2 h 05 min',
      '3 d 3 h',
    ]);
  });

  it('take any time that a file may claim', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (start, time) => {
        const epoch = epochOf(start, time);
        expect(formatClock(epoch, 'local')).not.toContain('NaN');
        expect(formatDate(epoch, 'utc')).not.toContain('NaN');
      }),
    );
  });

  it('add up with the session’s start without loss', () => {
    expect(epochOf(1_700_000_000, 1_500_000_001)).toBe('1700000001.500000001');
    expect(epochOf(1_700_000_000, -1)).toBe('1699999999.999999999');
  });
});
