import type {
  ConversationRow,
  EachWay,
  EndpointRow,
  HierarchyNode,
  PacketSums,
  TcpHostRow,
} from '../../../shared/contract/statistics-views';
import { texts } from '../../texts';
import { familyColor, familyOf } from '../../theme/families';
import type { GridColumn } from '../../widgets/data-grid/column';
import { formatBitRate, formatBytes, formatCount, formatShare } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatDuration, formatFull } from '../../widgets/format/time';

const words = texts.statistics;
const QUIET = 'var(--fg1)';
const NOTHING = 'var(--fg2)';
const PROBLEM = 'var(--tone-problem-text)';
const BITS_AND_NANOSECONDS = 8e9;

type Title = keyof typeof words.columns;
type Rest<Row> = Partial<Omit<GridColumn<Row>, 'id' | 'title' | 'text'>>;

const column = <Row>(id: Title, width: number, text: (row: Row) => string, rest: Rest<Row> = {}): GridColumn<Row> => ({
  id,
  title: words.columns[id],
  width,
  minWidth: 44,
  text,
  ...rest,
});

const count = <Row>(id: Title, width: number, of: (row: Row) => number, rest: Rest<Row> = {}): GridColumn<Row> =>
  column(id, width, (row) => formatCount(of(row)), { align: 'right', color: (row) => (of(row) === 0 ? NOTHING : null), ...rest });

const bytes = <Row>(id: Title, of: (row: Row) => number, width = 78): GridColumn<Row> =>
  column(id, width, (row) => formatBytes(of(row)), {
    align: 'right',
    hint: (row) => words.hints.exactBytes(formatCount(of(row))),
    color: (row) => (of(row) === 0 ? NOTHING : null),
  });

const time = <Row>(id: Title, of: (row: Row) => number | null, rest: Rest<Row> = {}): GridColumn<Row> =>
  column(
    id,
    78,
    (row) => {
      const value = of(row);
      return value === null ? '' : formatDuration(value);
    },
    { align: 'right', color: () => QUIET, ...rest },
  );

const clock = <Row>(id: Title, startSecond: number, of: (row: Row) => number): GridColumn<Row> =>
  column(id, 104, (row) => formatClock(epochOf(startSecond, of(row)), 'local', 3), {
    align: 'right',
    hint: (row) => formatFull(epochOf(startSecond, of(row))),
    color: () => QUIET,
  });

const sum = ([ab, ba]: EachWay): number => ab + ba;

/** What went wrong in a connection: each way in the hint. */
const trouble = (id: 'retransmissions' | 'outOfOrder' | 'lostSegments' | 'resets' | 'zeroWindows', width: number) =>
  count<ConversationRow>(id, width, ({ tcp }) => (tcp ? sum(tcp[id]) : 0), {
    hint: ({ tcp }) => (tcp ? words.eachWay(formatCount(tcp[id][0]), formatCount(tcp[id][1])) : ''),
    color: ({ tcp }) => (tcp && sum(tcp[id]) > 0 ? PROBLEM : NOTHING),
  });

const bitRate = (id: 'bitsAB' | 'bitsBA', direction: 0 | 1): GridColumn<ConversationRow> =>
  column(
    id,
    94,
    (row) => {
      const duration = row.lastTime - row.firstTime;
      return duration <= 0 ? '' : formatBitRate((row.bytes[direction] * BITS_AND_NANOSECONDS) / duration);
    },
    { align: 'right', color: () => QUIET },
  );

const duration = time<ConversationRow>('duration', (row) => Math.max(0, row.lastTime - row.firstTime), { width: 86 });

const ends = (withPorts: boolean): GridColumn<ConversationRow>[] => [
  column('a', 108, (row) => row.a, { grows: true }),
  ...(withPorts ? [column<ConversationRow>('portA', 54, (row) => String(row.portA ?? ''), { align: 'right' })] : []),
  column('b', 108, (row) => row.b, { grows: true }),
  ...(withPorts ? [column<ConversationRow>('portB', 54, (row) => String(row.portB ?? ''), { align: 'right' })] : []),
];

const service = column<ConversationRow>('service', 64, (row) => row.service, {
  color: (row) => (row.service === '' ? null : familyColor(familyOf(row.service))),
});

const totals: readonly GridColumn<ConversationRow>[] = [
  count('packets', 70, (row) => sum(row.packets), {
    hint: ({ packets }) => words.eachWay(formatCount(packets[0]), formatCount(packets[1])),
  }),
  bytes('bytes', (row) => sum(row.bytes), 74),
];

export const conversationColumns = (withPorts: boolean, startSecond: number, isWide: boolean): GridColumn<ConversationRow>[] => [
  ...ends(withPorts),
  ...(withPorts && isWide ? [service] : []),
  ...(isWide || !withPorts ? totals : []),
  count('packetsAB', 96, (row) => row.packets[0]),
  bytes('bytesAB', (row) => row.bytes[0]),
  count('packetsBA', 96, (row) => row.packets[1]),
  bytes('bytesBA', (row) => row.bytes[1]),
  ...(isWide || !withPorts ? [clock<ConversationRow>('first', startSecond, (row) => row.firstTime)] : []),
  duration,
  bitRate('bitsAB', 0),
  bitRate('bitsBA', 1),
];

const state = column<ConversationRow>('state', 58, ({ tcp }) => tcp?.state ?? '', {
  hint: ({ tcp }) => (tcp ? (texts.frame.flowStates[tcp.state] ?? '') : ''),
});

export const longColumns = (kind: 'tcp' | 'udp', startSecond: number): GridColumn<ConversationRow>[] => [
  ...ends(true),
  service,
  duration,
  clock('first', startSecond, (row) => row.firstTime),
  ...(kind === 'tcp'
    ? [
        column<ConversationRow>('ending', 82, ({ ending }) => (ending === null ? '' : words.endings[ending]), {
          hint: ({ ending }) => (ending === null ? '' : words.endingHints[ending]),
          color: ({ ending }) => (ending === 'open' ? 'var(--ok)' : QUIET),
        }),
        state,
      ]
    : []),
  ...totals,
];

export const sessionColumns = (isWide: boolean): GridColumn<ConversationRow>[] => [
  ...ends(true),
  state,
  ...(isWide ? totals.slice(0, 1) : []),
  trouble('retransmissions', 112),
  trouble('outOfOrder', 96),
  trouble('lostSegments', 98),
  trouble('resets', 66),
  trouble('zeroWindows', 102),
  time('roundTrip', ({ tcp }) => tcp?.roundTrip ?? null),
];

export const endpointColumns = (withPorts: boolean, startSecond: number, isWide: boolean): GridColumn<EndpointRow>[] => [
  column('address', 140, (row) => row.address, { grows: true }),
  ...(withPorts ? [column<EndpointRow>('port', 60, (row) => String(row.port ?? ''), { align: 'right' })] : []),
  count('conversations', 110, (row) => row.conversations),
  ...(isWide
    ? [
        count<EndpointRow>('packets', 76, (row) => row.packetsSent + row.packetsReceived),
        bytes<EndpointRow>('bytes', (row) => row.bytesSent + row.bytesReceived),
      ]
    : []),
  count('packetsSent', 98, (row) => row.packetsSent),
  bytes('bytesSent', (row) => row.bytesSent, 84),
  count('packetsReceived', 116, (row) => row.packetsReceived),
  bytes('bytesReceived', (row) => row.bytesReceived, 102),
  clock('first', startSecond, (row) => row.firstTime),
  clock('last', startSecond, (row) => row.lastTime),
];

const sent = (id: 'retransmissions' | 'outOfOrder' | 'resets' | 'zeroWindows', width: number): GridColumn<TcpHostRow> =>
  count(id, width, (row) => row[id], { color: (row) => (row[id] > 0 ? PROBLEM : NOTHING) });

export const tcpHostColumns = (isWide: boolean): GridColumn<TcpHostRow>[] => [
  column('address', 140, (row) => row.address, { grows: true }),
  count('sessions', 96, (row) => row.sessions),
  ...(isWide ? [count<TcpHostRow>('packetsSent', 98, (row) => row.packetsSent)] : []),
  sent('retransmissions', 112),
  sent('outOfOrder', 96),
  sent('resets', 66),
  sent('zeroWindows', 102),
  count('handshakes', 96, (row) => row.handshakes, { hint: () => words.hints.handshakes }),
  time('median', (row) => row.median, { hint: () => words.hints.percentile('50 %'), width: 98 }),
  time('p95', (row) => row.p95, { width: 88, hint: () => words.hints.percentile('95 %') }),
  time('p99', (row) => row.p99, { width: 88, hint: () => words.hints.percentile('99 %') }),
];

export type ProtocolRow = HierarchyNode & { readonly id: number };

export const protocolColumns = (sums: Pick<PacketSums, 'packets' | 'bytes' | 'duration'>, isWide: boolean): GridColumn<ProtocolRow>[] => [
  // Non-breaking: leading blanks would be dropped.
  column('protocol', 200, ({ name, depth }) => `${'\u00a0'.repeat(4 * depth)}${name}`, {
    grows: true,
    color: ({ name, depth }) => (depth === 0 ? null : familyColor(familyOf(name))),
  }),
  column('share', 80, (row) => formatShare(row.packets, sums.packets), {
    align: 'right',
    hint: (row) => words.hints.share(formatCount(row.packets), formatCount(sums.packets)),
  }),
  count('packets', 90, (row) => row.packets),
  column('byteShare', 80, (row) => formatShare(row.bytes, sums.bytes), { align: 'right' }),
  bytes('bytes', (row) => row.bytes, 90),
  column('bits', 104, (row) => (sums.duration === 0 ? '' : formatBitRate((row.bytes * BITS_AND_NANOSECONDS) / sums.duration)), {
    align: 'right',
    color: () => QUIET,
  }),
  ...(isWide
    ? [
        count<ProtocolRow>('endPackets', 100, (row) => row.endPackets, { hint: () => words.hints.end }),
        bytes<ProtocolRow>('endBytes', (row) => row.endBytes, 90),
      ]
    : []),
];
