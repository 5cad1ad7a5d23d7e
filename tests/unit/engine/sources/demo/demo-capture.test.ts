import { afterEach, describe, expect, it } from 'vitest';
import { DEMO_NAME, DemoCapture } from '../../../../../src/engine/sources/demo/demo-capture';
import { epochsOf } from '../../../../builders/pcap-times';

const START = 1_800_000_000_000;

/** A demo whose clock is moved by hand. */
class SteppedDemo {
  time = START;
  readonly capture = new DemoCapture({ seed: 7, clock: () => this.time });
  readonly #bytes: Uint8Array[] = [];

  /** The clock goes on, and what came is read. */
  async read(milliseconds: number): Promise<this> {
    this.time += milliseconds;
    const { stream } = this.capture;
    // Until two looks at the clock in a row found nothing.
    for (let quiet = 0; quiet < 2; ) {
      await new Promise((settle) => setTimeout(settle, 25));
      const piece: Uint8Array | null = stream.read();
      if (piece === null) quiet++;
      else this.#bytes.push(piece);
    }
    return this;
  }

  /** Seconds since the start, of each packet that was read. */
  get times(): number[] {
    return epochsOf(Buffer.concat(this.#bytes)).map((epoch) => epoch - START / 1000);
  }
}

describe('a demo', () => {
  let demo: SteppedDemo;
  afterEach(() => demo.capture.stream.destroy());
  const between = (from: number, to: number): number => demo.times.filter((time) => time >= from && time < to).length;

  it('says in its name what it is', () => {
    demo = new SteppedDemo();
    expect(demo.capture.name).toBe(DEMO_NAME);
    expect(DEMO_NAME).toMatch(/^Demo: generated/);
  });

  it('has packets of the time that went by, with its times', async () => {
    demo = await new SteppedDemo().read(900);
    const before = demo.times.length;
    expect(between(0, 0.9)).toBe(before);
    await demo.read(900);
    expect(between(0.9, 1.8)).toBeGreaterThan(100);
    expect(between(0.9, 1.8)).toBe(demo.times.length - before);
    expect(demo.times).toEqual([...demo.times].sort((a, b) => a - b));
    expect(demo.capture.counts()).toEqual({ received: demo.times.length, droppedByKernel: 0, droppedByInterface: 0 });
  });

  it('does not make up for what was missed while the machine slept', async () => {
    demo = await new SteppedDemo().read(900);
    const before = demo.times.length;
    await demo.read(3600_000);
    expect(demo.times.length).toBe(before);
    await demo.read(900);
    expect(between(0.9, 3600)).toBe(0);
    expect(between(3600, 3602)).toBeGreaterThan(100);
  });

  it('goes on where the clock is set back', async () => {
    demo = await new SteppedDemo().read(900);
    const before = demo.times.length;
    await demo.read(-7200_000);
    await demo.read(900);
    expect(between(-7200, -7198)).toBe(demo.times.length - before);
    expect(demo.times.length).toBeGreaterThan(before + 100);
  });

  it('generates nothing while nobody reads', async () => {
    demo = await new SteppedDemo().read(500);
    for (let second = 0; second < 60; second++) {
      demo.time += 900;
      await new Promise((settle) => setTimeout(settle, 1));
    }
    await new Promise((settle) => setTimeout(settle, 50));
    // What the stream may hold, and no minute.
    expect(demo.capture.stream.readableLength).toBeLessThan(1_500_000);
  });

  it('ends when it is stopped, by call or by signal, however often', async () => {
    demo = await new SteppedDemo().read(300);
    const ends = await Promise.all([demo.capture.stop(), demo.capture.stop(), demo.capture.ended]);
    expect(ends.map(({ problem }) => problem)).toEqual([null, null, null]);
    const cancel = new AbortController();
    const other = new DemoCapture({ signal: cancel.signal });
    cancel.abort();
    expect((await other.ended).problem).toBeNull();
    expect((await new DemoCapture({ signal: AbortSignal.abort() }).ended).problem).toBeNull();
  });
});
