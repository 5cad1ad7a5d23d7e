import { expect, test } from 'vitest';
import { Rows } from './filter-tables';

const rows = (): Rows =>
  new Rows()
    .add('10.0.0.1:40000 > 93.184.216.34:80 S')
    .add('93.184.216.34:80 > 10.0.0.1:40000 SA')
    .add('2001:db8::7 > 2001:db8::9', { protocol: 'ICMPv6' })
    .add('10.0.0.1:5353 > 10.0.0.9:53', { query: 'example.org' })
    .add('00:1b:21:3c:4d:5e > ff:ff:ff:ff:ff:ff', { layers: 1 });

test.each([
  ['country == "US"', [1, 2]],
  ['source.country == "US"', [2]],
  ['destination.country == US', [1]],
  ['country in {"US", "DE"}', [1, 2, 3]],
  ['country', [1, 2, 3]],
  ['country != "US"', [3]],
  ['!(country == "US")', [3, 4, 5]],
  ['!country', [4, 5]],
])('%s', async (text, found) => {
  const made = rows();
  expect(await made.find(text)).toEqual(found);
  // The columns answer it: no packet is decoded.
  expect(made.decoded).toEqual([]);
});
