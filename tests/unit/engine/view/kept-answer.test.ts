import { describe, expect, it } from 'vitest';
import { KeptAnswer } from '../../../../src/engine/view/kept-answer';

describe('an answer that is kept', () => {
  it('is made once for all who ask the same', async () => {
    const kept = new KeptAnswer<number>();
    let made = 0;
    const ask = () => kept.get('a', false, async () => ++made);
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(await ask()).toBe(1);
  });

  it('gives up the one before when something else is asked, and calls what came of it nobody’s answer', async () => {
    const kept = new KeptAnswer<string>();
    const first = kept.get('a', false, (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('half of a'))));
    const second = kept.get('b', false, async () => 'b');
    await expect(first).rejects.toThrow('Something else was asked for meanwhile.');
    expect(await second).toBe('b');
  });

  it('is made anew after a failure', async () => {
    const kept = new KeptAnswer<number>();
    await expect(kept.get('a', false, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await kept.get('a', false, async () => 2)).toBe(2);
  });
});
