import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertType } from '../../src/shared/model/alerts';
import { ADDRESSES, EMPTY_NETWORK, type Network } from './network';
import { slower } from './packet-clock';
import { passwords, type Workshop } from './servers';

/** What a scenario works with. The victim has sshd at port 22, an FTP server at 21 and a web server at 80. */
export interface Stage {
  readonly network: Network;
  readonly workshop: Workshop;
  /** A key that the victim's sshd takes. */
  readonly userKey: string;
}

export interface Attack {
  readonly tool: string;
  readonly mode: string;
  /** Programs that must be installed, beside those of the stage. */
  readonly needs: readonly string[];
  /** Each of these is found. */
  readonly finds: readonly AlertType[];
  /** What else may rightly be said of it. */
  readonly mayFind?: readonly AlertType[];
  /** Whom the alert must name; null: nobody. The outside attacker where it is left out. */
  readonly attacker?: string | null;
  /** As for `attacker`; null: any target. */
  readonly victim?: string | null;
  run(stage: Stage): Promise<unknown>;
  /** Changes what was recorded before it is analysed. */
  readonly retime?: (pcap: Uint8Array) => Uint8Array;
}

const { victim, inside, outside, gateway } = ADDRESSES;
/** nmap sends nothing but the scan: no names looked up, no ping before, each probe sent at most twice. */
const NMAP = ['-n', '-Pn', '-T4', '--max-retries', '1'];

function nmap(mode: string, options: readonly string[] = ['--top-ports', '100'], target: string = victim): Attack['run'] {
  return ({ network }) => network.run('outside', 'nmap', ...NMAP, ...mode.split(' '), ...options, target);
}

const portScan = (mode: string, name: string, more?: readonly string[]): Attack => ({
  tool: 'nmap',
  mode: `${mode} (${name})`,
  needs: ['nmap'],
  finds: ['port_scan'],
  mayFind: ['slow_scan'],
  run: nmap(mode, more),
});

const slowScan = (seconds: number, finds: readonly AlertType[]): Attack => ({
  tool: 'nmap',
  mode: `-sS --scan-delay ${seconds}s (recorded at 20 ms)`,
  needs: ['nmap'],
  finds,
  mayFind: ['slow_scan', 'port_scan'],
  run: nmap('-sS', ['--scan-delay', '20ms', '--max-retries', '0', '--top-ports', '30']),
  retime: (pcap) => slower(pcap, seconds / 0.02),
});

const hydra = (service: string, tries: number, more: Partial<Attack>): Attack => ({
  tool: 'hydra',
  mode: `${service}, ${tries} passwords`,
  needs: ['hydra'],
  finds: ['brute_force'],
  ...more,
  run: async ({ network, workshop }) => {
    const list = await workshop.file('passwords', ...passwords(tries));
    // Its status says whether a password was found.
    await network.start('outside', 'hydra', '-I', '-t', '6', '-l', 'visitor', '-P', list, `${service}://${victim}`).end();
  },
});

const hping = (mode: string, options: string, more: Pick<Attack, 'finds'> & Partial<Attack>): Attack => ({
  tool: 'hping3',
  mode,
  needs: ['hping3'],
  ...more,
  // Its status says whether every packet was answered.
  run: ({ network }) => network.start('outside', 'hping3', '-q', ...options.split(' '), victim).end(),
});

async function iodine({ network }: Stage): Promise<void> {
  const server = network.start('outside', 'iodined', '-f', '-c', '-P', 'secret', '10.99.0.1', 't.example.org');
  await server.says('Listening to dns');
  const client = network.start('inside', 'iodine', '-f', '-r', '-m', '800', '-P', 'secret', outside, 't.example.org');
  await client.says('Connection setup complete');
  await network.run('inside', 'fping', '-q', '-c', '30', '-p', '20', '-b', '400', '10.99.0.1');
  await client.stop();
  await server.stop();
}

async function arpspoof({ network }: Stage): Promise<void> {
  // Who asks for the gateway's MAC while tcpdump watches knows the true one; a forged answer alone proves nothing.
  await network.run('victim', 'ip', 'neigh', 'flush', 'dev', 'eth0');
  await network.run('victim', 'fping', '-q', '-c', '2', '-p', '50', gateway);
  const tool = network.start('inside', 'arpspoof', '-i', 'eth0', '-t', victim, gateway);
  await tool.says('is-at');
  await sleep(2500);
  await tool.stop('SIGKILL');
}

async function mine({ network }: Stage, port: string): Promise<void> {
  const pool = await network.program('outside', 'stratum-pool', port);
  const miner = await network.program('victim', 'stratum-miner', outside, port);
  await miner.end();
  await pool.stop();
}

const miner = (port: string): Attack => ({
  tool: 'Stratum client and pool of the test',
  mode: `TCP ${port}`,
  needs: [],
  finds: ['cryptominer'],
  attacker: victim,
  victim: outside,
  run: (stage) => mine(stage, port),
});

const ssh = (userKey: string): string[] =>
  `-i ${userKey} -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@${victim}`.split(
    ' ',
  );

const breakIn: Attack = {
  ...hydra('ssh', 12, { mayFind: ['brute_force'] }),
  tool: 'hydra, then ssh',
  mode: 'the attacker enters with a key after 12 failures (recorded at 1/10 of the time)',
  needs: ['hydra', 'ssh'],
  finds: ['ssh_login_after_failures'],
  run: async (stage) => {
    await hydra('ssh', 12, {}).run(stage);
    await stage.network.run('outside', 'ssh', ...ssh(stage.userKey), 'for i in 1 2 3 4 5 6 7 8 9 10; do ls -l /bin; sleep 0.2; done');
  },
  retime: (pcap) => slower(pcap, 10),
};

/** Each is run alone, one after the other. */
export const ATTACKS: readonly Attack[] = [
  portScan('-sS', 'SYN'),
  portScan('-sT', 'connect'),
  portScan('-sU', 'UDP', ['--top-ports', '100', '--min-rate', '200', '--max-retries', '0']),
  portScan('-sF', 'FIN'),
  portScan('-sN', 'NULL'),
  portScan('-sX', 'Xmas'),
  portScan('-sA', 'ACK'),
  portScan('-sS -f', 'SYN in fragments'),
  portScan('-sS --top-ports 1000', 'SYN, a thousand ports', []),
  { ...portScan('-sS -p 21,22,23,25,80,443', 'SYN, six ports', []) },
  slowScan(5, ['slow_scan']),
  slowScan(60, ['slow_scan']),
  {
    tool: 'nmap',
    mode: '-sS -p 445 over 64 addresses without an answer',
    needs: ['nmap'],
    finds: ['host_sweep'],
    mayFind: ['slow_scan'],
    victim: null,
    run: nmap('-sS', ['-p', '445', '--max-retries', '0', '--min-rate', '100'], EMPTY_NETWORK),
  },
  {
    tool: 'fping',
    mode: '-g over 64 addresses without an answer',
    needs: ['fping'],
    finds: ['host_sweep'],
    mayFind: ['slow_scan'],
    victim: null,
    run: ({ network }) => network.start('outside', 'fping', '-q', '-r', '0', '-i', '5', '-t', '100', '-g', EMPTY_NETWORK).end(),
  },
  hydra('ssh', 12, {}),
  hydra('ftp', 12, { mayFind: ['cleartext_credentials'] }),
  breakIn,
  hping('-S, one source', '-S -p 80 -i u1000 -c 1500', { finds: ['syn_flood'] }),
  hping('-S --rand-source', '-S -p 80 --rand-source -i u1000 -c 2000', { finds: ['syn_flood'], attacker: null }),
  hping('--udp, 6,000 packets', '--udp -p 9999 -i u500 -c 6000 -d 64', { finds: ['udp_flood'], mayFind: ['traffic_spike'] }),
  hping('--icmp, 1,500 packets', '--icmp -i u1000 -c 1500', { finds: ['icmp_flood'] }),
  {
    tool: 'iodine',
    mode: 'tunnel with 30 pings of 400 bytes',
    needs: ['iodine', 'iodined', 'fping'],
    finds: ['dns_tunneling'],
    attacker: inside,
    victim: null,
    run: iodine,
  },
  miner('3333'),
  miner('8080'),
  {
    tool: 'arpspoof',
    mode: '-t victim gateway',
    needs: ['arpspoof', 'fping'],
    finds: ['arp_spoof'],
    attacker: null,
    victim: null,
    run: arpspoof,
  },
];

/** At whose interface an attack is recorded. */
export const recordedAt = ({ tool }: Attack): 'victim' | 'inside' => (tool === 'iodine' ? 'inside' : 'victim');
