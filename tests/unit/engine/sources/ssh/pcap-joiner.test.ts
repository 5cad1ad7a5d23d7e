import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PcapJoiner } from '../../../../../src/engine/sources/ssh/pcap-joiner';
import { writePcap } from '../../../../builders/pcap';

const packet = (text: string, seconds = 1) => ({ data: new Uint8Array(Buffer.from(text)), seconds });
const stretch = (mark: string, ...texts: readonly string[]): Buffer =>
  Buffer.concat([Buffer.from(`Last login: today\n${mark}\n`), writePcap(texts.map((text) => packet(text)))]);

/** What comes out of stretches that were cut into pieces. */
function join(joiner: PcapJoiner, parts: readonly { readonly mark: string; readonly bytes: Buffer }[], sizes: () => number): Buffer {
  const out: Buffer[] = [];
  for (const { mark, bytes } of parts) {
    joiner.begin(mark);
    for (let at = 0; at < bytes.length; ) {
      const size = Math.max(1, sizes());
      const records = joiner.push(bytes.subarray(at, at + size));
      if (records !== null) out.push(Buffer.from(records));
      at += size;
    }
  }
  return Buffer.concat(out);
}

describe('PcapJoiner', () => {
  it('gives one capture whatever the pieces: one header, whole records, what was cut left out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), fc.nat(15), (sizes, cut) => {
        let turn = 0;
        const joiner = new PcapJoiner();
        const first = stretch('mark-1', 'one', 'two', 'three');
        const parts = [
          { mark: 'mark-1', bytes: first.subarray(0, first.length - 1 - cut) },
          { mark: 'mark-2', bytes: stretch('mark-2', 'four') },
        ];
        const joined = join(joiner, parts, () => sizes[turn++ % sizes.length] ?? 1);
        expect(joined).toEqual(Buffer.from(writePcap([packet('one'), packet('two'), packet('four')])));
        expect(joiner).toMatchObject({ packets: 3, cutRecords: 1, damage: null, bytes: joined.length });
      }),
    );
  });

  it('stops where the second stretch is of another kind', () => {
    const joiner = new PcapJoiner();
    const other = Buffer.concat([Buffer.from('b\n'), Buffer.from(writePcap([packet('x')], { linkType: 113 }))]);
    join(
      joiner,
      [
        { mark: 'a', bytes: stretch('a', 'one') },
        { mark: 'b', bytes: other },
      ],
      () => 1000,
    );
    expect(joiner).toMatchObject({ packets: 1, damage: 'other-kind' });
  });

  it('stops at a length that cannot be, and at what is no capture', () => {
    const joiner = new PcapJoiner();
    const bytes = stretch('a', 'one', 'two');
    bytes.writeUInt32LE(0x7fffffff, bytes.length - 3 - 8);
    join(joiner, [{ mark: 'a', bytes }], () => 7);
    expect(joiner).toMatchObject({ packets: 1, damage: 'bad-length' });
    const lost = new PcapJoiner();
    join(lost, [{ mark: 'a', bytes: Buffer.alloc(200_000, 'never ') }], () => 1000);
    expect(lost.damage).toBe('not-pcap');
  });
});
