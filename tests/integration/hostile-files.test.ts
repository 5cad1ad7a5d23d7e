import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Capture } from '../../src/engine/capture';
import { draw } from '../builders/draw';
import { PcapngBuilder } from '../builders/pcapng';
import { CAPTURES, hasCaptures, readToEnd } from '../builders/read-capture';

const MUTATIONS_BUILT = 2000;
const MUTATIONS_REAL = 1000;
const SMALL_FILE = 6000;
const TIMEOUT = 300_000;

const DRAWING = draw(`
  10.0.0.1:41022 > 10.0.0.4:22 S mss=1460
  10.0.0.4:22 > 10.0.0.1:41022 SA
  10.0.0.1:5353 > 1.1.1.1:53 udp dns A example.com
  10.0.0.1:4001 > 10.0.0.2:443 PA tls www.example.org
  10.0.0.1:4000 > 10.0.0.2:80 PA http GET example.com/
  10.0.0.1:9999 > 10.0.0.2:9 udp len=100 fragment=64
`);

function pcapng(): Uint8Array {
  const builder = new PcapngBuilder().section({ options: [[1, 'a section']] }).interface({
    options: [
      [2, 'eth0'],
      [9, 9],
    ],
  });
  for (const [i, frame] of DRAWING.frames.entries()) builder.packet(frame, { stamp: BigInt(i), options: [[1, `comment ${i}`]] });
  return builder.statistics(0, [[5, 2n]]).done();
}

/** Reads what there is of a capture; gives the number of packets. */
async function survive(bytes: Uint8Array): Promise<number> {
  const opened = await Capture.openStream(Readable.from([Buffer.from(bytes)], { objectMode: false }), {});
  if (!opened.ok) {
    expect(opened.problem.sentence).not.toBe('');
    return 0;
  }
  const { source, tables } = await readToEnd(opened.value);
  await source.close();
  return tables.packets.count;
}

const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255))), { minLength: 1, maxLength: 8 });

const mutate = (bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array => {
  const mutated = bytes.slice();
  for (const [at, value] of changes) mutated[at % mutated.length] = value;
  return mutated;
};

const built: readonly (readonly [string, Uint8Array])[] = [
  ['pcap', DRAWING.pcap()],
  ['big-endian pcap', DRAWING.pcap({ littleEndian: false, magic: 'nanoseconds' })],
  ['pcapng', pcapng()],
  ['gzip', gzipSync(DRAWING.pcap())],
];

describe.each(built)('a %s', (_, bytes) => {
  it(
    'is read to every cut',
    async () => {
      for (let cut = 0; cut <= bytes.length; cut++) await survive(bytes.subarray(0, cut));
      expect(await survive(bytes)).toBe(DRAWING.packets.length);
    },
    TIMEOUT,
  );

  it(
    `is read through ${MUTATIONS_BUILT.toLocaleString('en')} mutations`,
    async () => {
      const run = fc.asyncProperty(edits, async (changes) => void (await survive(mutate(bytes, changes))));
      await fc.assert(run, { numRuns: MUTATIONS_BUILT });
    },
    TIMEOUT,
  );
});

const small = (folder: string): Uint8Array[] =>
  readdirSync(join(CAPTURES, folder))
    .map((name) => join(CAPTURES, folder, name))
    .filter((path) => statSync(path).size <= SMALL_FILE)
    .map((path) => readFileSync(path));

it.skipIf(!hasCaptures)(
  `${MUTATIONS_REAL.toLocaleString('en')} mutations of real captures are read (skipped where they are missing)`,
  async () => {
    const files = ['protocols', 'linktypes', 'formats', 'malformed'].flatMap(small);
    let turn = 0;
    const run = fc.asyncProperty(edits, async (changes) => {
      const bytes = files[turn++ % files.length];
      if (bytes && bytes.length > 0) await survive(mutate(bytes, changes));
    });
    await fc.assert(run, { numRuns: MUTATIONS_REAL });
  },
  TIMEOUT,
);

describe('memory', () => {
  /** Growth over all sessions: each that was kept would hold 4 MB of columns alone, 100 MB in all. The collector may not have taken the last few. */
  const MAX_GROWTH = 20 << 20;
  const SESSIONS = 25;

  it(
    `is given back: ${SESSIONS} sessions leave nothing behind`,
    async () => {
      setFlagsFromString('--expose-gc');
      const collect: () => void = runInNewContext('gc');
      // Buffers are freed beside the program, some time after they were found to be garbage.
      const used = async (): Promise<number> => {
        for (let i = 0; i < 5; i++) {
          collect();
          await sleep(20);
        }
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        return heapUsed + arrayBuffers;
      };
      const files = built.map(([, bytes]) => bytes);
      const session = async (i: number): Promise<void> => {
        const bytes = files[i % files.length] as Uint8Array;
        await survive(i % 2 === 0 ? bytes : mutate(bytes, [[i * 7, i]]));
      };
      // Code is compiled and constant tables are filled by the first ones.
      for (let i = 0; i < SESSIONS; i++) await session(i);
      const before = await used();
      for (let i = 0; i < SESSIONS; i++) await session(i);
      expect((await used()) - before).toBeLessThan(MAX_GROWTH);
    },
    TIMEOUT,
  );
});
