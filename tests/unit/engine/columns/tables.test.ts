import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressKind, AddressTable } from '../../../../src/engine/columns/address-table';
import { CHUNK_ROWS } from '../../../../src/engine/columns/column-chunk';
import { EventTable } from '../../../../src/engine/columns/event-table';
import { HostNames } from '../../../../src/engine/columns/host-names';
import { PacketTable, POSITION_HIGH } from '../../../../src/engine/columns/packet-table';
import { ReassemblyTable } from '../../../../src/engine/columns/reassembly-table';
import { MAX_TEXT_LENGTH, TextTable } from '../../../../src/engine/columns/text-table';
import { EventKind } from '../../../../src/shared/model/event-kinds';
import { addressBytes } from '../../../builders/addresses';

const MANY = 50_000;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the address table', () => {
  it('gives the same bytes the same index, however many there are', () => {
    const table = new AddressTable();
    for (let word = 0; word < MANY; word++) expect(table.internIpv4(word * 7919)).toBe(word);
    for (let word = 0; word < MANY; word++) expect(table.internIpv4(word * 7919)).toBe(word);
    expect(table.count).toBe(MANY);
    expect(table.text(1)).toBe('0.0.30.239');
    expect(table.find(AddressKind.Ipv4, 7919)).toBe(1);
    expect(table.find(AddressKind.Ipv4, 7920)).toBe(-1);
  });

  it('keeps kinds apart that share their bytes', () => {
    const table = new AddressTable();
    const six = addressBytes('102:304::');
    const indices = [table.internIpv4(0x01020304), table.internIpv6(six, 0), table.internMac(six, 0)];
    expect(new Set(indices).size).toBe(3);
    expect(indices.map((index) => table.text(index))).toEqual(['1.2.3.4', '102:304::', '01:02:03:04:00:00']);
    expect(indices.map((index) => table.kind(index))).toEqual([AddressKind.Ipv4, AddressKind.Ipv6, AddressKind.Mac]);
  });

  it('has no text for what is not in it, and keys that sort as numbers do', () => {
    const table = new AddressTable();
    const index = (word: number): string => table.sortKey(table.internIpv4(word));
    expect([table.text(-1), table.text(0xffffffff), table.sortKey(-1)]).toEqual(['', '', '']);
    expect(index(0x09000000) < index(0x0a000001)).toBe(true);
    expect(index(0x0a000001) < index(0x0a00000a)).toBe(true);
  });
});

describe('the text table', () => {
  it('gives texts back as they were put in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 })), (texts) => {
        const table = new TextTable();
        const indices = texts.map((text) => table.internString(text));
        expect(indices.map((index) => table.text(index))).toEqual(texts);
        expect(table.count).toBe(new Set(texts).size);
      }),
    );
  });

  it('grows', () => {
    const table = new TextTable();
    for (let i = 0; i < MANY; i++) expect(table.internString(`host${i}.example.com`)).toBe(i);
    expect(table.internString('host777.example.com')).toBe(777);
    expect(table.text(MANY - 1)).toBe(`host${MANY - 1}.example.com`);
  });

  it('cuts what is too long, and has no text for -1', () => {
    const table = new TextTable();
    expect(table.text(table.internString('x'.repeat(MAX_TEXT_LENGTH + 50)))).toBe('x'.repeat(MAX_TEXT_LENGTH));
    expect([table.text(-1), table.text(99)]).toEqual(['', '']);
  });

  it('takes 64 MB and refuses the rest', () => {
    const table = new TextTable();
    const bytes = utf8(' '.repeat(MAX_TEXT_LENGTH));
    const view = new DataView(bytes.buffer);
    let kept = 0;
    for (let i = 0; i < (64 << 20) / MAX_TEXT_LENGTH + 100; i++) {
      view.setUint32(0, i);
      if (table.intern(bytes, 0, bytes.length) >= 0) kept++;
    }
    expect(kept).toBe((64 << 20) / MAX_TEXT_LENGTH);
    expect(table.refused).toBe(100);
    view.setUint32(0, 5);
    expect(table.intern(bytes, 0, bytes.length)).toBe(5);
  });
});

describe('the event table', () => {
  it('finds the events of a row', () => {
    const events = new EventTable();
    for (let row = 0; row < 5000; row += 5) {
      events.add(row, EventKind.Dns, row, -1, -1, 1);
      events.add(row, EventKind.HttpRequest, row, 1, 2, 0);
    }
    expect(events.count).toBe(2000);
    const at = events.firstAtOrAfter(2500);
    expect([events.row[at], events.kind[at], events.name[at]]).toEqual([2500, EventKind.Dns, 2500]);
    expect([events.row[at + 1], events.method[at + 1], events.uri[at + 1]]).toEqual([2500, 1, 2]);
    expect(events.row[events.firstAtOrAfter(2501)]).toBe(2505);
    expect(events.firstAtOrAfter(5000)).toBe(2000);
    expect(new EventTable().firstAtOrAfter(0)).toBe(0);
  });
});

describe('the packet table', () => {
  it('grows by chunks and costs less than 64 bytes a row', () => {
    const packets = new PacketTable();
    for (let row = 0; row < CHUNK_ROWS + 1; row++) {
      packets.chunkForAppend().length[row % CHUNK_ROWS] = row;
      packets.count++;
    }
    expect(packets.chunks).toHaveLength(2);
    expect(packets.chunkOf(CHUNK_ROWS).length[0]).toBe(CHUNK_ROWS);
    const columns = Object.values(packets.chunkOf(0)) as ArrayBufferView[];
    const perRow = columns.reduce((sum, column) => sum + column.byteLength, 0) / CHUNK_ROWS;
    expect(perRow).toBeLessThan(60);
    expect(packets.bytes).toBe(packets.count * perRow);
  });

  it('knows where in a file of terabytes a frame is', () => {
    const packets = new PacketTable();
    const chunk = packets.chunkForAppend();
    for (const [row, position] of [24, 0xffff_ffff, 0x1_0000_0000, 0xabc_1234_5678].entries()) {
      chunk.positionLow[row] = position;
      chunk.positionHigh[row] = position / POSITION_HIGH;
      packets.count++;
    }
    expect([0, 1, 2, 3].map((row) => packets.positionOf(row))).toEqual([24, 0xffff_ffff, 0x1_0000_0000, 0xabc_1234_5678]);
  });

  it('a row that is not there is a mistake', () => {
    expect(() => new PacketTable().chunkOf(0)).toThrow('row 0 of 0');
  });

  it('counts time from its first packet, exactly', () => {
    const packets = new PacketTable();
    const add = (second: number, nanosecond: number): void => {
      const chunk = packets.chunkForAppend();
      chunk.seconds[packets.count] = packets.relativeSecond(second);
      chunk.nanoseconds[packets.count] = nanosecond;
      packets.count++;
    };
    add(1_700_000_000, 999_999_999);
    add(1_700_000_001, 1);
    add(1_699_999_999, 5);
    add(1e15, 0);
    expect([0, 1, 2].map((row) => packets.time(row))).toEqual([999_999_999, 1_000_000_001, -999_999_995]);
    expect([0, 1, 2].map((row) => packets.timeText(row))).toEqual(['1700000000.999999999', '1700000001.000000001', '1699999999.000000005']);
    expect(packets.time(3)).toBe(0x7fffffff * 1e9);
  });

  it('gives up chunks that nobody reads any more', () => {
    const packets = new PacketTable();
    for (let row = 0; row < CHUNK_ROWS * 3; row++) {
      packets.chunkForAppend();
      packets.count++;
    }
    packets.release(1);
    expect(packets.first).toBe(CHUNK_ROWS);
    expect(packets.has(5)).toBe(false);
    expect(packets.has(CHUNK_ROWS + 5)).toBe(true);
    // Whoever is at work on them may finish.
    expect(packets.chunkOf(5)).toBeDefined();
    packets.release(2);
    expect(packets.bytes).toBeLessThanOrEqual(2 * CHUNK_ROWS * 57);
    expect(() => packets.chunkOf(5)).toThrow();
    expect(packets.chunkOf(2 * CHUNK_ROWS + 5)).toBeDefined();
  });
});

it('host names: the last answer counts, for any address', () => {
  const names = new HostNames();
  names.set(3, 10);
  names.set(3, 11);
  names.set(MANY, 12);
  names.set(-1, 13);
  expect([names.get(3), names.get(MANY), names.get(4), names.get(-1), names.get(1 << 30)]).toEqual([11, 12, -1, -1, -1]);
});

describe('the reassembly table', () => {
  const MAX_ROWS = 4_000_000;

  it('finds a message by the row that completes it', () => {
    const table = new ReassemblyTable();
    for (let row = 3; row < 3000; row += 3) table.addMessage(row, Uint32Array.of(row - 2, row - 1, row, 99), 3, 2, row * 10);
    table.setRest(2997, 7);
    table.setRest(5, 1);
    expect(table.message(300)).toEqual({ rows: Uint32Array.of(298, 299, 300), offset: 2, length: 3000, rest: 0 });
    expect(table.message(2997)).toMatchObject({ rest: 7 });
    expect([table.message(301), table.message(0), table.message(MANY)]).toEqual([null, null, null]);
  });

  it('finds the fragments of a datagram by its last', () => {
    const table = new ReassemblyTable();
    table.addDatagram(9, [7, 8, 9]);
    expect([table.datagram(9), table.datagram(8), table.message(9)]).toEqual([[7, 8, 9], null, null]);
  });

  it('names a bounded number of rows', () => {
    const table = new ReassemblyTable();
    const rows = new Uint32Array(MAX_ROWS / 4);
    for (let row = 0; row < 10; row++) table.addMessage(row, rows, rows.length, 0, 1);
    expect([table.message(3), table.message(4)]).toEqual([expect.anything(), null]);
    expect(table.bytes).toBe(MAX_ROWS * 4 + 4 * 24);
    for (let row = 0; row < 10; row++) table.addDatagram(row, Array.from(rows));
    expect([table.datagram(3), table.datagram(4)]).toEqual([expect.anything(), null]);
  });
});
