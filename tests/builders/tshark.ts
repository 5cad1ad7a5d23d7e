import { execFile, spawnSync } from 'node:child_process';
import type { PacketContext } from '../../src/engine/decode/tree/dissection';
import { PacketFlag } from '../../src/shared/model/packet-flags';

/** One packet as tshark sees it. */
export interface TsharkPacket {
  /** Field names with what tshark shows for them, in the order of its tree. */
  readonly fields: readonly { readonly name: string; readonly show: string; readonly value: string }[];
  readonly protocol: string;
  readonly info: string;
}

export const hasTshark = (): boolean => spawnSync('tshark', ['--version']).status === 0;

// Checksums of IP headers are verified by us always and by tshark on request.
const OPTIONS = ['-n', '-o', 'ip.check_checksum:TRUE'];

const run = (args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    // tshark fails after what it could read of a damaged file; that much is what we want.
    execFile('tshark', args, { maxBuffer: 2 ** 30 }, (_error, stdout) => resolve(stdout));
  });

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
const unescapeXml = (text: string): string => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ENTITIES[name] ?? '');

function fieldsOf(packet: string): TsharkPacket['fields'] {
  const fields = [];
  for (const [, name = '', attributes = ''] of packet.matchAll(/<(?:field|proto) name="([^"]*)"([^>]*)>/g)) {
    const show = / show="([^"]*)"/.exec(attributes)?.[1] ?? '';
    const value = / value="([^"]*)"/.exec(attributes)?.[1] ?? '';
    fields.push({ name, show: unescapeXml(show), value });
  }
  return fields;
}

/** The first `limit` packets of a capture with every field, and the Protocol and Info columns. */
export async function tsharkPackets(path: string, limit: number): Promise<TsharkPacket[]> {
  const common = [...OPTIONS, '-r', path, '-c', `${limit}`];
  const [pdml, columns] = await Promise.all([
    run([...common, '-T', 'pdml']),
    run([...common, '-T', 'fields', '-e', '_ws.col.Protocol', '-e', '_ws.col.Info']),
  ]);
  const rows = columns.split('\n');
  return pdml
    .split('<packet>')
    .slice(1)
    .map((packet, i) => {
      const [protocol = '', info = ''] = (rows[i] ?? '').split('\t');
      return { fields: fieldsOf(packet), protocol, info };
    });
}

const ANALYSIS: Readonly<Record<string, number>> = {
  'tcp.analysis.retransmission': PacketFlag.Retransmission,
  'tcp.analysis.fast_retransmission': PacketFlag.FastRetransmission,
  'tcp.analysis.spurious_retransmission': PacketFlag.SpuriousRetransmission,
  'tcp.analysis.out_of_order': PacketFlag.OutOfOrder,
  'tcp.analysis.reused_ports': PacketFlag.PortReuse,
  'tcp.analysis.lost_segment': PacketFlag.LostSegment,
  'tcp.analysis.window_update': PacketFlag.WindowUpdate,
  'tcp.analysis.window_full': PacketFlag.WindowFull,
  'tcp.analysis.keep_alive': PacketFlag.KeepAlive,
  'tcp.analysis.keep_alive_ack': PacketFlag.KeepAliveAck,
  'tcp.analysis.duplicate_ack': PacketFlag.DuplicateAck,
  'tcp.analysis.zero_window_probe': PacketFlag.ZeroWindowProbe,
  'tcp.analysis.zero_window': PacketFlag.ZeroWindow,
};

const bytesOf = (hex: string | undefined): Uint8Array | null =>
  hex === undefined || hex === '' ? null : Uint8Array.from(Buffer.from(hex, 'hex'));

/**
 * What the first tier would tell the tree about this packet, taken from tshark instead: so that the trees are compared and nothing else.
 * `applications`: names of the protocols over TCP and UDP that take part.
 */
export function contextFromTshark(packet: TsharkPacket, linkType: number, applications: ReadonlySet<string>): PacketContext {
  const first = new Map<string, { show: string; value: string }>();
  for (const field of packet.fields) if (!first.has(field.name)) first.set(field.name, field);
  const number = (name: string): number | null => (first.has(name) ? Number(first.get(name)?.show) : null);
  const base = (raw: string, relative: string): number | null => {
    const rawNumber = number(raw);
    const shown = number(relative);
    return rawNumber === null || shown === null ? null : (rawNumber - shown) >>> 0;
  };
  const acknowledges = first.get('tcp.flags.ack')?.show === '1';
  const factor = number('tcp.window_size_scalefactor');
  const protocols = (first.get('frame.protocols')?.show ?? '').split(':');
  const transport = Math.max(protocols.lastIndexOf('tcp'), protocols.lastIndexOf('udp'));
  const application = transport < 0 ? undefined : protocols.slice(transport + 1).find((name) => applications.has(name));
  const isPart = first.has('tcp.segment_data') && packet.protocol === 'TCP';
  const epoch = first.get('frame.time_epoch')?.show ?? '0.0';
  return {
    number: number('frame.number') ?? 1,
    epochSecond: Number(epoch.split('.')[0]),
    nanosecond: Number(epoch.split('.')[1]),
    hasTime: first.has('frame.time_epoch'),
    length: number('frame.len') ?? 0,
    linkType,
    interfaceName: first.get('frame.interface_name')?.show ?? null,
    secondsSincePrevious: number('frame.time_delta'),
    secondsSinceFirst: number('frame.time_relative'),
    protocol: packet.protocol,
    application: application ?? (isPart ? (/HTTP\/\d/.test(packet.info) ? 'http' : 'unknown') : null),
    flags: Object.entries(ANALYSIS).reduce((flags, [name, flag]) => (first.has(name) ? flags | flag : flags), 0),
    stream: number('tcp.stream') ?? number('udp.stream'),
    sequenceBase: base('tcp.seq_raw', 'tcp.seq') ?? base('sctp.data_tsn_raw', 'sctp.data_tsn'),
    acknowledgementBase: acknowledges
      ? base('tcp.ack_raw', 'tcp.ack')
      : base('sctp.sack_cumulative_tsn_ack_raw', 'sctp.sack_cumulative_tsn_ack'),
    windowScale: factor === null || factor === -1 ? null : factor === -2 ? 0 : Math.log2(factor),
    reassembledMessage: application === undefined ? null : bytesOf(first.get('tcp.reassembled.data')?.value),
    messageRest: 0,
    reassembledDatagram: bytesOf(first.get('ip.reassembled.data')?.value ?? first.get('ipv6.reassembled.data')?.value),
    quicConnectionId: null,
  };
}
