import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowPages } from '../../../../src/renderer/client/row-pages';

/** An engine that holds its answers back until it is told to give them. */
class SlowEngine {
  total = 100_000;
  prefix = 'row';
  readonly asked: { from: number; count: number }[] = [];
  #waiting: (() => void)[] = [];

  readonly fetch = (from: number, count: number): Promise<{ rows: string[]; total: number }> => {
    this.asked.push({ from, count });
    const { prefix, total } = this;
    const rows = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, index) => `${prefix} ${from + index}`);
    return new Promise((resolve) => this.#waiting.push(() => resolve({ rows, total })));
  };

  async answer(): Promise<void> {
    for (const give of this.#waiting.splice(0)) give();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function setUp() {
  const engine = new SlowEngine();
  let changes = 0;
  const pages = new RowPages<string>(engine.fetch, () => changes++);
  return { engine, pages, changes: () => changes };
}

describe('the rows around what is on screen', () => {
  it('come with those before and behind, in one question', async () => {
    const { engine, pages } = setUp();
    pages.want(1000, 50, engine.total);
    expect(pages.rowAt(1000)).toBeUndefined();
    await engine.answer();
    expect(engine.asked).toHaveLength(1);
    expect(pages.rowAt(1000)).toBe('row 1000');
    expect(pages.rowAt(960)).toBe('row 960');
    expect(pages.rowAt(1099)).toBe('row 1099');
    expect(pages.rowAt(1000)).toBe(pages.rowAt(1000));
  });

  it('are asked for one question at a time, the newest wish next', async () => {
    const { engine, pages } = setUp();
    for (const first of [0, 10_000, 20_000, 30_000]) pages.want(first, 50, engine.total);
    expect(engine.asked).toHaveLength(1);
    await engine.answer();
    expect(engine.asked).toHaveLength(2);
    expect(engine.asked[1]?.from).toBeGreaterThan(29_000);
    await engine.answer();
    expect(pages.rowAt(30_000)).toBe('row 30000');
    expect(pages.rowAt(10_000)).toBeUndefined();
  });

  it('stay visible after a reset until the new ones have come', async () => {
    const { engine, pages } = setUp();
    pages.want(0, 50, engine.total);
    await engine.answer();
    engine.prefix = 'other';
    pages.reset(true);
    expect(pages.rowAt(5)).toBe('row 5');
    await engine.answer();
    expect(pages.rowAt(5)).toBe('other 5');
    pages.reset(false);
    expect(pages.rowAt(5)).toBeUndefined();
  });

  it('that were asked for before a reset are not taken for those after it', async () => {
    const { engine, pages } = setUp();
    pages.want(0, 50, engine.total);
    engine.prefix = 'other';
    pages.reset(true);
    await engine.answer();
    expect(pages.rowAt(5)).toBeUndefined();
    await engine.answer();
    expect(pages.rowAt(5)).toBe('other 5');
  });

  it('grow with the list, and are not asked for again and again where it ended early', async () => {
    const { engine, pages } = setUp();
    engine.total = 60;
    pages.want(0, 50, 60);
    await engine.answer();
    engine.total = 90;
    pages.want(0, 50, 90);
    await engine.answer();
    expect(pages.rowAt(80)).toBe('row 80');
    pages.want(0, 50, 500); // more than there are
    await engine.answer();
    await engine.answer();
    const asked = engine.asked.length;
    await engine.answer();
    expect(engine.asked).toHaveLength(asked);
  });

  it('are bounded in number however far one scrolls', async () => {
    const { engine, pages } = setUp();
    engine.total = 10_000_000;
    for (let first = 0; first < 40_000; first += 400) {
      pages.want(first, 50, engine.total);
      await engine.answer();
    }
    expect([...pages.loaded()].length).toBeLessThanOrEqual(64 * 128);
    expect(pages.rowAt(39_600)).toBe('row 39600');
  });
});

/** An engine whose list forgets its oldest rows: positions count from the first that is kept. */
class ForgettingEngine {
  first = 0;
  end = 10_000;
  asked: number[] = [];

  readonly fetch = async (from: number, count: number) => {
    this.asked.push(from);
    const place = this.first + from;
    const rows = Array.from({ length: Math.max(0, Math.min(count, this.end - place)) }, (_, i) => `row ${place + i}`);
    await Promise.resolve();
    // As it is when the answer goes out.
    const moved = this.first - place;
    return { rows: rows.slice(Math.max(0, moved)), total: this.end - this.first, from: Math.max(0, -moved), forgotten: this.first };
  };
}

describe('rows of a list whose oldest go', () => {
  const expectRight = (pages: RowPages<string>, from: number, to: number): void => {
    for (let place = from; place < to; place++) expect(pages.rowAt(place)).toBe(`row ${place}`);
  };

  it('keep their place, and are not asked for again', async () => {
    const engine = new ForgettingEngine();
    const pages = new RowPages<string>(engine.fetch, () => undefined);
    pages.want(5000, 50, engine.end);
    await pages.settled();
    expectRight(pages, 4960, 5090);
    engine.first = 4000;
    engine.end = 14_000;
    pages.want(5000, 50, engine.end);
    await pages.settled();
    expect(engine.asked).toHaveLength(1);
    pages.want(13_900, 50, engine.end);
    await pages.settled();
    expectRight(pages, 13_900, 14_000);
    expectRight(pages, 5000, 5050);
    expect(pages.end).toBe(14_000);
  });

  it('come although positions moved on the way, wherever in a page the list begins now', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3000), { minLength: 1, maxLength: 8 }), fc.nat(400), async (steps, back) => {
        const engine = new ForgettingEngine();
        const pages = new RowPages<string>(engine.fetch, () => undefined);
        for (const step of steps) {
          engine.end += 3000;
          const first = Math.max(engine.first, engine.end - 50 - back);
          pages.want(first, 50, engine.end);
          // While the question is under way.
          engine.first = Math.min(engine.first + step, engine.end - 1);
          await pages.settled();
          pages.want(Math.max(first, engine.first), 50, engine.end);
          await pages.settled();
          expectRight(pages, Math.max(first, engine.first), Math.min(first + 50, engine.end));
        }
      }),
    ));
});
