import type { FlowRow } from '../../../shared/model/records';
import { askExport } from '../../stores/export';
import { applyRange, exclude, filterTo } from '../../stores/filter';
import { addressTest, flowNumberTest, flowStateTest, hostNameTest, portTest, processTest, protocolTest } from '../../stores/filter-text';
import { showFlowPackets } from '../../stores/flow-packets';
import { canFollow, followFlow } from '../../stores/follow';
import { isHost, openHost } from '../../stores/hosts';
import { isCapturing, useSession } from '../../stores/session';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';

/** The filter test that a cell stands for; null where it stands for none. Ends are tested in both directions: packets go both ways. */
export function testOf(column: string | null, row: FlowRow): string | null {
  switch (column) {
    case 'protocol':
      return protocolTest(row.protocol);
    case 'source':
      return addressTest('addr', row.source);
    case 'destination':
      return addressTest('addr', row.destination);
    case 'sourcePort':
      return portTest(row.protocol, row.sourcePort);
    case 'destinationPort':
      return portTest(row.protocol, row.destinationPort);
    case 'state':
      return row.state === '' ? null : flowStateTest(row.state);
    case 'service':
      return row.service === '' ? null : protocolTest(row.service);
    case 'host':
      return row.host === '' ? null : hostNameTest(row.host);
    case 'process':
      // Which packets are of a program is only asked when no more come.
      return row.process === null || isCapturing(useSession.getState().tick) ? null : processTest(row.process);
    default:
      return null;
  }
}

const copy = (text: string): void => void window.portlight.copyText(text);

/** What can be done with one cell of one flow. */
export function cellMenu(column: GridColumn<FlowRow> | undefined, row: FlowRow, columns: readonly GridColumn<FlowRow>[]): MenuItem[] {
  const { menu } = texts.flows;
  const test = testOf(column?.id ?? null, row);
  const itself = flowNumberTest(row);
  const value = column?.text(row) ?? '';
  const items: MenuItem[] = [];
  if (test) {
    items.push(
      { id: 'filter', label: menu.filter, detail: test, run: () => void filterTo(test) },
      { id: 'exclude', label: menu.exclude, run: () => void exclude(test) },
    );
  }
  const end = column?.id === 'source' ? row.source : column?.id === 'destination' ? row.destination : '';
  if (isHost(end)) items.push({ id: 'host', label: texts.hosts.openPage, run: () => openHost(end) });
  items.push(
    { id: 'packets', label: menu.packets, detail: itself, separated: test !== null, run: () => void showFlowPackets(row) },
    ...(canFollow(row.protocol) ? [{ id: 'follow', label: texts.stream.follow, run: () => followFlow(row.index) }] : []),
    { id: 'exclude-flow', label: menu.excludeFlow, run: () => void exclude(itself) },
    { id: 'range', label: menu.range, run: () => void applyRange({ from: row.firstTime, to: row.lastTime }) },
  );
  if (value !== '') items.push({ id: 'value', label: menu.copyValue, separated: true, run: () => copy(value) });
  items.push({
    id: 'row',
    label: menu.copyRow,
    separated: value === '',
    run: () => copy(columns.map((each) => each.text(row)).join('\t')),
  });
  items.push(
    { id: 'export', separated: true, label: texts.exports.menu.flows, run: () => askExport({ subject: 'flows', which: 'chosen' }) },
    { id: 'export-packets', label: texts.exports.menu.flowPackets, run: () => askExport({ subject: 'packets', which: 'flows' }) },
  );
  return items;
}
