import { describe, expect, it } from 'vitest';
import { draw } from '../../../../builders/draw';
import { arp, ethernet } from '../../../../builders/layers';
import { writePcap } from '../../../../builders/pcap';
import type { Analysis } from '../../../../rig/analyse';
import { analyse } from '../../../../rig/analyse';
import { analyseWithCut, type Cut, keepPackets, toldOnce } from '../../../../rig/missing';

const SECOND = 1_000_000_000;
const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);
/** A small exchange of others each second. */
const others = (from: number, seconds: number): string[] =>
  range(seconds, from).flatMap((s) => [`@${s}.5 10.9.0.2:4000 > 10.9.0.3:5000 udp len=60`, '10.9.0.3:5000 > 10.9.0.2:4000 udp len=60']);
const connection = (at: number, client: string, server: string, roundTrip = 0.02): string[] => [
  `@${at.toFixed(3)} ${client} > ${server} S`,
  `@${(at + roundTrip / 2).toFixed(3)} ${server} > ${client} SA`,
  `@${(at + roundTrip).toFixed(3)} ${client} > ${server} A`,
];
/** Lines that each begin with their time, in its order. */
const inOrder = (lines: readonly string[]): string[] => {
  const timed: { time: number; line: string }[] = [];
  for (const line of lines)
    timed.push({ time: /^@([\d.]+)/.test(line) ? Number(line.slice(1).split(' ')[0]) : (timed.at(-1)?.time ?? 0), line });
  return timed.sort((a, b) => a.time - b.time).map(({ line }) => line);
};
const pcap = (lines: readonly string[]): Uint8Array => draw(inOrder(lines).join('\n')).pcap();
const types = ({ all }: Analysis): string[] => [...new Set(all.map(({ type }) => type))].sort();

interface Case {
  readonly what: string;
  /** What a rule finds that knows nothing of the gap. */
  readonly finds: string;
  readonly capture: Uint8Array;
  readonly cut: Cut;
  readonly thresholds?: Readonly<Record<string, Record<string, number>>>;
}

/** One proxy that opens 150 connections a second, whose handshakes take most of one. */
const busyProxy = (from: number, to: number): string[] =>
  range((to - from) * 150).flatMap((i) => connection(from + i / 150, `10.0.0.2:${2000 + i}`, '10.0.0.4:443', 0.9));
/** Pings to somebody who answers none: a few at first, then twenty a second. */
const pings = (from: number, to: number, everySecond: number): string[] =>
  range((to - from) * everySecond).map((i) => `@${(from + i / everySecond).toFixed(3)} 10.0.0.2 > 10.0.0.4 icmp echo 7 ${i % 60_000}`);

const GATEWAY = '02:00:00:00:00:01';
const OTHER_GATEWAY = '02:00:00:00:00:02';
const STATION = '02:00:00:00:00:30';
/** A station asks for its gateway, and the other machine of a pair answers, which has taken over. */
const takeover = (): Uint8Array =>
  writePcap(
    (
      [
        [0, 1, STATION, '10.0.0.30', '10.0.0.1'],
        [0.1, 2, GATEWAY, '10.0.0.1', '10.0.0.30'],
        [39.9, 1, STATION, '10.0.0.30', '10.0.0.1'],
        [40.1, 2, OTHER_GATEWAY, '10.0.0.1', '10.0.0.30'],
      ] as const
    ).map(([seconds, operation, senderMac, sender, target]) => ({
      data: ethernet({ source: senderMac, payload: arp({ operation, senderMac, sender, target }) }),
      seconds: 1_700_000_000 + Math.floor(seconds),
      fraction: Math.round((seconds % 1) * 1e6),
    })),
  );

const CASES: readonly Case[] = [
  {
    what: 'connections that were opened right before it are no port scan',
    finds: 'port_scan',
    capture: pcap([
      ...others(0, 60),
      ...range(8).flatMap((i) => connection(19.8 + i / 100, '10.0.0.2:40000', `10.0.0.4:${2000 + 70 * i}`, 0.5)),
    ]),
    cut: { from: 20, to: 40 },
  },
  {
    what: 'nor a slow scan of those who did not answer in time',
    finds: 'slow_scan',
    capture: pcap([...others(0, 60), ...range(6).flatMap((i) => connection(19.8 + i / 100, '10.0.0.2:40000', `10.0.${i}.4:443`, 0.5))]),
    cut: { from: 20, to: 40 },
  },
  {
    what: 'nor a sweep: a monitor that asks thirty hosts',
    finds: 'host_sweep',
    capture: pcap([
      ...others(0, 60),
      ...range(30).flatMap((i) => [
        `@${(19.6 + i / 100).toFixed(3)} 10.0.0.2 > 10.1.0.${i + 1} icmp echo 7 1`,
        `@${(20.1 + i / 100).toFixed(3)} 10.1.0.${i + 1} > 10.0.0.2 icmp reply 7 1`,
      ]),
    ]),
    cut: { from: 20, to: 40 },
  },
  {
    what: 'nor a SYN flood: handshakes that were cut off',
    finds: 'syn_flood',
    capture: pcap([...others(0, 60), ...busyProxy(15, 21)]),
    cut: { from: 20, to: 24 },
  },
  {
    what: 'nor forged ARP: an answer whose question was not captured',
    finds: 'arp_spoof',
    capture: takeover(),
    cut: { from: 20, to: 40 },
  },
  {
    what: 'nor a traffic spike: what was usual before it is usual after it',
    finds: 'traffic_spike',
    capture: pcap(range(1560).map((i) => `@${(i / 4).toFixed(2)} 10.0.0.66:9999 > 10.0.0.3:5201 udp len=1000`)),
    cut: { from: 70, to: 350 },
    thresholds: { traffic_spike: { floor: 100 } },
  },
  {
    what: 'nor a flood of pings',
    finds: 'icmp_flood',
    capture: pcap([...pings(0, 90, 4), ...pings(90, 180, 20), ...pings(380, 400, 20)]),
    cut: { from: 180, to: 380 },
    thresholds: { icmp_flood: { packets: 50 } },
  },
];

describe('what was not captured for seconds', () => {
  it.each(CASES)('$what', async ({ capture, cut, finds, thresholds }) => {
    const { told, untold } = await analyseWithCut(capture, cut, thresholds);
    expect(types(untold)).toContain(finds);
    expect(types(told)).toEqual([]);
  });

  it('is no interval of a beacon, and no end of it', async () => {
    const calls = range(60).flatMap((i) => [
      ...connection(10 * i, `10.0.0.2:${40_000 + i}`, '198.51.100.9:443'),
      `10.0.0.2:${40_000 + i} > 198.51.100.9:443 PA len=120`,
      `198.51.100.9:443 > 10.0.0.2:${40_000 + i} FA`,
      `10.0.0.2:${40_000 + i} > 198.51.100.9:443 FA`,
      `198.51.100.9:443 > 10.0.0.2:${40_000 + i} A`,
    ]);
    const { told, untold } = await analyseWithCut(pcap([...calls, ...others(0, 600)]), { from: 95, to: 311 });
    expect(types(untold)).toEqual([]);
    expect(told.all).toMatchObject([{ type: 'beaconing', source: '10.0.0.2', evidence: { interval: 10, jitter: 0 } }]);
  });

  it('is said by an alert that counts over it', async () => {
    const scan = (from: number, port = 1000) =>
      range(30).map((i) => `@${(from + i / 100).toFixed(2)} 203.0.113.9:40000 > 10.0.0.4:${port + 70 * i} S`);
    const { told } = await analyseWithCut(pcap([...others(0, 60), ...scan(5), ...scan(45, 9000)]), { from: 20, to: 40 });
    expect(told.alerts).toMatchObject([{ type: 'port_scan', evidence: { notCaptured: ['20.0 s'] } }]);
    const { told: before } = await analyseWithCut(pcap([...others(0, 110), ...scan(105)]), { from: 5, to: 25 });
    expect(before.alerts[0]?.evidence).not.toHaveProperty('notCaptured');
  });
});

describe('packets that were lost among others', () => {
  /** Of each two the second, from second 5 on; told once a second. */
  const withHalf = async (capture: Uint8Array, told: boolean): Promise<Analysis> => {
    const gaps = range(20, 5).map((s) => ({ from: (s - 1) * SECOND, to: (s + 1) * SECOND, share: 0.5 }));
    const random = draws(7);
    const kept = keepPackets(capture, (seconds) => seconds < 5 || seconds > 25 || random() < 0.5);
    return analyse(kept, told ? { missing: toldOnce(gaps) } : {});
  };
  /** The same numbers between 0 and 1 for the same seed (Numerical Recipes' generator). */
  const draws = (seed: number) => () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };

  it('make no SYN flood of handshakes of which one part is missing', async () => {
    const busy = range(600).flatMap((i) => connection(5 + i / 30, `10.0.0.2:${2000 + i}`, '10.0.0.4:443'));
    const capture = pcap([...others(0, 30), ...busy]);
    expect(types(await withHalf(capture, false))).toContain('syn_flood');
    expect(types(await withHalf(capture, true))).toEqual([]);
  });

  it('hide no SYN flood', async () => {
    const flood = range(1000).map((i) => `@${(5 + i / 100).toFixed(3)} 203.0.113.9:${2000 + i} > 10.0.0.4:80 S`);
    const found = await withHalf(pcap([...others(0, 30), ...flood]), true);
    expect(found.alerts).toMatchObject([
      { type: 'syn_flood', evidence: { notCaptured: [expect.stringMatching(/^50 % of the packets of/)] } },
    ]);
  });
});
