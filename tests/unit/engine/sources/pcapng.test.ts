import { describe, expect, it } from 'vitest';
import { PcapngBuilder } from '../../../builders/pcapng';
import { readBytes, text } from './read-all';

const data = text('some packet');
const capture = () => new PcapngBuilder().section().interface();

describe.each([true, false])('pcapng, little endian: %s', (littleEndian) => {
  it('reads every type of packet block', async () => {
    const bytes = new PcapngBuilder()
      .section({ littleEndian })
      .interface({ snapLength: 11 })
      .packet(data, { stamp: 1_700_000_000_123_456n, length: 60 })
      .simplePacket(data, 90)
      .obsoletePacket(data, { stamp: 1_700_000_001_000_001n })
      .done();
    const read = await readBytes(bytes);
    expect(read).toMatchObject({ format: 'pcapng', truncated: false, warnings: [] });
    expect(read.frames).toMatchObject([
      { data: 'some packet', time: '1700000000.123456000', length: 60, linkType: 1 },
      { data: 'some packet', time: null, length: 90 },
      { data: 'some packet', time: '1700000001.000001000', length: 11 },
    ]);
    for (const { position } of read.frames) expect(Buffer.from(bytes).toString('latin1', position, position + 11)).toBe('some packet');
  });

  it('reads sections of either byte order with interfaces of their own', async () => {
    const read = await readBytes(
      new PcapngBuilder()
        .section({ littleEndian })
        .interface({
          linkType: 1,
          options: [
            [2, 'eth0'],
            [3, 'uplink'],
            [9, 9],
            [11, '\0tcp port 22'],
            [12, 'Linux'],
          ],
        })
        .interface({ linkType: 113, options: [[2, 'any']] })
        .packet(data, { id: 1, stamp: 5_000_000n })
        .packet(data, { id: 0, stamp: 1_700_000_000_123_456_789n })
        .section({ littleEndian: !littleEndian })
        .interface({ linkType: 276 })
        .packet(data, { stamp: 7_000_001n })
        .done(),
    );
    expect(read.frames.map(({ time, linkType, interfaceId }) => [time, linkType, interfaceId])).toEqual([
      ['5.000000000', 113, 1],
      ['1700000000.123456789', 1, 0],
      ['7.000001000', 276, 2],
    ]);
    expect(read.interfaces).toMatchObject([
      { name: 'eth0', description: 'uplink', linkType: 1, details: { captureFilter: 'tcp port 22', operatingSystem: 'Linux' } },
      { name: 'any', linkType: 113, droppedPackets: null },
      { name: null, linkType: 276 },
    ]);
  });
});

describe('pcapng time stamps', () => {
  it.each([
    ['seconds', 0, 1_700_000_000n, '1700000000.000000000'],
    ['milliseconds', 3, 1_700_000_000_123n, '1700000000.123000000'],
    ['units of 100 ns', 7, 17_000_000_001_234_567n, '1700000000.123456700'],
    ['nanoseconds', 9, 1_700_000_000_123_456_789n, '1700000000.123456789'],
    ['units of 100 ps', 10, 17_000_000_001_234_567_891n, '1700000000.123456789'],
    ['picoseconds', 12, 1_700_000_123_456_789_012n, '1700000.123456789'],
    ['1/1024 s', 0x80 + 10, 1_700_000_000n * 1024n + 5n, '1700000000.004882812'],
    ['1/2^20 s', 0x80 + 20, (1_700_000_000n << 20n) + 77_777n, '1700000000.074173927'],
    ['1/2^30 s', 0x80 + 30, (1_700_000_000n << 30n) + 123_456n, '1700000000.000114977'],
    ['1/2^63 s', 0x80 + 63, 3n << 61n, '0.750000000'],
    ['the largest number', 6, 0xffff_ffff_ffff_ffffn, '18446744073709.551615000'],
    ['the finest resolution', 127, 0xffff_ffff_ffff_ffffn, '0.000000000'],
  ])('are exact in %s', async (_, resolution, stamp, time) => {
    const { frames } = await readBytes(
      new PcapngBuilder()
        .section()
        .interface({ options: [[9, resolution]] })
        .packet(data, { stamp })
        .done(),
    );
    expect(frames[0]?.time).toBe(time);
  });

  it.each([
    [1000n, '1700001000.123456000'],
    [-1000n, '1699999000.123456000'],
  ])('have an offset of %s seconds added', async (offset, time) => {
    const options = [[14, BigInt.asUintN(64, offset)]] as const;
    const { frames } = await readBytes(
      new PcapngBuilder().section().interface({ options }).packet(data, { stamp: 1_700_000_000_123_456n }).done(),
    );
    expect(frames[0]?.time).toBe(time);
  });
});

describe('what a pcapng file says besides', () => {
  it('gives comments of packets, and of the file with its writer', async () => {
    const read = await readBytes(
      new PcapngBuilder()
        .section({
          options: [
            [1, 'seen in the lab'],
            [2, 'x86'],
            [3, 'Linux 6.1'],
            [4, 'dumpcap'],
          ],
        })
        .interface()
        .packet(data, {
          options: [
            [1, 'look here'],
            [2, Uint8Array.of(1, 0, 0, 0)],
            [1, 'and here: é'],
          ],
        })
        .packet(data)
        .section({
          options: [
            [1, 'a second section'],
            [4, 'dumpcap'],
          ],
        })
        .done(),
    );
    expect(read.frames.map(({ comments }) => comments)).toEqual([['look here', 'and here: é'], []]);
    expect(read.details).toEqual({
      comment: 'seen in the lab\na second section',
      hardware: 'x86',
      operatingSystem: 'Linux 6.1',
      application: 'dumpcap',
    });
  });

  it('keeps control characters of texts away from terminals', async () => {
    const { frames } = await readBytes(
      capture()
        .packet(data, { options: [[1, 'red \x1b[31m\ttab\nline\0rest']] })
        .done(),
    );
    expect(frames[0]?.comments).toEqual(['red �[31m\ttab\nline']);
  });

  it('gives names of addresses', async () => {
    const ipv6 = Uint8Array.of(0x20, 1, 0xd, 0xb8, ...new Uint8Array(11), 1);
    const { names } = await readBytes(
      capture()
        .names([
          [Uint8Array.of(10, 0, 0, 1), 'gateway', 'gw.example'],
          [ipv6, 'server.example'],
        ])
        .done(),
    );
    expect(names).toEqual([
      { address: '10.0.0.1', name: 'gateway' },
      { address: '10.0.0.1', name: 'gw.example' },
      { address: '2001:db8::1', name: 'server.example' },
    ]);
  });

  it('adds up drops of packets until statistics give the total', async () => {
    const packets = capture()
      .packet(data, { options: [[4, 3n]] })
      .obsoletePacket(data, { drops: 2 });
    expect((await readBytes(packets.done())).interfaces).toMatchObject([{ droppedPackets: 5 }]);
    packets
      .statistics(0, [
        [4, 100n],
        [5, 7n],
        [7, 1n],
      ])
      .packet(data, { options: [[4, 1n]] });
    expect((await readBytes(packets.done())).interfaces).toMatchObject([{ droppedPackets: 8 }]);
  });

  it('skips blocks without packets, of any length, and says what they are', async () => {
    const read = await readBytes(
      capture()
        .packet(data)
        .secrets('CLIENT_RANDOM 00 00')
        .block(0x0bad, new Uint8Array(12))
        .block(9, new Uint8Array(Buffer.from('__REALTIME_TIMESTAMP=1\nMESSAGE=a\n\n  ')))
        .block(0x204, new Uint8Array(16))
        .block(0x7777, new Uint8Array(17 * 1024 * 1024))
        .packet(data)
        .done(),
    );
    expect(read.frames).toHaveLength(2);
    expect(read.warnings.map(({ code }) => code)).toEqual(['other-records', 'other-records']);
  });
});

describe('damaged pcapng', () => {
  const good = () => capture().packet(data);
  const short = (type: number) => good().block(type, new Uint8Array(0)).packet(data).done();
  const badTrailer = good().block(0x7777, new Uint8Array(8)).packet(data).done();
  const packetBlock = 32 + 12;
  badTrailer[badTrailer.length - packetBlock - 1] = 1;

  it.each([
    ['a packet of an interface that is not described', good().packet(data, { id: 7 }).packet(data).done(), /interface 7/],
    ['more captured bytes than the block has', good().packet(data, { capturedLength: 50 }).packet(data).done(), /more than it holds/],
    ['more captured bytes than any packet has', good().packet(data, { capturedLength: 262_145 }).done(), /any packet/],
    ['a packet block that is too short', short(6), /too short/],
    ['an interface block that is too short', short(1), /too short/],
    ['a simple packet block that is too short', short(3), /too short/],
    ['a statistics block that is too short', short(5), /too short/],
    ['two lengths that differ', badTrailer, /differs/],
    ['a length of nothing', new Uint8Array(Buffer.concat([good().done(), new Uint8Array(32)])), /too short/],
    [
      'an interface block of 17 MiB',
      good()
        .block(1, new Uint8Array(17 * 1024 * 1024))
        .packet(data)
        .done(),
      /impossible/,
    ],
    [
      'a section of an unknown version',
      good()
        .section({ version: [2, 0] })
        .interface()
        .packet(data)
        .done(),
      /version 2\.0/,
    ],
    ['a section without byte order', good().block(0x0a0d0d0a, new Uint8Array(16)).packet(data).done(), /byte-order/],
    [
      'an option that does not fit',
      good()
        .packet(data, { options: [[2, Uint8Array.of(1)]] })
        .packet(data)
        .done(),
      /options/,
    ],
  ])('gives what is before %s, and says why it ends', async (_, bytes, reason) => {
    const read = await readBytes(bytes);
    expect(read.frames).toHaveLength(1);
    expect(read.warnings).toMatchObject([{ code: 'bad-block', sentence: expect.stringMatching(reason), position: expect.any(Number) }]);
    expect(read.warnings[0]?.sentence).toContain('after packet 1');
  });

  it('ends at the 65,537th interface', async () => {
    const builder = new PcapngBuilder().section();
    for (let i = 0; i < 65_537; i++) builder.interface();
    const read = await readBytes(builder.packet(data).done());
    expect(read.interfaces).toHaveLength(65_536);
    expect(read.warnings).toMatchObject([{ code: 'bad-block', sentence: expect.stringContaining('65,536 interfaces') }]);
  });
});
