import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Capture } from '../../../../src/engine/capture';
import { CHUNK_MASK } from '../../../../src/engine/columns/column-chunk';
import type { SessionTables } from '../../../../src/engine/session-tables';
import { PacketFlag } from '../../../../src/shared/model/packet-flags';
import { hasTshark } from '../../../builders/tshark';

const root = process.env.PORTLIGHT_CAPTURES ?? resolve('../shared/pcaps');
const folders = ['protocols', 'attacks', 'formats', 'sized'];

const TCP = 6;
const UDP = 17;

/** Where Portlight's flows are not tshark's conversations, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'ipsec-isakmp-esp.pcap': 'silent for hours: idle flows end, conversations never do',
  'tunnel-geneve.pcap': 'tshark counts the tunnel and what is in it',
  'tunnel-gtp-u.pcap': 'tshark counts the tunnel and what is in it',
  'tunnel-teredo.pcap': 'tshark counts the tunnel and what is in it',
  'tunnel-vxlan.pcap': 'tshark counts the tunnel and what is in it',
  'snmpv1-get.pcap': "tshark's SNMP dissector makes a conversation of each answer",
  'portscan-xscan-vuln-scanner.pcap': 'tshark counts the datagrams that ICMP errors quote as conversations of their own',
  'vnc-rfb.pcap': "tshark's VNC dissector makes a second conversation of the same ends",
};

const ANALYSIS = {
  retransmission: PacketFlag.Retransmission,
  fast_retransmission: PacketFlag.FastRetransmission,
  spurious_retransmission: PacketFlag.SpuriousRetransmission,
  out_of_order: PacketFlag.OutOfOrder,
  duplicate_ack: PacketFlag.DuplicateAck,
  keep_alive: PacketFlag.KeepAlive,
  keep_alive_ack: PacketFlag.KeepAliveAck,
  zero_window: PacketFlag.ZeroWindow,
  zero_window_probe: PacketFlag.ZeroWindowProbe,
  window_update: PacketFlag.WindowUpdate,
  window_full: PacketFlag.WindowFull,
  lost_segment: PacketFlag.LostSegment,
  reused_ports: PacketFlag.PortReuse,
} as const;

/** Between them they hold every flag. */
const ANALYSED = [
  'protocols/tcp-fast-retransmit.pcap',
  'protocols/tcp-handshake-reordered.pcap',
  'protocols/tcp-zero-window-recovery.pcapng',
  'protocols/tcp-fast-open.pcap',
  'protocols/app-whatsapp.pcap',
  'protocols/app-netflix.pcap',
  'protocols/rtsp.pcap',
  'protocols/smb1.pcap',
  'attacks/aurora-reverse-shell-retries.pcap',
  'sized/merged-real-apps.pcapng',
];

async function tablesOf(path: string): Promise<SessionTables> {
  const opened = await Capture.openFile(path, {});
  if (!opened.ok) throw new Error(opened.problem.sentence);
  while ((await opened.value.next()) !== null);
  await opened.value.source.close();
  return opened.value.tables;
}

const captures = folders.flatMap((folder) => {
  const truth = join(root, 'truth', folder);
  const summaries = existsSync(truth) ? readdirSync(truth).filter((name) => name.endsWith('.summary.json')) : [];
  return summaries.map((name) => [join(folder, name.replace('.summary.json', '')), join(truth, name)] as const);
});

describe.skipIf(captures.length === 0)(`flows of the captures in ${root} (skipped where that folder is missing)`, () => {
  it.each(captures.filter(([name]) => OTHERWISE[basename(name)] === undefined))(
    "%s: as many as tshark's conversations",
    async (name, summary) => {
      const { tcpConversations, udpConversations } = JSON.parse(readFileSync(summary, 'utf8'));
      const { flows } = await tablesOf(join(root, name));
      const counts = new Map([TCP, UDP].map((protocol) => [protocol, 0]));
      for (let flow = 0; flow < flows.count; flow++) counts.set(flows.protocol(flow), (counts.get(flows.protocol(flow)) ?? 0) + 1);
      expect({ tcp: counts.get(TCP), udp: counts.get(UDP) }).toEqual({ tcp: tcpConversations, udp: udpConversations });
    },
  );
});

describe.skipIf(captures.length === 0 || !hasTshark())('TCP analysis (skipped without captures or tshark)', () => {
  it.each(ANALYSED)(
    "%s: the same flags as tshark's",
    async (name) => {
      const path = join(root, name);
      const fields = ['frame.number', ...Object.keys(ANALYSIS).map((flag) => `tcp.analysis.${flag}`)];
      const args = ['-n', '-r', path, '-Y', 'tcp and not icmp', '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
      const output = execFileSync('tshark', args, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
      const { packets } = await tablesOf(path);
      const different: string[] = [];
      for (const line of output.split('\n').filter((text) => text !== '')) {
        const [number, ...theirs] = line.split('\t');
        const row = Number(number) - 1;
        const flags = packets.chunkOf(row).flags[row & CHUNK_MASK] ?? 0;
        for (const [i, [flag, bit]] of Object.entries(ANALYSIS).entries()) {
          const expected = (theirs[i] ?? '') !== '';
          if (expected !== ((flags & bit) !== 0)) different.push(`packet ${number}: ${expected ? '' : 'no '}${flag}`);
        }
      }
      expect(different).toEqual([]);
    },
    30_000,
  );
});
