import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockRules } from '../../src/engine/hosts/block-rules';
import { EngineBench } from '../builders/engine';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { hasTshark } from '../builders/tshark';
import { named } from '../rig/available';

/** Without tunnels and fragments: there tshark counts a packet for each IP header in it, we count the flow's. */
const FILES = [
  'sized/lab-office-with-attacks.pcap',
  'attacks/lab-synflood-random-sources.pcap',
  'attacks/rat-infected-host.pcapng',
  'attacks/portscan-nmap-udp.pcap',
  'protocols/app-teams.pcap',
  'protocols/http-https-over-ipv6.pcap',
];
/** ICMP errors are counted to no flow. */
const NO_ERRORS = '!(icmp.type in {3,4,5,11,12}) && !(icmpv6.type < 128)';

interface Endpoint {
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly bytesReceived: number;
}

/** What `tshark -z endpoints` says of a capture, by address. */
function endpointsOf(path: string): Map<string, Endpoint> {
  const found = new Map<string, Endpoint>();
  for (const family of ['ip', 'ipv6']) {
    const args = ['-n', '-r', path, '-q', '-z', `endpoints,${family},${family} && ${NO_ERRORS}`];
    const text = execFileSync('tshark', args, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
    for (const line of text.split('\n')) {
      const [address = '', ...numbers] = line.trim().split(/\s+/);
      if (!/^[\da-f.:]+$/i.test(address) || numbers.length !== 6) continue;
      const [, , packetsSent = 0, bytesSent = 0, packetsReceived = 0, bytesReceived = 0] = numbers.map(Number);
      found.set(address, { packetsSent, bytesSent, packetsReceived, bytesReceived });
    }
  }
  return found;
}

const missing = hasCaptures ? (hasTshark() ? null : 'tshark is not installed') : 'no captures';

describe('the hosts of real captures', () => {
  let bench: EngineBench;
  beforeAll(async () => {
    bench = await EngineBench.start();
  });
  afterAll(() => bench.close());

  it.skipIf(missing !== null).each(FILES)(named('are the endpoints that tshark counts: %s', missing), async (file) => {
    const path = join(CAPTURES, file);
    const expected = endpointsOf(path);
    expect(expected.size).toBeGreaterThan(1);
    const { id } = await bench.client.call('session.open', { path });
    await bench.until((tick) => tick.session?.id === id && tick.load.state === 'done');
    const query = { scope: 'all', text: '' } as const;
    const ours = new Map<string, Endpoint>();
    for (let from = 0; ; from += 1000) {
      const { rows } = await bench.client.call('hosts.rows', { from, count: 1000, query, sort: 'address', descending: false });
      for (const { address, packetsSent, bytesSent, packetsReceived, bytesReceived } of rows) {
        if (packetsSent + packetsReceived > 0) ours.set(address, { packetsSent, bytesSent, packetsReceived, bytesReceived });
      }
      if (rows.length < 1000) break;
    }
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(expected));
  });
});

/** nft checks nothing without a network namespace that it may change; one of its own leaves the machine's rules alone. */
const inNamespace = (script: string): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync('unshare', ['-n', 'sh', '-c', script], { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};
const noNft = inNamespace('nft list ruleset').status === 0 ? null : 'nft is not installed, or needs more rights';

describe('the lines for nftables', () => {
  it.skipIf(noNft !== null).each(['203.0.113.9', '2001:db8::9'])(
    named('block, block again and undo as nft understands them: %s', noNft),
    (address) => {
      const rule = blockRules(address).find(({ tool }) => tool === 'nftables');
      const [block = '', undo = ''] = [rule?.block, rule?.undo].map((line) => line?.replaceAll('sudo ', ''));
      const others = 'nft add table inet other; nft add chain inet other keep';
      const { status, output } = inNamespace(
        `set -e; ${others}\n${block}\n${block}\nnft list ruleset; echo BETWEEN; ${undo}; nft list ruleset`,
      );
      expect(status, output).toBe(0);
      const [blocked = '', undone = ''] = output.split('BETWEEN');
      expect(blocked).toContain(`elements = { ${address} }`);
      expect(blocked.match(/ drop$/gm)).toHaveLength(2);
      expect(undone).not.toContain(address);
      expect(undone).toContain('chain keep');
    },
  );
});
