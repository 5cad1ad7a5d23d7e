import { expect, it } from 'vitest';
import { interfaceRates, ROOM } from '../../../../../src/renderer/views/overview/interface-rates';

const series = (name: string, bytes: readonly (number | null)[]) => ({
  name,
  receivedBytes: bytes,
  sentBytes: bytes,
  receivedPackets: bytes,
  sentPackets: bytes,
});

it('gives bits a second of both directions, the busiest interface first, and names of those that carry nothing', () => {
  const { busy, quiet } = interfaceRates([series('eth0', [1, null, 2]), series('idle0', [0, 0, 0]), series('lo', [100, 0, 0])]);
  expect(busy).toEqual([
    { name: 'lo', curve: [1600, 0, 0], peak: 1600, received: 0, sent: 0, packets: 0 },
    { name: 'eth0', curve: [16, 0, 32], peak: 32, received: 16, sent: 16, packets: 4 },
  ]);
  expect(quiet).toEqual(['idle0']);
});

it('shows ten minutes: what was before does not make an interface busy', () => {
  const { busy, quiet } = interfaceRates([series('eth0', [900, ...Array.from({ length: ROOM }, () => 0)])]);
  expect([busy, quiet]).toEqual([[], ['eth0']]);
});
