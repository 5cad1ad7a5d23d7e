import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FrameFeeder, fieldOutside } from '../builders/frame-feeder';
import { builtFrames, realFrames, type ValidFrame } from '../builders/valid-frames';

const MUTATIONS = 100_000;
const RANDOM_FRAMES = 5000;
/** Real frames of each capture; their cuts are the larger part of the work. */
const PER_CAPTURE = 6;
/** A longer frame is cut at every byte of its first so many, then at every 31st. */
const ALL_CUTS = 400;
const LATER_CUTS = 31;
/** Rows after which a session starts anew, as memory of a test is bounded too. */
const ROWS_OF_A_SESSION = 20_000;
/** Trees cost a hundred times what the first tier costs. */
const DISSECT_EACH = 8;
const TIMEOUT = 300_000;

let frames: readonly ValidFrame[] = builtFrames;
beforeAll(async () => {
  frames = [...builtFrames, ...(await realFrames(PER_CAPTURE))];
});

/** Both tiers over frames, one after the other in one session, so that flows and streams take part. */
class Victim {
  readonly #feeder = new FrameFeeder();
  #count = 0;

  take(bytes: Uint8Array, linkType: number, length = bytes.length, dissect = true): void {
    this.#feeder.add(bytes, linkType, length);
    if (++this.#count >= ROWS_OF_A_SESSION) {
      this.#feeder.flush();
      this.#feeder.restart();
      this.#count = 0;
    }
    if (!dissect) return;
    this.#feeder.flush();
    if (this.#count === 0) return;
    const outside = fieldOutside(this.#feeder.dissect(this.#feeder.tables.packets.count - 1, bytes, linkType), bytes.length);
    if (outside !== null) expect.fail(outside);
  }

  end(): void {
    this.#feeder.flush();
  }
}

describe('frames that may be anything', () => {
  it(
    'every truncation of every valid frame decodes',
    () => {
      const victim = new Victim();
      for (const { bytes, linkType } of frames) {
        for (let cut = 0; cut < bytes.length; cut += cut < ALL_CUTS ? 1 : LATER_CUTS) {
          // Cut by the snap length, and cut by whoever sent it.
          victim.take(bytes.slice(0, cut), linkType, bytes.length, cut % 3 === 0);
          victim.take(bytes.slice(0, cut), linkType, cut, cut % 3 === 1);
        }
      }
      victim.end();
      expect(frames.length).toBeGreaterThanOrEqual(builtFrames.length);
    },
    TIMEOUT,
  );

  it(
    `${MUTATIONS.toLocaleString('en')} mutations of valid frames decode`,
    () => {
      const victim = new Victim();
      const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff), fc.nat(255));
      // Headers are at the front: half of all changes hit the first 64 bytes.
      const place = fc.oneof(fc.nat(63), fc.nat());
      const edits = fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 8 });
      let turn = 0;
      fc.assert(
        fc.property(fc.nat(), edits, fc.nat(), (seed, changes, cut) => {
          const { bytes, linkType } = frames[seed % frames.length] as ValidFrame;
          const mutated = bytes.slice(0, cut % 4 === 0 ? (cut >>> 2) % (bytes.length + 1) : bytes.length);
          for (const [at, value] of changes) if (mutated.length > 0) mutated[at % mutated.length] = value;
          victim.take(mutated, linkType, mutated.length + (cut % 3), turn++ % DISSECT_EACH === 0);
        }),
        { numRuns: MUTATIONS },
      );
      victim.end();
    },
    TIMEOUT,
  );

  it(
    'noise decodes, whatever the link type says that it is',
    () => {
      const victim = new Victim();
      const types = [...new Set(frames.map(({ linkType }) => linkType)), 0, 8, 50, 51, 104, 107, 119, 163, 242, 258, 65_535];
      let turn = 0;
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => victim.take(bytes, types[turn++ % types.length] ?? 1)),
        { numRuns: RANDOM_FRAMES },
      );
      victim.end();
    },
    TIMEOUT,
  );

  it('a frame nested in itself as often as fits ends', () => {
    const victim = new Victim();
    const tag = [0x81, 0, 0, 1];
    const mac = Array(12).fill(2);
    victim.take(Uint8Array.from([...mac, ...Array(4000).fill(tag).flat()]), 1);
    victim.take(Uint8Array.from([...mac, 0x88, 0x47, ...Array(16_000).fill(0)]), 1);
    const inner = Array(1000)
      .fill([0x60, 0, 0, 0, 0xff, 0xff, 41, 64, ...Array(32).fill(1)])
      .flat();
    victim.take(Uint8Array.from(inner), 101);
    const extensions = [0x60, 0, 0, 0, 0xff, 0xff, 0, 64, ...Array(32).fill(1), ...Array(4000).fill([0, 0, 0, 0, 0, 0, 0, 0]).flat()];
    victim.take(Uint8Array.from(extensions), 101);
    victim.end();
  });
});
