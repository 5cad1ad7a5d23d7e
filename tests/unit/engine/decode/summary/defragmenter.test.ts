import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IpDefragmenter } from '../../../../../src/engine/decode/summary/defragmenter';

interface Fragment {
  readonly offset: number;
  readonly more: boolean;
  readonly bytes: Uint8Array;
}

const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * 7 + (i >> 8));

const cut = (whole: Uint8Array, size: number): Fragment[] =>
  Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => ({
    offset: i * size,
    more: (i + 1) * size < whole.length,
    bytes: whole.slice(i * size, (i + 1) * size),
  }));

/** Packets numbered from 0; the datagram's number is its source address. */
class Receiver {
  readonly defragmenter = new IpDefragmenter();
  #row = 0;

  take({ offset, more, bytes }: Fragment, datagram = 1, id = 7): Uint8Array | null {
    this.defragmenter.packet = this.#row++;
    return this.defragmenter.add(datagram, 2, id, 17, offset, more, bytes, 0, bytes.length);
  }

  /** What the last of these completes. */
  takeAll(fragments: readonly Fragment[]): (Uint8Array | null)[] {
    return fragments.map((fragment) => this.take(fragment));
  }
}

describe('a datagram', () => {
  it('is complete with its last fragment, whatever the order', () => {
    const shape = fc.tuple(fc.integer({ min: 9, max: 4000 }), fc.integer({ min: 1, max: 60 }), fc.infiniteStream(fc.nat()));
    fc.assert(
      fc.property(shape, ([length, words, order]) => {
        const whole = pattern(length);
        const fragments = cut(whole, words * 8).map((fragment) => ({ fragment, place: order.next().value as number }));
        const shuffled = fragments.toSorted((a, b) => a.place - b.place).map(({ fragment }) => fragment);
        const receiver = new Receiver();
        const answers = receiver.takeAll(shuffled);
        expect(answers.slice(0, -1).every((answer) => answer === null)).toBe(true);
        expect(answers.at(-1)).toEqual(whole);
        expect(receiver.defragmenter.completedPackets).toEqual(shuffled.map((_, i) => i));
      }),
    );
  });

  it('keeps what came first where fragments repeat or overlap', () => {
    const whole = pattern(48);
    const [first, second, third] = cut(whole, 16) as [Fragment, Fragment, Fragment];
    const receiver = new Receiver();
    const evil = { offset: 8, more: true, bytes: new Uint8Array(16).fill(0xee) };
    expect(receiver.takeAll([first, first, evil, third, { ...second, bytes: second.bytes.slice(0, 8), more: false }, second])).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(new Receiver().takeAll([first, evil, second, third]).at(-1)).toEqual(whole);
  });

  it('is not another one: ends and identification tell them apart', () => {
    const receiver = new Receiver();
    const [first, second] = cut(pattern(32), 16) as [Fragment, Fragment];
    expect(receiver.take(first, 1, 7)).toBeNull();
    expect(receiver.take(second, 1, 8)).toBeNull();
    expect(receiver.take(second, 2, 7)).toBeNull();
    expect(receiver.take(second, 1, 7)).toEqual(pattern(32));
  });

  it('cannot be longer than IP allows (the ping of death)', () => {
    const receiver = new Receiver();
    expect(receiver.take({ offset: 65_528, more: false, bytes: new Uint8Array(1000) })).toBeNull();
    expect(receiver.take({ offset: 0, more: true, bytes: new Uint8Array(65_528) })).toBeNull();
  });
});

describe('a flood', () => {
  it('of beginnings gives up the oldest datagrams', () => {
    const receiver = new Receiver();
    const [first, second] = cut(pattern(32), 16) as [Fragment, Fragment];
    for (let datagram = 0; datagram < 3000; datagram++) receiver.take(first, datagram);
    expect(receiver.defragmenter.abandoned).toBe(3000 - 1024);
    expect(receiver.take(second, 0)).toBeNull();
    expect(receiver.take(second, 2999)).toEqual(pattern(32));
  });

  it('of the smallest fragments is counted by what they cost, in datagrams old and new', () => {
    const receiver = new Receiver();
    // 500,000 fragments of 8 bytes: 4 MB of payload, but a hundred of objects.
    const bytes = new Uint8Array(8);
    for (let i = 1; i < 501; i++)
      for (let datagram = 0; datagram < 1000; datagram++) receiver.take({ offset: i * 8, more: true, bytes }, datagram);
    expect(receiver.defragmenter.abandoned).toBeGreaterThan(1000);
  });

  it('of any fragments neither throws nor completes something that was not sent', () => {
    const fragment = fc.record({ offset: fc.nat(40).map((n) => n * 8), more: fc.boolean(), bytes: fc.uint8Array({ maxLength: 64 }) });
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), (fragments) => {
        const receiver = new Receiver();
        for (const one of fragments) {
          const whole = receiver.take(one);
          if (whole) expect(fragments.some(({ offset, bytes, more }) => !more && offset + bytes.length === whole.length)).toBe(true);
        }
      }),
    );
  });
});
