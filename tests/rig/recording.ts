import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host, Network } from './network';

/** Frames take this long from an interface into tcpdump's file, at most. */
const SETTLE_MS = 150;
/** Kept of each packet: the ring holds as many packets as have room for so many bytes, so that less is lost when they are short. */
const SEGMENT = 4096;

/** What tcpdump saw at a host's interface while `traffic` ran: the bytes of a pcap file; of each packet at most `snapLength` bytes. */
export async function record(network: Network, host: Host, traffic: () => Promise<unknown>, snapLength = SEGMENT): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'portlight-rig-'));
  const file = join(folder, 'traffic.pcap');
  try {
    const options = ['-U', '-n', '-s', `${snapLength}`, '-B', '32768', '--immediate-mode', '-Z', 'root'];
    const tcpdump = network.start(host, 'tcpdump', ...options, '-i', 'eth0', '-w', file);
    await tcpdump.says('listening on');
    try {
      await traffic();
      await sleep(SETTLE_MS);
    } finally {
      await tcpdump.stop('SIGINT');
    }
    const lost = /(\d+) packets? dropped by kernel/.exec(tcpdump.output)?.[1] ?? '0';
    if (lost !== '0') throw new Error(`tcpdump lost ${lost} packets`);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
