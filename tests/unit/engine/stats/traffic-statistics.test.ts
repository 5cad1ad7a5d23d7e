import { describe, expect, it } from 'vitest';
import { CHUNK_MASK } from '../../../../src/engine/columns/column-chunk';
import { PacketTable } from '../../../../src/engine/columns/packet-table';
import { TrafficStatistics } from '../../../../src/engine/stats/traffic-statistics';
import { Layer, PacketFlag } from '../../../../src/shared/model/packet-flags';

const NAMES = ['', 'TCP', 'DNS', 'TLSv1.3', 'LLDP'];
const CLIENT = 0;
const SERVER = 1;
const RESOLVER = 2;

interface Packet {
  readonly time?: number | null;
  readonly from?: number;
  readonly to?: number;
  readonly ports?: readonly [number, number] | null;
  readonly udp?: boolean;
  readonly protocol?: string;
  readonly length?: number;
  readonly flags?: number;
}

function tableOf(list: readonly Packet[]): PacketTable {
  const packets = new PacketTable();
  for (const {
    time = 0,
    from = CLIENT,
    to = SERVER,
    ports = [4000, 443],
    udp = false,
    protocol = 'TCP',
    length = 100,
    flags = 0,
  } of list) {
    const chunk = packets.chunkForAppend();
    const p = packets.count++ & CHUNK_MASK;
    chunk.seconds[p] = Math.floor(time ?? 0);
    chunk.nanoseconds[p] = ((time ?? 0) - Math.floor(time ?? 0)) * 1e9;
    chunk.length[p] = length;
    chunk.capturedLength[p] = Math.min(length, 96);
    chunk.source[p] = from;
    chunk.destination[p] = to;
    chunk.sourcePort[p] = ports?.[0] ?? 0;
    chunk.destinationPort[p] = ports?.[1] ?? 0;
    chunk.layers[p] = udp ? Layer.Udp : Layer.Tcp;
    chunk.protocol[p] = NAMES.indexOf(protocol);
    chunk.flags[p] = flags | (time === null ? 0 : PacketFlag.Time) | (ports === null ? 0 : PacketFlag.Ports);
  }
  return packets;
}

function statisticsOf(list: readonly Packet[]): TrafficStatistics {
  const statistics = new TrafficStatistics((id) => NAMES[id] ?? '');
  statistics.addRows(tableOf(list), 0, list.length);
  return statistics;
}

const back = { from: SERVER, to: CLIENT, ports: [443, 4000], flags: PacketFlag.Backward } as const;

describe('traffic statistics', () => {
  it('sums packets, bytes and time', () => {
    const s = statisticsOf([{ time: 2, length: 60 }, { time: 1.5, length: 1500 }, { time: null }, { time: 9 }]);
    expect([s.packets, s.bytes, s.capturedBytes]).toEqual([4, 1760, 60 + 3 * 96]);
    expect([s.firstTime, s.lastTime]).toEqual([1.5e9, 9e9]);
    expect([...s.lengths]).toEqual([1, 2, 0, 0, 0, 1, 0, 0]);
  });

  it('knows no time before the first packet', () => {
    const s = statisticsOf([]);
    expect([s.firstTime, s.lastTime, s.topTalkers(5), s.topPorts(5), s.topProtocols(5)]).toEqual([null, null, [], [], []]);
  });

  it('puts lengths on the right side of their bounds', () => {
    const bounds = [0, 79, 80, 159, 160, 5119, 5120, 65_535];
    expect([...statisticsOf(bounds.map((length) => ({ length }))).lengths]).toEqual([2, 2, 1, 0, 0, 0, 1, 2]);
  });

  it('ranks talkers by what they sent and received', () => {
    const s = statisticsOf([{ length: 100 }, { ...back, length: 1000 }, { to: RESOLVER, length: 90, udp: true, ports: [5000, 53] }]);
    expect(s.topTalkers(2)).toEqual([
      { address: CLIENT, packetsSent: 2, packetsReceived: 1, bytesSent: 190, bytesReceived: 1000 },
      { address: SERVER, packetsSent: 1, packetsReceived: 1, bytesSent: 1000, bytesReceived: 100 },
    ]);
  });

  it('counts the responder port of both directions, and TCP and UDP apart', () => {
    const s = statisticsOf([{ length: 100 }, { ...back, length: 1000 }, { udp: true, length: 50 }, { ports: null, length: 9999 }]);
    expect(s.topPorts(9)).toEqual([
      { transport: 'TCP', port: 443, packets: 2, bytes: 1100 },
      { transport: 'UDP', port: 443, packets: 1, bytes: 50 },
    ]);
  });

  it('leaves the ports that an ICMP error quotes out', () => {
    expect(statisticsOf([{ flags: PacketFlag.IcmpError }]).topPorts(9)).toEqual([]);
  });

  it('ranks protocols by packets', () => {
    const s = statisticsOf([{ length: 2000 }, { protocol: 'DNS' }, { protocol: 'DNS' }]);
    expect(s.topProtocols(1)).toEqual([{ protocol: NAMES.indexOf('DNS'), packets: 2, bytes: 200 }]);
  });

  it('shows bytes over time by family, the largest first', () => {
    const s = statisticsOf([{ time: 0 }, { time: 0.002, protocol: 'TLSv1.3', length: 700 }, { time: 0.002, protocol: 'LLDP', length: 70 }]);
    expect(s.seriesSnapshot()).toEqual({
      from: 0,
      width: 1e6,
      packets: [1, 0, 2],
      bytes: [100, 0, 770],
      families: [
        { name: 'tls', bytes: [0, 0, 700] },
        { name: 'tcp', bytes: [100, 0, 0] },
        { name: 'arp', bytes: [0, 0, 70] },
      ],
    });
  });

  it('gives the same for single rows as for all of them', () => {
    const list = [{ time: 1 }, back, { time: -5, protocol: 'DNS', udp: true }];
    const one = new TrafficStatistics((id) => NAMES[id] ?? '');
    const packets = tableOf(list);
    for (let row = list.length - 1; row >= 0; row--) one.addRow(packets, row);
    const all = statisticsOf(list);
    expect([one.seriesSnapshot(), one.topTalkers(9), one.topPorts(9)]).toEqual([all.seriesSnapshot(), all.topTalkers(9), all.topPorts(9)]);
  });

  it('counts addresses beyond its bound in the totals only', () => {
    const s = statisticsOf([{ from: 1 << 20 }, { from: 0xffffffff }, { from: 5000 }]);
    expect(s.packets).toBe(3);
    expect(s.topTalkers(9).map(({ address }) => address)).toEqual([SERVER, 5000]);
  });
});
