import type { TimeRange } from '../../../shared/contract/engine';
import { PacketFlag } from '../../../shared/model/packet-flags';
import type { PacketRow } from '../../../shared/model/records';
import { startComment, toggleMarks } from '../../stores/annotations';
import { askExport } from '../../stores/export';
import { applyFilter, applyRange, exclude, filterTo, useFilter } from '../../stores/filter';
import { addressTest, conversationTest, protocolColumnTest, quoted } from '../../stores/filter-text';
import { followFlow } from '../../stores/follow';
import { isHost, openHost } from '../../stores/hosts';
import { showPacketDialog } from '../../stores/packet-dialogs';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';
import { fieldOf } from './column-store';
import { userValue } from './columns';
import { ruleNameOf } from './rules/rule-tones';

/** The filter test that a cell stands for; null where it stands for none. */
export function testOf(column: string | null, row: PacketRow): string | null {
  switch (column) {
    case 'number':
      return `frame.number == ${row.index + 1}`;
    case 'source':
      return addressTest('src', row.source);
    case 'destination':
      return addressTest('dst', row.destination);
    case 'protocol':
      return row.protocol === '' ? null : protocolColumnTest(row.protocol);
    case 'length':
      return `frame.len == ${row.length}`;
    case 'info':
      return row.info === '' ? null : `_ws.col.info == ${quoted(row.info)}`;
    default:
      return userColumnTest(column, row);
  }
}

/** Of the column of a field: where the packet holds one value of it, that value; where it holds more, the field. */
function userColumnTest(column: string | null, row: PacketRow): string | null {
  const field = column === null ? undefined : fieldOf(column);
  const value = field === undefined ? '' : userValue(row, field);
  if (field === undefined || value === '') return null;
  return value.includes(',') || value.includes('…') ? field : `${field} == ${/^[\w.:/-]+$/.test(value) ? value : quoted(value)}`;
}

function rangeWith(change: Partial<TimeRange>): TimeRange {
  const { tick } = useSession.getState();
  const present = useFilter.getState().range ?? { from: tick?.firstTime ?? 0, to: tick?.lastTime ?? 0 };
  const { from, to } = { ...present, ...change };
  return from <= to ? { from, to } : { from: to, to: from };
}

/** What can be done with one cell of one row. */
export function cellMenu(column: GridColumn<PacketRow> | undefined, row: PacketRow, columns: readonly GridColumn<PacketRow>[]): MenuItem[] {
  const { menu } = texts.packets;
  const items: MenuItem[] = [];
  const test = testOf(column?.id ?? null, row);
  if (test) {
    items.push(
      { id: 'filter', label: menu.filter, detail: test, run: () => void filterTo(test) },
      { id: 'exclude', label: menu.exclude, run: () => void exclude(test) },
    );
  }
  const end = column?.id === 'source' ? row.source : column?.id === 'destination' ? row.destination : '';
  if (isHost(end)) items.push({ id: 'host', label: texts.hosts.openPage, run: () => openHost(end) });
  const { time } = row;
  if (column?.id === 'time' && time !== null) {
    items.push(
      { id: 'from', label: menu.from, run: () => void applyRange(rangeWith({ from: time })) },
      { id: 'to', label: menu.to, run: () => void applyRange(rangeWith({ to: time })) },
    );
  }
  const { flow } = row;
  // Of TCP; of UDP; what has no ports carries no stream.
  if (flow !== null && row.sourcePort !== null)
    items.push({ id: 'follow', label: texts.stream.follow, separated: true, run: () => followFlow(flow) });
  const conversation = conversationTest(row.tcpFlags === null ? 'udp' : 'tcp', row);
  if (conversation) items.push({ id: 'conversation', label: menu.flow, run: () => void applyFilter(conversation) });
  items.push(
    {
      id: 'mark',
      label: row.flags & PacketFlag.Marked ? texts.annotations.menuUnmark : texts.annotations.menuMark,
      detail: 'Ctrl M',
      separated: true,
      run: toggleMarks,
    },
    { id: 'comment', label: texts.annotations.menuComment, detail: 'Ctrl Alt C', run: () => startComment(row.index) },
  );
  const value = column?.text(row) ?? '';
  if (value !== '')
    items.push({ id: 'value', label: menu.copyValue, separated: items.length > 0, run: () => void window.portlight.copyText(value) });
  const whole = columns.map((each) => each.text(row)).join('\t');
  items.push({
    id: 'row',
    label: menu.copyRow,
    separated: items.length > 0 && value === '',
    run: () => void window.portlight.copyText(whole),
  });
  items.push({
    id: 'export',
    separated: true,
    label: texts.exports.menu.packets,
    run: () => askExport({ subject: 'packets', which: 'chosen' }),
  });
  const rule = ruleNameOf(row);
  if (rule !== '') items.push({ id: 'rule', separated: true, label: texts.colouring.coloured(rule), run: () => showPacketDialog('rules') });
  return items;
}
