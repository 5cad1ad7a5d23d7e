import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Paced } from '../../../../src/renderer/client/paced';

describe('a job that is asked for more often than it may run', () => {
  let begun = 0;
  let finish: (() => void)[] = [];
  const slow = (): Promise<void> => {
    begun++;
    return new Promise((resolve) => finish.push(resolve));
  };
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    begun = 0;
    finish = [];
  });
  afterEach(() => vi.useRealTimers());

  it('runs at once, then once in the interval for all that was asked meanwhile', async () => {
    const job = new Paced(async () => void begun++, 1000);
    job.ask();
    await pass(0);
    expect(begun).toBe(1);
    for (let time = 0; time < 900; time += 100) {
      job.ask();
      await pass(100);
    }
    expect(begun).toBe(1);
    await pass(100);
    expect(begun).toBe(2);
    await pass(10_000);
    expect(begun).toBe(2);
  });

  it('never runs twice at a time, even when asked urgently', async () => {
    const job = new Paced(slow, 1000);
    job.ask(true);
    await pass(0);
    job.ask(true);
    await pass(5000);
    expect(begun).toBe(1);
    finish[0]?.();
    await pass(0);
    expect(begun).toBe(2);
  });

  it('skips the wait for what is urgent', async () => {
    const job = new Paced(async () => void begun++, 1000);
    job.ask();
    await pass(0);
    job.ask();
    await pass(10);
    job.ask(true);
    await pass(0);
    expect(begun).toBe(2);
    await pass(5000);
    expect(begun).toBe(2);
  });

  it('begins nothing after it was stopped, until it is asked again', async () => {
    const job = new Paced(slow, 1000);
    job.ask();
    await pass(0);
    job.ask();
    job.stop();
    finish[0]?.();
    await pass(5000);
    expect(begun).toBe(1);
    job.ask();
    await pass(0);
    expect(begun).toBe(2);
  });
});
