import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { DEFAULT_RULES } from '../../src/renderer/views/packets/rules/default-rules';
import { toneOf } from '../../src/renderer/views/packets/tone';
import type { EngineCalls, EngineTopics } from '../../src/shared/contract/engine';
import type { PacketRow } from '../../src/shared/model/records';
import { RpcClient } from '../../src/shared/rpc/client';
import { memoryPair } from '../../src/shared/rpc/memory-pair';
import { hasTshark } from '../builders/tshark';

const CAPTURES = process.env.PORTLIGHT_CAPTURES ?? resolve(import.meta.dirname, '../../../shared/pcaps');
const PACKETS = 60;

/** Of numbers in their bases, truth, bytes, addresses, texts, times, lines of protocols; with several values and with aliases for several fields. */
const CASES: readonly { readonly file: string; readonly fields: readonly string[] }[] = [
  {
    file: 'protocols/http-get.pcap',
    fields: [
      'frame.number',
      'frame.time_relative',
      'frame.time_epoch',
      'frame.len',
      'eth.addr',
      'eth.type',
      'ip.addr',
      'ip.id',
      'ip.flags',
    ],
  },
  {
    file: 'protocols/http-get.pcap',
    fields: ['tcp', 'tcp.port', 'tcp.flags', 'tcp.flags.syn', 'tcp.seq_raw', 'tcp.window_size', 'tcp.checksum', 'tcp.options', 'http.host'],
  },
  {
    file: 'protocols/http-get.pcap',
    fields: ['http', 'http.request.method', 'http.response.code', 'http.user_agent', 'tcp.window_size_value'],
  },
  {
    file: 'protocols/dns-over-tls.pcap',
    fields: [
      'tls',
      'tls.record.version',
      'tls.handshake.type',
      'tls.handshake.length',
      'tls.handshake.ciphersuite',
      'tls.handshake.random',
      'tls.handshake.session_id_length',
    ],
  },
  { file: 'protocols/vlan-8021ad-qinq.pcap', fields: ['vlan.id', 'vlan.priority', 'eth.type', 'frame.len'] },
  {
    file: 'protocols/tcp-zero-window-recovery.pcapng',
    fields: ['tcp.analysis.zero_window', 'tcp.analysis.flags', 'tcp.len', 'tcp.stream'],
  },
  { file: 'protocols/dhcpv6.pcap', fields: ['ipv6.addr', 'ipv6.nxt', 'udp.port', 'dhcpv6.msgtype', 'dhcpv6.xid', 'icmpv6.type'] },
  { file: 'protocols/tunnel-vxlan.pcap', fields: ['ip.src', 'ip.dst', 'eth.src', 'vxlan.vni', 'udp.dstport', 'ip'] },
];
const COLOURED = [
  'protocols/http-get.pcap',
  'protocols/dns-over-tls.pcap',
  'protocols/icmp-traceroute.pcapng',
  'protocols/icmpv6-router-advert.pcap',
  'protocols/igmp.pcap',
  'protocols/lldp-and-cdp.pcap',
  'protocols/tcp-fast-retransmit.pcap',
  'protocols/tcp-zero-window-recovery.pcapng',
  'protocols/arp-resolution.pcapng',
  'protocols/dhcpv6.pcap',
  'protocols/tunnel-vxlan.pcap',
  'protocols/tunnel-gre.pcap',
  'attacks/portscan-nmap-syn-lan.pcap',
  'attacks/lab-bruteforce-ssh-hydra.pcap',
  'attacks/lab-benign-office.pcap',
  'malformed/icmp-malformed.pcap',
  'malformed/dns-malformed-udp.pcap',
  'malformed/ipv4-bad-total-length.pcap',
  'malformed/ipv6-bad-length.pcap',
  'malformed/arp-fuzz-2282.pcap',
];

const isHere = [...CASES.map(({ file }) => file), ...COLOURED].every((file) => existsSync(join(CAPTURES, file)));

describe.skipIf(!isHere)('what the packet list shows beside its own columns (skipped without the capture folder)', () => {
  const [near, far] = memoryPair();
  const client = new RpcClient<EngineCalls, EngineTopics>(near);
  let stop: () => void;

  beforeAll(() => {
    stop = new Engine().connect(far);
  });
  afterAll(() => stop());

  async function open(file: string): Promise<string> {
    const path = join(CAPTURES, file);
    const { id } = await client.call('session.open', { path });
    await new Promise<void>((done) => {
      const end = client.subscribe('tick', ({ session, load }) => {
        if (session?.id !== id || load.state === 'loading') return;
        end();
        done();
      });
    });
    return path;
  }

  it.skipIf(!hasTshark()).each(CASES)(
    'values of $fields are those of tshark -T fields -e (skipped without tshark): $file',
    async ({ file, fields }) => {
      const path = await open(file);
      const { rows } = await client.call('packets.rows', { from: 0, count: PACKETS, look: { fields, rules: [] } });
      const names = fields.flatMap((field) => ['-e', field]);
      const options = ['-n', '-r', path, '-c', `${PACKETS}`, '-T', 'fields', ...names];
      const theirs = execFileSync('tshark', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
      expect(rows.length).toBeGreaterThan(0);
      const ours = rows.map(({ values = {} }) => fields.map((field) => values[field] ?? '').join('\t'));
      expect(ours).toEqual(theirs.slice(0, rows.length));
      for (const [column, field] of fields.entries()) {
        expect(
          ours.some((line) => line.split('\t')[column] !== ''),
          `${field} is in no packet`,
        ).toBe(true);
      }
    },
  );

  it("shows Portlight's own fields, and leaves out what is no field", async () => {
    await open('protocols/http-get.pcap');
    const fields = ['port', 'host', 'flow', 'flow.state', 'info', '_ws.col.protocol', 'tcp.nonsense', '__proto__', 'constructor'];
    const { rows } = await client.call('packets.rows', { from: 3, count: 1, look: { fields, rules: [] } });
    const [row] = rows;
    expect(row?.values).toEqual({
      port: `${row?.sourcePort},${row?.destinationPort}`,
      host: `${row?.source},${row?.destination}`,
      flow: '0',
      'flow.state': 'SF',
      info: row?.info,
      '_ws.col.protocol': 'HTTP',
    });
  });

  it('tells the first rule that holds; a wrong one never does', async () => {
    await open('protocols/http-get.pcap');
    const rules = ['tcp.nonsense == 1', 'http', '', 'tcp.flags.syn == 1', 'tcp'];
    const { rows } = await client.call('packets.rows', { from: 0, count: 4, look: { fields: [], rules } });
    expect(rows.map(({ rule }) => rule)).toEqual([3, 3, 4, 1]);
    expect(rows.every(({ values }) => values === undefined)).toBe(true);
  });

  it.each(COLOURED)('the default rules, as filters, give the colours that rows have without them: %s', async (file) => {
    await open(file);
    const look = { fields: [], rules: DEFAULT_RULES.map(({ filter }) => filter) };
    const { rows } = await client.call('packets.rows', { from: 0, count: 1000, look });
    expect(rows.length).toBeGreaterThan(0);
    const differing = rows.filter((row) => toneByRule(row) !== plainTone(row));
    expect(differing.map((row) => `${row.index + 1} ${row.protocol} ${row.info}: ${plainTone(row)}, by rule ${toneByRule(row)}`)).toEqual(
      [],
    );
  });
});

function toneByRule({ rule }: PacketRow): string {
  const colours = rule === undefined ? undefined : DEFAULT_RULES[rule]?.colours;
  return colours?.kind === 'tone' ? colours.tone : '';
}

/** SSH looks like TLS; the other families have no ground of their own. */
function plainTone(row: PacketRow): string {
  const tone = toneOf(row);
  return tone === 'ssh' ? 'tls' : ['tcp', 'wireless', 'other'].includes(tone) ? '' : tone;
}
