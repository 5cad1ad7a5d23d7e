import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protocolNames } from '../../../../src/engine/decode/protocol-names';
import { MINUTE_LIMITS, TrafficByMinute } from '../../../../src/engine/history/traffic-by-minute';
import { ROLLUP_KINDS, type RollupRows } from '../../../../src/engine/store/records';
import { draw } from '../../../builders/draw';
import { readCapture } from '../../../builders/read-capture';

const START = 1_700_000_000;
const NO_COUNTRY = (): null => null;

type Sums = Record<string, { packets: number; bytes: number }>;

function add(sums: Sums, name: string, packets: number, bytes: number): void {
  const sum = sums[name] ?? { packets: 0, bytes: 0 };
  sums[name] = { packets: sum.packets + packets, bytes: sum.bytes + bytes };
}

function addRows(sums: Sums, rows: RollupRows | null): void {
  for (let i = 0; i < (rows?.bucket.length ?? 0); i++) {
    const name = `${rows?.bucket[i]} ${ROLLUP_KINDS[rows?.kind[i] ?? -1]} ${rows?.texts[rows.key[i] ?? -1]}`;
    add(sums, name, rows?.packets[i] ?? 0, rows?.bytes[i] ?? 0);
  }
}

const packet = fc.record({
  // Backwards too, over more minutes than are gathered at once.
  second: fc.integer({ min: 0, max: 1800 }),
  host: fc.integer({ min: 1, max: 5 }),
  port: fc.constantFrom(22, 53, 443),
  answer: fc.boolean(),
});

describe('traffic by minute', () => {
  it('adds up every packet once, in whatever order the times come and whenever it is asked', async () => {
    const whole = fc.asyncProperty(
      fc.array(packet, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      async (drawn, step) => {
        const lines = drawn.map(({ second, host, port, answer }) =>
          answer
            ? `@${second} 10.0.0.9:${port} > 10.0.0.${host}:40000 A data=hello`
            : `@${second} 10.0.0.${host}:40000 > 10.0.0.9:${port} ${port === 53 ? 'udp' : 'S'}`,
        );
        const { tables } = await readCapture(draw(lines.join('\n')).pcap());
        const { packets } = tables;
        const expected: Sums = {};
        for (let row = 0; row < packets.count; row++) {
          const chunk = packets.chunkOf(row);
          const minute = Math.floor(Number.parseFloat(packets.timeText(row)) / 60) * 60;
          const bytes = chunk.length[row] ?? 0;
          add(expected, `${minute} protocol ${protocolNames.name(chunk.protocol[row] ?? 0)}`, 1, bytes);
          for (const end of [chunk.source[row] ?? 0, chunk.destination[row] ?? 0]) {
            add(expected, `${minute} host ${tables.addresses.text(end)}`, 1, bytes);
            add(expected, `${minute} country ${tables.addresses.text(end).endsWith('.9') ? 'DE' : 'FR'}`, 1, bytes);
          }
        }
        const traffic = new TrafficByMinute(tables, (address) => (tables.addresses.text(address).endsWith('.9') ? 'DE' : 'FR'));
        const found: Sums = {};
        for (let row = 0; row < packets.count; row += step) {
          traffic.addRows(row, Math.min(packets.count, row + step));
          if (row % 3 === 0) addRows(found, traffic.take(false));
        }
        addRows(found, traffic.take(true));
        const ports = Object.entries(found).filter(([name]) => name.includes(' port '));
        expect(Object.fromEntries(Object.entries(found).filter(([name]) => !name.includes(' port ')))).toEqual(expected);
        expect(ports.reduce((sum, [, { packets: count }]) => sum + count, 0)).toBe(packets.count);
        expect(traffic.take(true)).toBeNull();
      },
    );
    await fc.assert(whole, { numRuns: 50 });
  });

  it('keeps back a minute that goes on', async () => {
    const { tables } = await readCapture(draw('@0 10.0.0.1:1 > 10.0.0.2:2 S\n@60 10.0.0.1:1 > 10.0.0.2:2 S').pcap());
    const traffic = new TrafficByMinute(tables, NO_COUNTRY);
    traffic.addRows(0, 2);
    const first = Math.floor(START / 60) * 60;
    expect(new Set(traffic.take(false)?.bucket)).toEqual(new Set([first]));
    expect(new Set(traffic.take(true)?.bucket)).toEqual(new Set([first + 60]));
  });

  it('beyond the bound counts hosts and ports together, and loses none', async () => {
    const hosts = MINUTE_LIMITS.hosts + 1000;
    const lines = Array.from({ length: hosts }, (_, i) => `@1 10.1.${i >> 8}.${i & 255}:40000 > 10.0.0.1:${1 + i} S`);
    const { tables } = await readCapture(draw(lines.join('\n')).pcap());
    const traffic = new TrafficByMinute(tables, NO_COUNTRY);
    traffic.addRows(0, tables.packets.count);
    const sums: Sums = {};
    addRows(sums, traffic.take(true));
    const minute = Math.floor((START + 1) / 60) * 60;
    expect(sums[`${minute} host other`]?.packets).toBe(hosts + 1 - MINUTE_LIMITS.hosts);
    expect(sums[`${minute} port other`]?.packets).toBe(hosts - MINUTE_LIMITS.ports);
    expect(sums[`${minute} host 10.0.0.1`]?.packets).toBe(hosts);
  });

  it('leaves out packets without a time and countries that are not known', async () => {
    const { tables } = await readCapture(draw('10.0.0.1:1 > 10.0.0.2:2 S').pcap());
    const chunk = tables.packets.chunkOf(0);
    const traffic = new TrafficByMinute(tables, NO_COUNTRY);
    traffic.addRows(0, 1);
    expect(Array.from(traffic.take(true)?.kind ?? []).map((kind) => ROLLUP_KINDS[kind])).toEqual(['protocol', 'host', 'host', 'port']);
    chunk.flags[0] = 0;
    traffic.addRows(0, 1);
    expect(traffic.take(true)).toBeNull();
  });
});
