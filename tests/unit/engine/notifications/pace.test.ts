import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../../src/engine/notifications/pace';
import type { Notice, QuietHours } from '../../../../src/shared/contract/notifications';
import type { Severity } from '../../../../src/shared/model/alerts';
import { alertNotice } from '../../../builders/notices';

const MINUTE = 60_000;

/** What came through, in one word each: 'alert 3', 'and 14 more (high, many)'. */
class Heard {
  readonly words: string[] = [];
  readonly times: number[] = [];

  readonly send = (notice: Notice): void => {
    this.times.push(Date.now());
    this.words.push(notice.kind === 'alert' ? `alert ${notice.alert}` : `and ${notice.count} more (${notice.severity}, ${notice.reason})`);
  };
}

describe('the pace of notifications', () => {
  let heard: Heard;
  const pace = (perMinute: number, quiet: QuietHours | null = null): Pace => new Pace({ perMinute, quiet }, heard.send);
  const offer = (to: Pace, count: number, severity: Severity = 'high'): void => {
    for (let alert = 1; alert <= count; alert++) to.offer(alertNotice({ alert, severity }));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date(2026, 0, 15, 12, 0));
    heard = new Heard();
  });

  afterEach(() => vi.useRealTimers());

  it('tells the first at once and sums up the rest of a burst', () => {
    const to = pace(4);
    offer(to, 17);
    expect(heard.words).toEqual(['alert 1', 'alert 2', 'alert 3']);
    vi.advanceTimersByTime(MINUTE / 2);
    expect(heard.words.slice(3)).toEqual(['and 14 more (high, many)']);
  });

  it('tells a single alert that had to wait as itself', () => {
    const to = pace(3);
    offer(to, 3);
    vi.advanceTimersByTime(MINUTE / 2);
    expect(heard.words).toEqual(['alert 1', 'alert 2', 'alert 3']);
  });

  it('waits for the next minute when even the sum found no room', () => {
    const to = pace(2);
    offer(to, 5);
    vi.advanceTimersByTime(MINUTE / 2);
    expect(heard.words).toEqual(['alert 1', 'and 4 more (high, many)']);
    offer(to, 3, 'critical');
    vi.advanceTimersByTime(MINUTE / 4);
    expect(heard.words).toHaveLength(2);
    vi.advanceTimersByTime(MINUTE);
    expect(heard.words.slice(2)).toEqual(['and 3 more (critical, many)']);
  });

  it('names the highest severity of those that it sums up', () => {
    const to = pace(2);
    offer(to, 2, 'low');
    offer(to, 1, 'critical');
    offer(to, 1, 'medium');
    vi.advanceTimersByTime(MINUTE / 2);
    expect(heard.words.at(-1)).toBe('and 3 more (critical, many)');
  });

  it('says nothing in the quiet hours, and how many there were when they end', () => {
    const to = pace(6, { from: 11 * 60, to: 13 * 60 });
    offer(to, 20);
    vi.advanceTimersByTime(59 * MINUTE);
    expect(heard.words).toEqual([]);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(heard.words).toEqual(['and 20 more (high, quiet)']);
  });

  it('says at once what waited when the quiet hours are called off', () => {
    const to = pace(6, { from: 11 * 60, to: 13 * 60 });
    offer(to, 3);
    vi.advanceTimersByTime(MINUTE);
    to.configure({ perMinute: 6, quiet: null });
    expect(heard.words).toEqual(['and 3 more (high, quiet)']);
  });

  it('never tells more than it may in any minute, and loses no alert', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.array(fc.record({ after: fc.integer({ min: 0, max: 40_000 }), count: fc.integer({ min: 1, max: 30 }) }), { maxLength: 20 }),
        (perMinute, bursts) => {
          heard = new Heard();
          let total = 0;
          const notices: Notice[] = [];
          const to = new Pace({ perMinute, quiet: null }, (notice) => {
            notices.push(notice);
            heard.send(notice);
          });
          for (const { after, count } of bursts) {
            vi.advanceTimersByTime(after);
            offer(to, count);
            total += count;
          }
          vi.advanceTimersByTime(3 * MINUTE);
          expect(notices.reduce((sum, notice) => sum + (notice.kind === 'summary' ? notice.count : 1), 0)).toBe(total);
          for (const time of heard.times) {
            expect(heard.times.filter((other) => other >= time && other < time + MINUTE).length).toBeLessThanOrEqual(perMinute);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
