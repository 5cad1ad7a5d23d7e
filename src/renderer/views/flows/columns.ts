import type { FlowRow } from '../../../shared/model/records';
import { texts } from '../../texts';
import { familyColor, familyOf } from '../../theme/families';
import type { GridColumn } from '../../widgets/data-grid/column';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatDuration, formatFull } from '../../widgets/format/time';
import type { ColumnId, FlowSettings } from './column-store';

type Definition = Omit<GridColumn<FlowRow>, 'id' | 'title'>;

const QUIET = 'var(--row-text, var(--fg1))';

const familyText = (name: string): string | null => (name === '' ? null : familyColor(familyOf(name)));

/** Refused and reset connections stand out; those that nothing answered step back. */
function stateColor({ state }: FlowRow): string | null {
  if (state === 'REJ' || state.startsWith('RST')) return 'var(--tone-reset-text)';
  return state === 'S0' || state === 'OTH' || state.startsWith('SH') ? QUIET : null;
}

const count = (width: number, of: (row: FlowRow) => number): Definition => ({
  width,
  minWidth: 44,
  align: 'right',
  text: (row) => formatCount(of(row)),
  color: (row) => (of(row) === 0 ? 'var(--fg2)' : null),
});

const bytes = (of: (row: FlowRow) => number): Definition => ({
  width: 80,
  minWidth: 48,
  align: 'right',
  text: (row) => formatBytes(of(row)),
  hint: (row) => texts.flows.exactBytes(formatCount(of(row))),
  color: (row) => (of(row) === 0 ? 'var(--fg2)' : null),
});

const port = (of: (row: FlowRow) => number | null): Definition => ({
  width: 54,
  minWidth: 44,
  align: 'right',
  text: (row) => String(of(row) ?? ''),
});

/** With the user behind it, also where nobody may know the program. */
const programText = ({ process, users }: FlowRow): string =>
  process === null ? users.join(', ') && texts.programs.users(users.join(', ')) : texts.programs.ofUser(process, users.join(', '));

/** What the cell has no room for: process numbers and the socket's state. */
const programHint = ({ process, pids, users, socket }: FlowRow): string =>
  [
    process,
    pids.length > 0 ? texts.flows.pids(pids.join(', ')) : '',
    users.length > 0 ? texts.programs.users(users.join(', ')) : '',
    socket ?? '',
  ]
    .filter((part) => part)
    .join(', ');

const definitions = (startSecond: number): Readonly<Record<ColumnId, Definition>> => ({
  protocol: { width: 66, minWidth: 44, text: (row) => row.protocol, color: (row) => familyText(row.protocol) },
  source: { width: 124, minWidth: 56, text: (row) => row.source },
  sourcePort: port((row) => row.sourcePort),
  destination: { width: 124, minWidth: 56, text: (row) => row.destination },
  destinationPort: port((row) => row.destinationPort),
  service: { width: 68, minWidth: 48, text: (row) => row.service, color: (row) => familyText(row.service) },
  host: { width: 140, minWidth: 60, grows: true, text: (row) => row.host },
  process: {
    width: 150,
    minWidth: 60,
    text: (row) => programText(row),
    hint: (row) => programHint(row),
  },
  state: {
    width: 60,
    minWidth: 44,
    text: (row) => row.state,
    hint: (row) => texts.frame.flowStates[row.state] ?? '',
    color: stateColor,
  },
  tcpFlags: { width: 60, minWidth: 44, text: (row) => row.tcpFlags, color: () => QUIET },
  packets: count(80, (row) => row.packets),
  packetsBack: count(80, (row) => row.packetsBack),
  bytes: bytes((row) => row.bytes),
  bytesBack: bytes((row) => row.bytesBack),
  duration: { width: 88, minWidth: 56, align: 'right', text: (row) => formatDuration(row.lastTime - row.firstTime), color: () => QUIET },
  start: {
    width: 120,
    minWidth: 64,
    align: 'right',
    text: (row) => formatClock(epochOf(startSecond, row.firstTime), 'local', 6),
    hint: (row) => formatFull(epochOf(startSecond, row.firstTime)),
    color: () => QUIET,
  },
  roundTrip: {
    width: 76,
    minWidth: 48,
    align: 'right',
    text: (row) => (row.roundTrip === null ? '' : formatDuration(row.roundTrip)),
    color: () => QUIET,
  },
  retransmissions: {
    ...count(76, (row) => row.retransmissions),
    color: (row) => (row.retransmissions === 0 ? 'var(--fg2)' : 'var(--tone-problem-text)'),
  },
});

/** Columns that the session can fill: of files nobody knows the programs. */
export const isOffered = (id: ColumnId, knowsPrograms: boolean): boolean => id !== 'process' || knowsPrograms;

/** The visible columns as the person arranged them. `startSecond`: epoch second that times count from. */
export function makeColumns({ order, hidden, widths }: FlowSettings, startSecond: number, knowsPrograms: boolean): GridColumn<FlowRow>[] {
  const all = definitions(startSecond);
  return order
    .filter((id) => !hidden.includes(id) && isOffered(id, knowsPrograms))
    .map((id) => ({ ...all[id], id, title: texts.flows.columns[id], width: widths[id] ?? all[id].width }));
}
