import { describe, expect, it } from 'vitest';
import { openCaptureStream } from '../../../../src/engine/sources/open';
import { type PcapOptions, writePcap, writeSnoop } from '../../../builders/pcap';
import { readBytes, streamOf, text } from './read-all';

const packets = ['first packet', 'second', 'the third', 'and the last'].map((data, index) => ({
  data: text(data),
  seconds: 1_700_000_000 + index,
  fraction: 123_456 + index,
  length: 100,
}));

const expected = (decimals: string[]) =>
  packets.map(({ data, seconds }, index) =>
    expect.objectContaining({ data: Buffer.from(data).toString(), length: 100, time: `${seconds}.${decimals[index]}`, linkType: 1 }),
  );
const MICROSECONDS = expected(['123456000', '123457000', '123458000', '123459000']);
const NANOSECONDS = expected(['000123456', '000123457', '000123458', '000123459']);

describe.each([true, false])('pcap, little endian: %s', (littleEndian) => {
  const variants: [name: string, options: PcapOptions, frames: unknown[]][] = [
    ['microseconds', {}, MICROSECONDS],
    ['nanoseconds', { magic: 'nanoseconds' }, NANOSECONDS],
    ['modified libpcap, 24-byte records', { magic: 'modified', extraRecordBytes: 8 }, MICROSECONDS],
    ['modified libpcap, 28-byte records', { magic: 'modified', extraRecordBytes: 12 }, MICROSECONDS],
    ['modified libpcap with the standard magic number', { extraRecordBytes: 8 }, MICROSECONDS],
    ['Nokia', { extraRecordBytes: 4 }, MICROSECONDS],
    ['Ixia hardware', { magic: 'ixiaHardware' }, MICROSECONDS],
    ['Ixia software', { magic: 'ixiaSoftware' }, MICROSECONDS],
    ['version 2.3 with the original length first', { version: [2, 3], originalLengthFirst: true }, MICROSECONDS],
    ['version 2.3 with the captured length first', { version: [2, 3] }, MICROSECONDS],
    ['version 2.2', { version: [2, 2], originalLengthFirst: true }, MICROSECONDS],
    ['AIX', { version: [2, 2], originalLengthFirst: true, linkType: 6 }, NANOSECONDS],
    ['DG/UX', { version: [543, 0], originalLengthFirst: true }, MICROSECONDS],
    ['with a frame check sequence of 4 bytes', { linkType: 0x5400_0001 }, MICROSECONDS],
    ['with a snap length smaller than the packets', { snapLength: 4 }, MICROSECONDS],
  ];

  it.each(variants)('reads %s', async (_, options, frames) => {
    const read = await readBytes(writePcap(packets, { ...options, littleEndian }));
    expect(read).toMatchObject({ format: 'pcap', compression: 'none', truncated: false, warnings: [] });
    expect(read.frames).toEqual(frames);
  });
});

describe('pcap', () => {
  it('says where each frame is in the stream', async () => {
    const bytes = writePcap(packets);
    const { frames } = await readBytes(bytes);
    for (const { data, position } of frames) expect(Buffer.from(bytes).toString('latin1', position, position + data.length)).toBe(data);
  });

  it('keeps times after 2038 and carries a fraction of more than a second', async () => {
    const { frames } = await readBytes(
      writePcap([
        { data: text('a'), seconds: 0xffff_ffff, fraction: 999_999 },
        { data: text('b'), seconds: 10, fraction: 2_500_000 },
      ]),
    );
    expect(frames.map(({ time }) => time)).toEqual(['4294967295.999999000', '12.500000000']);
  });

  it('ends before a record that is longer than any packet, and says where', async () => {
    const damaged = packets.map((packet, index) => (index === 2 ? { ...packet, capturedLength: 0x7fff_ffff } : packet));
    const read = await readBytes(writePcap(damaged, { magic: 'nanoseconds' }));
    expect(read.frames).toHaveLength(2);
    expect(read.truncated).toBe(false);
    expect(read.warnings).toMatchObject([{ code: 'bad-record', position: 24 + 16 + 12 + 16 + 6 }]);
    expect(read.warnings[0]?.sentence).toContain('Packet 3 at byte 74');
  });

  it('says that and where it is cut off', async () => {
    const whole = writePcap(packets);
    const read = await readBytes(whole.subarray(0, whole.length - 3));
    expect(read.frames).toHaveLength(3);
    expect(read.truncated).toBe(true);
    expect(read.warnings).toMatchObject([{ code: 'cut-off', position: 24 + 3 * 16 + 12 + 6 + 9 }]);
  });

  it.each([
    ['of version 1', writePcap([], { version: [1, 2] }), 'unsupported-version'],
    ['cut off in its header', writePcap([]).subarray(0, 23), 'cut-header'],
    ['of FMESQUIRE', Uint8Array.of(0xa1, 0xb2, 0x34, 0xcd, ...new Uint8Array(20)), 'unsupported-format'],
  ])('refuses a file %s by name', async (_, bytes, code) => {
    expect(await openCaptureStream(streamOf(bytes))).toMatchObject({ ok: false, problem: { code } });
  });
});

describe('snoop', () => {
  it('reads frames, times and drops', async () => {
    const read = await readBytes(
      writeSnoop([
        { data: text('odd length'), seconds: 925_953_759, microseconds: 885_516, length: 86 },
        { data: text('after two drops'), seconds: 925_953_760, microseconds: 5, drops: 2 },
      ]),
    );
    expect(read).toMatchObject({ format: 'snoop', truncated: false, warnings: [], interfaces: [{ linkType: 1, droppedPackets: 2 }] });
    expect(read.frames).toMatchObject([
      { data: 'odd length', time: '925953759.885516000', length: 86 },
      { data: 'after two drops', time: '925953760.000005000', length: 15 },
    ]);
  });

  it('refuses other versions and networks by name', async () => {
    expect(await openCaptureStream(streamOf(writeSnoop([], 4, 4)))).toMatchObject({ problem: { code: 'unsupported-version' } });
    expect(await openCaptureStream(streamOf(writeSnoop([], 99)))).toMatchObject({ problem: { code: 'unsupported-link-type' } });
  });
});
