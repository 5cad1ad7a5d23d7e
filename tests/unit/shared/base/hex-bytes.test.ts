import { expect, it } from 'vitest';
import { hexBytes } from '../../../../src/shared/base/hex-bytes';

it.each([
  ['47 45 54', [0x47, 0x45, 0x54]],
  ['47:45:54', [0x47, 0x45, 0x54]],
  ['0x47 0x45', [0x47, 0x45]],
  ['474554', [0x47, 0x45, 0x54]],
  ['', []],
  ['4', null],
  ['4g', null],
  ['GET', null],
])('"%s"', (text, bytes) => {
  expect(hexBytes(text)).toEqual(bytes);
});
