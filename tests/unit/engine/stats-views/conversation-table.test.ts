import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowTable } from '../../../../src/engine/flows/flow-table';
import { ConversationTable } from '../../../../src/engine/stats-views/conversation-table';
import { collectRoundTrips, countEndpoints, handshakesOf, percentile } from '../../../../src/engine/stats-views/endpoints';

const never = new AbortController().signal;

const packet = fc.record({
  a: fc.integer({ min: 0, max: 40 }),
  b: fc.integer({ min: 0, max: 40 }),
  portA: fc.constantFrom(22, 80, 65_535),
  portB: fc.constantFrom(22, 80, 0),
  length: fc.integer({ min: 1, max: 1500 }),
});

describe('the table of conversations', () => {
  it('counts each pair of ends once, whichever end a packet came from, as a map of texts does', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 3000 }), (packets) => {
        const table = new ConversationTable();
        const expected = new Map<string, number>();
        for (const { a, b, portA, portB, length } of packets) {
          table.add(table.find(a, portA, b, portB), 0, length);
          const key = [`${a}:${portA}`, `${b}:${portB}`].sort().join(' ');
          expected.set(key, (expected.get(key) ?? 0) + length);
        }
        const found = Array.from({ length: table.count }, (_, slot) => {
          const ports = table.ports[slot] ?? 0;
          const key = [`${table.a[slot]}:${ports >>> 16}`, `${table.b[slot]}:${ports & 0xffff}`].sort().join(' ');
          return [key, table.sum('bytes', slot)] as const;
        });
        expect(new Map(found)).toEqual(expected);
        expect(found).toHaveLength(expected.size);
      }),
      { numRuns: 30 },
    );
  });

  it('tells the direction of a packet from that of the first', () => {
    const table = new ConversationTable();
    expect(table.find(1, 4000, 2, 22)).toBe(0);
    expect(table.find(2, 22, 1, 4000)).toBe(1);
    expect(table.find(1, 22, 2, 4000)).toBe(2);
  });

  it('begins another conversation of the same ends where it is told to, and finds that one from then on, however much it grows', () => {
    const table = new ConversationTable();
    table.find(1, 4000, 2, 22);
    const anew = table.find(1, 4000, 2, 22, true);
    for (let other = 3; other < 5000; other++) table.find(other, 1, 2, 22);
    expect(anew).toBe(2);
    expect(table.find(2, 22, 1, 4000)).toBe(anew + 1);
  });

  it('takes no more than its limit, and still counts those that it has', () => {
    const table = new ConversationTable(2);
    expect([table.find(1, 0, 2, 0), table.find(1, 0, 3, 0), table.find(1, 0, 4, 0), table.find(3, 0, 1, 0)]).toEqual([0, 2, -1, 3]);
  });
});

describe('ends of conversations', () => {
  it('sum what they sent and received over all conversations, with their ports or without', async () => {
    const table = new ConversationTable();
    table.add(table.find(1, 4000, 2, 22), 0, 100);
    table.add(table.find(2, 22, 1, 4000), 0, 60);
    table.add(table.find(1, 4001, 2, 22), 0, 10);
    const byPort = await countEndpoints(table, true, never);
    expect(byPort.table.count).toBe(3);
    const { table: hosts, conversations } = await countEndpoints(table, false, never);
    expect([hosts.count, ...conversations.slice(0, 2)]).toEqual([2, 2, 2]);
    expect([...hosts.bytes.slice(0, 4)]).toEqual([110, 60, 60, 110]);
  });

  it('have no round trips where no handshake was seen', async () => {
    const table = new ConversationTable();
    table.find(1, 4000, 2, 22);
    const { table: hosts } = await countEndpoints(table, false, never);
    const trips = await collectRoundTrips(new FlowTable(), table, hosts, never);
    expect([handshakesOf(trips, 0), percentile(trips, 0, 0.5)]).toEqual([0, null]);
  });

  it('give the nearest rank as percentile', () => {
    const trips = { starts: Uint32Array.of(0, 0, 4), times: Float64Array.of(10, 20, 30, 40) };
    expect([0.5, 0.75, 0.95, 1].map((share) => percentile(trips, 1, share))).toEqual([20, 30, 40, 40]);
    expect(percentile(trips, 0, 0.5)).toBeNull();
  });
});
