import { describe, expect, it } from 'vitest';
import { assert, InvariantError, unreachable } from '../../../src/shared/base/assert';
import { hex, hexNumber, u8, u16, u16le, u24, u32, u32le, u64, u64le, utf8 } from '../../../src/shared/base/bytes';
import { formatIpv4, formatIpv6, formatMac } from '../../../src/shared/model/addresses';
import { addressBytes } from '../../builders/addresses';

const BYTES = Uint8Array.of(0x81, 2, 3, 4, 5, 6, 7, 0xf8);

describe('numbers in bytes', () => {
  it('in network order and the other', () => {
    expect([u8(BYTES, 0), u16(BYTES, 0), u24(BYTES, 0), u32(BYTES, 0)]).toEqual([0x81, 0x8102, 0x810203, 0x81020304]);
    expect([u16le(BYTES, 6), u32le(BYTES, 4)]).toEqual([0xf807, 0xf8070605]);
    expect([u64(BYTES, 0), u64le(BYTES, 0)]).toEqual([0x81020304050607f8n, 0xf807060504030281n]);
  });

  it('are 0 beyond the end', () => {
    expect([u8(BYTES, 8), u16(BYTES, 7), u32(BYTES, 6), u64(BYTES, 100)]).toEqual([0, 0xf800, 0x07f80000, 0n]);
  });

  it('as text', () => {
    expect(hex(BYTES, 1, 4)).toBe('020304');
    expect(hex(BYTES, 6, 99, ':')).toBe('07:f8');
    expect(hexNumber(0x2f, 4)).toBe('0x002f');
    expect(utf8(Uint8Array.of(0x61, 0xff, 0x62), 0, 3)).toBe('a\ufffdb');
  });
});

describe('addresses as Wireshark prints them', () => {
  const words = (text: string): [number, number, number, number] => {
    const bytes = addressBytes(text);
    return [u32(bytes, 0), u32(bytes, 4), u32(bytes, 8), u32(bytes, 12)];
  };

  it('IPv4 and MAC', () => {
    expect(formatIpv4(0xc0a80001)).toBe('192.168.0.1');
    expect(formatMac(0x02000a00, 0x0001)).toBe('02:00:0a:00:00:01');
  });

  it.each([
    '::',
    '::1',
    '2001:db8::1',
    'fe80::1:0:0:1',
    '2001:db8:0:1:1:1:1:1',
    '1:0:0:2::3',
    '::ffff:192.0.2.1',
    '64:ff9b::c000:201',
    'ff02::fb',
  ])('%s', (text) => expect(formatIpv6(...words(text))).toBe(text));
});

it('an invariant is an error of its own', () => {
  expect(() => assert(false, 'so it is')).toThrow(InvariantError);
  expect(() => unreachable('x' as never)).toThrow('unexpected value: x');
});
