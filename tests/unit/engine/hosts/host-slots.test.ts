import { describe, expect, it } from 'vitest';
import { chooseHosts } from '../../../../src/engine/hosts/host-slots';
import { draw } from '../../../builders/draw';
import { readCapture } from '../../../builders/read-capture';

const { signal } = new AbortController();

/** `packets` of 10.0.0.1 come from each address. */
async function chosen(packets: Readonly<Record<string, number>>, limit: number, wanted: readonly string[] = []) {
  const lines = Object.entries(packets).flatMap(([address, count]) =>
    Array.from({ length: count }, () => `${address}:53 > 10.0.0.1:53 udp 'x'`),
  );
  const { tables } = await readCapture(draw([...lines, '10.0.0.9 > 10.0.0.1 arp who-has'].join('\n')).pcap());
  const { addresses, flows } = tables;
  const indices = Array.from({ length: addresses.count }, (_, index) => index);
  const wantedSet = new Set(indices.filter((index) => wanted.includes(addresses.text(index))));
  const slots = await chooseHosts(addresses, flows, wantedSet, signal, limit);
  for (const [slot, address] of slots.chosen.entries()) expect(slots.slotOf(address)).toBe(slot);
  return { hosts: slots.hosts, chosen: Array.from(slots.chosen, (address) => addresses.text(address)).sort() };
}

const PACKETS = { '192.0.2.1': 3, '192.0.2.2': 1, '192.0.2.3': 2, '192.0.2.4': 2, '192.0.2.5': 1 };

describe('the hosts that a list holds', () => {
  it('are all IP addresses of flows where there is room', async () => {
    expect(await chosen(PACKETS, 100)).toEqual({ hosts: 6, chosen: ['10.0.0.1', ...Object.keys(PACKETS)] });
    expect(await chosen(PACKETS, 6)).toMatchObject({ hosts: 6, chosen: ['10.0.0.1', ...Object.keys(PACKETS)] });
  });

  it('are those with the most packets where there is not, of equals the first', async () => {
    expect(await chosen(PACKETS, 3)).toEqual({ hosts: 6, chosen: ['10.0.0.1', '192.0.2.1', '192.0.2.3'] });
    expect(await chosen(PACKETS, 5)).toEqual({ hosts: 6, chosen: ['10.0.0.1', '192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'] });
  });

  it('hold those that alerts name first', async () => {
    expect(await chosen(PACKETS, 2, ['192.0.2.5'])).toEqual({ hosts: 6, chosen: ['10.0.0.1', '192.0.2.5'] });
  });

  it('are none where there is no flow', async () => {
    expect(await chosen({}, 10)).toEqual({ hosts: 0, chosen: [] });
  });
});
