import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissectUnguarded } from '../../../../../src/engine/decode/tree/dissect-frame';
import { allFields as knownFields } from '../../../../../src/engine/decode/tree/fields';
import { openCaptureFile } from '../../../../../src/engine/sources/open';
import { packetContext } from '../../../../builders/packet-context';
import { type SampleFrame, sampleFrames } from './sample-frames';
import { allFields, dissect, values } from './tree-of';

const MUTATIONS = 20_000;
const FRAMES_PER_CAPTURE = 12;
const root = process.env.PORTLIGHT_CAPTURES ?? resolve('../shared/pcaps');

/** Whatever the bytes are: no throw, fields lie within their source, have known names, and are not more than the bytes can hold. */
function survive(frame: Uint8Array, linkType: number, length = frame.length): void {
  const d = dissectUnguarded(frame, packetContext(frame, { linkType, length }));
  let count = 0;
  for (const field of allFields(d.root)) {
    count++;
    const size = d.sources[field.source]?.bytes.length ?? -1;
    if (field.start < 0 || field.length < 0 || field.start + field.length > size) {
      expect.fail(`${field.name} '${field.label}' at ${field.start}+${field.length} of ${size}`);
    }
    if (!field.name.includes('.') || field.name.startsWith('_ws.') || field.value === null) continue;
    if (!knownFields().has(field.name)) expect.fail(`${field.name} is in no table`);
  }
  expect(count).toBeLessThan(200 + frame.length * 24);
  expect(d.depth).toBe(0);
}

async function capturedFrames(): Promise<SampleFrame[]> {
  const frames: SampleFrame[] = [];
  for (const folder of ['protocols', 'linktypes', 'malformed']) {
    for (const name of readdirSync(join(root, folder))) {
      const source = await openCaptureFile(join(root, folder, name));
      if (!source.ok) continue;
      const batch = await source.value.nextBatch(FRAMES_PER_CAPTURE, 1000);
      for (let i = 0; i < Math.min(FRAMES_PER_CAPTURE, batch?.count ?? 0); i++) {
        const start = batch?.start[i] ?? 0;
        const frame = batch?.bytes.slice(start, start + (batch.capturedLength[i] ?? 0)) ?? new Uint8Array();
        frames.push({ name: `${name} ${i + 1}`, linkType: batch?.linkType[i] ?? 0, frame, protocols: '' });
      }
      await source.value.close();
    }
  }
  return frames;
}

const mutated = (frames: readonly SampleFrame[]) =>
  fc.record({
    sample: fc.constantFrom(...frames),
    edits: fc.array(fc.record({ at: fc.nat(), value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)) }), {
      minLength: 1,
      maxLength: 8,
    }),
    keep: fc.option(fc.nat(), { freq: 3 }),
  });

function checkMutations(frames: readonly SampleFrame[]): void {
  fc.assert(
    fc.property(mutated(frames), ({ sample, edits, keep }) => {
      const bytes = sample.frame.slice(0, keep === null ? undefined : keep % (sample.frame.length + 1));
      for (const { at, value } of edits) bytes[at % Math.max(1, bytes.length)] = value;
      survive(bytes, sample.linkType);
    }),
    { numRuns: MUTATIONS },
  );
}

describe('hand-made frames of every protocol', () => {
  it.each(sampleFrames)('$name is $protocols', ({ frame, linkType, protocols }) => {
    const d = dissect(frame, { linkType });
    expect(d.malformed).toBeNull();
    expect(values(d, 'frame.protocols')).toEqual([protocols]);
    survive(frame, linkType);
  });

  it.each(sampleFrames)('$name may be cut anywhere', ({ frame, linkType }) => {
    for (let length = 0; length < frame.length; length++) {
      survive(frame.slice(0, length), linkType);
      survive(frame.slice(0, length), linkType, frame.length);
    }
  });

  it(`survive ${MUTATIONS} mutations`, () => checkMutations(sampleFrames), 60_000);
});

describe.skipIf(!existsSync(root))(`frames of the captures in ${root} (skipped where that folder is missing)`, () => {
  it(`survive every cut and ${MUTATIONS} mutations`, async () => {
    const frames = await capturedFrames();
    expect(frames.length).toBeGreaterThan(500);
    for (const { frame, linkType } of frames) {
      const step = Math.max(1, Math.floor(frame.length / 64));
      for (let length = 0; length <= frame.length; length += step) survive(frame.slice(0, length), linkType);
    }
    checkMutations(frames);
  }, 120_000);
});
