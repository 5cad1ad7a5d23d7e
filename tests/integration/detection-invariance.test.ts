import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertRecords } from '../../src/cli/alert-records';
import { MAX_BATCH } from '../../src/engine/columns/transport-batch';
import type { Gap } from '../../src/engine/detectors/gaps';
import { draw } from '../builders/draw';
import { CAPTURES } from '../builders/read-capture';
import { watchedCapture } from '../rig/analyse';
import { toldOnce } from '../rig/missing';
import * as ordinary from '../rig/ordinary';

const ATTACKS = [
  'portscan-nmap-syn-1000.pcapng',
  'bruteforce-ftp.pcap',
  'lab-bruteforce-ssh-hydra.pcap',
  'lab-synflood-random-sources.pcap',
  'lab-dnstunnel-iodine.pcap',
  'lab-beacon-http-10s.pcap',
  'lab-hostsweep-nmap-445.pcap',
  'lab-arpspoof-gateway.pcap',
  'miner-stratum-litecoin.pcapng',
];

/** Every alert as the command line prints it, without its number. */
async function alertsIn(capture: Uint8Array, batch: number, gaps: readonly Gap[]): Promise<string> {
  const watched = await watchedCapture(capture);
  watched.missing = toldOnce(gaps);
  while ((await watched.next(batch)) !== null);
  const records = alertRecords(watched).map(({ id: _, ...record }) => record);
  await watched.source.close();
  return JSON.stringify(records, null, 1);
}

async function expectTheSame(capture: Uint8Array, gaps: readonly Gap[] = []): Promise<string> {
  const atOnce = await alertsIn(capture, MAX_BATCH, gaps);
  for (const batch of [1, 7, 4096]) expect(await alertsIn(capture, batch, gaps), `in batches of ${batch}`).toBe(atOnce);
  return atOnce;
}

const range = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

const BUILT: Readonly<Record<string, string>> = {
  'a port scan, then logins that fail': [
    range(60, (i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + i * 13} S\n10.0.0.4:${1000 + i * 13} > 203.0.113.9:40000 RA`),
    range(12, (i) => `+1 203.0.113.9:${50_000 + i} > 10.0.0.4:22 S\n10.0.0.4:22 > 203.0.113.9:${50_000 + i} RA`),
  ].join('\n'),
  'a flood from many sources with pauses': range(
    900,
    (i) =>
      `+${i % 300 === 0 ? 400 : 0.004} 198.51.${i % 100}.${i % 250}:${2000 + i} > 10.0.0.4:80 S\n10.0.0.4:80 > 198.51.${i % 100}.${i % 250}:${2000 + i} SA`,
  ),
};

describe('the same capture gives the same alerts, at once and in batches of 1, 7 and 4,096 packets', () => {
  it.each(Object.entries(BUILT))('%s', async (_, text) => {
    expect(await expectTheSame(draw(text).pcap())).toContain('"type"');
  });

  it('a scan that a gap cut in two, of a capture that lost packets before', async () => {
    const scan = (from: number): string => range(40, (i) => `@${from + i / 20} 203.0.113.9:40000 > 10.0.0.4:${1000 * from + i * 13} S`);
    const found = await expectTheSame(draw(`${scan(5)}\n${scan(30)}`).pcap(), [
      { from: 0, to: 1.2e9, share: 0.3 },
      { from: 2.05e9, to: 25e9, share: 1 },
    ]);
    expect(found).toContain('"notCaptured"');
    expect(found).toContain('"30 % of the packets of 1.2 s"');
  });

  it('two hours of an uptime monitor', async () => {
    await expectTheSame(ordinary.uptimeMonitor());
  });

  for (const name of ATTACKS) {
    const path = join(CAPTURES, 'attacks', name);
    it.skipIf(!existsSync(path))(`${name} (skipped without captures)`, async () => {
      await expectTheSame(readFileSync(path));
    });
  }
});
