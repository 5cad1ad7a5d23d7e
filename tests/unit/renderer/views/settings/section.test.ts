import { expect, it } from 'vitest';
import { mentions } from '../../../../../src/renderer/views/settings/section';

it.each([
  ['', true],
  ['tor', true],
  ['relay tor', true],
  ['Relays of the', true],
  ['.mmdb', true],
  ['mmd', true],
  // Within a word is not its beginning.
  ['elays', false],
  ['mdb', false],
  ['tor exit', false],
  ['<b>', false],
  ['(.*', true],
])('a setting is found by the beginnings of its words: %s', (query, found) => {
  expect(mentions(query.toLowerCase(), 'Addresses of relays of the Tor network', 'GeoLite2 .mmdb')).toBe(found);
});
