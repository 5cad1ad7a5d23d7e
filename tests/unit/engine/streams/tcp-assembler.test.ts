import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PieceTable } from '../../../../src/engine/streams/piece-table';
import { type Segment, TcpAssembler } from '../../../../src/engine/streams/tcp-assembler';

const BASE = 0xffffff80;

/** A stream whose sequence numbers wrap around; segments are [start, end) of its bytes. */
class Bench {
  readonly pieces = new PieceTable();
  readonly assembler = new TcpAssembler(this.pieces);
  readonly #sent: [number, number][] = [];

  constructor() {
    this.#add({ sender: 0, sequence: BASE - 1, syn: true });
  }

  send(start: number, end: number, captured = end - start): this {
    return this.#add({ sender: 0, sequence: BASE + start, length: end - start, captured }, start, end);
  }

  acknowledge(place: number): this {
    return this.#add({ sender: 1, sequence: 1, acknowledgement: BASE + place });
  }

  #add(segment: Partial<Segment> & { sender: 0 | 1 }, start = 0, end = 0): this {
    this.#sent.push([start, end]);
    const { sequence = 0, acknowledgement = 0 } = segment;
    this.assembler.add({
      row: this.#sent.length - 1,
      syn: false,
      length: 0,
      captured: 0,
      ...segment,
      sequence: sequence >>> 0,
      acknowledgement: acknowledgement >>> 0,
    });
    return this;
  }

  /** '0-10 lost:5 15-20', by the place of the bytes in the stream; a loose piece has a '?'. */
  get text(): string {
    this.assembler.addLoose();
    const { pieces } = this;
    const texts = Array.from({ length: pieces.count }, (_, at) => {
      const start = (this.#sent[pieces.row(at)]?.[0] ?? 0) + pieces.skip(at);
      const what = pieces.kind(at) === 'data' ? `${start}-${start + pieces.length(at)}` : `${pieces.kind(at)}:${pieces.length(at)}`;
      return `${what}${pieces.isLoose(at) ? '?' : ''}`;
    });
    this.assembler.loosen();
    return texts.join(' ');
  }
}

describe('what one side sent', () => {
  it('is in order whatever order it came in', () => {
    expect(new Bench().send(0, 10).send(20, 30).send(10, 20).text).toBe('0-10 10-20 20-30');
  });

  it('has no byte twice', () => {
    const bench = new Bench().send(0, 10).send(0, 10).send(5, 15).send(3, 12);
    expect(bench.text).toBe('0-10 10-15');
    expect(bench.assembler.repeated[0]).toBe(10 + 5 + 9);
  });

  it('says what is missing as soon as the receiver acknowledges what is behind it', () => {
    expect(new Bench().send(0, 10).send(15, 20).acknowledge(15).text).toBe('0-10 lost:5? 15-20?');
    expect(new Bench().send(0, 10).send(15, 20).acknowledge(16).send(20, 25).text).toBe('0-10 lost:5 15-20 20-25');
  });

  it('shows what waits at the end as loose, until it fits', () => {
    const bench = new Bench().send(0, 10).send(15, 20);
    expect(bench.text).toBe('0-10 lost:5? 15-20?');
    expect(bench.assembler.lost[0]).toBe(0);
    expect(bench.send(10, 15).text).toBe('0-10 10-15 15-20');
  });

  it('says where the capture kept less than was sent', () => {
    expect(new Bench().send(0, 100, 40).send(100, 110).text).toBe('0-40 cut:60 100-110');
  });

  it('does not take a keep-alive for data', () => {
    expect(new Bench().send(0, 10).send(9, 10).send(10, 12).text).toBe('0-10 10-12');
  });

  it('joins to the bytes that were sent, however they were cut, repeated and mixed', () => {
    const segments = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 60 })), { maxLength: 60 });
    fc.assert(
      fc.property(segments, fc.nat(), (extra, seed) => {
        const whole = Array.from({ length: 23 }, (_, i): [number, number] => [i * 20, 20]);
        const order = [...whole, ...extra].map((segment, i) => ({ segment, key: Math.imul(i + 1, seed | 1) >>> 0 }));
        order.sort((a, b) => a.key - b.key);
        const bench = new Bench();
        for (const { segment } of order) bench.send(segment[0], Math.min(460, segment[0] + segment[1]));
        let next = 0;
        for (const text of bench.text.split(' ')) {
          const [start, end] = text.split('-').map(Number);
          expect(start).toBe(next);
          next = end ?? 0;
        }
        expect(next).toBe(460);
      }),
    );
  });

  it('has every captured byte once and accounts for every gap where segments are lost', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40), { minLength: 1 }), (numbers) => {
        const bench = new Bench();
        for (const number of numbers) bench.send(number * 10, number * 10 + 10);
        let next = 0;
        for (const text of bench.text.replaceAll('?', '').split(' ')) {
          if (text.startsWith('lost:')) {
            next += Number(text.slice(5));
            continue;
          }
          const [start, end] = text.split('-').map(Number);
          expect(start).toBe(next);
          next = end ?? 0;
        }
        expect(next).toBe(Math.max(...numbers) * 10 + 10);
      }),
    );
  });

  it('waits for a gap only so long: a capture of one side alone is shown too', () => {
    const bench = new Bench().send(0, 1);
    for (let at = 2; at < 100_010; at++) bench.send(at, at + 1);
    const { pieces } = bench;
    expect(pieces.kind(1)).toBe('lost');
    expect(pieces.isLoose(1)).toBe(false);
    expect(pieces.size).toBe(100_010);
  });
});
