import type { ConversationKind, ConversationRow, EndpointRow } from '../../../shared/contract/statistics-views';
import { applyFilter, exclude, filterTo, useFilter } from '../../stores/filter';
import { addressTest, also, conversationTest, portTest, protocolTest } from '../../stores/filter-text';
import { isHost, openHost } from '../../stores/hosts';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';

const words = texts.statistics.menu;

const copy = (text: string): void => void window.portlight.copyText(text);

/** Narrows the filter to the test and goes to that view. */
export async function show(view: string, test: string): Promise<void> {
  if (await applyFilter(also(useFilter.getState().text, test))) showView(view);
}

interface About<Row> {
  readonly row: Row;
  readonly column: GridColumn<Row> | undefined;
  readonly columns: readonly GridColumn<Row>[];
  /** What the cell, or else the row, is filtered by; null: there is no test for it. */
  readonly test: string | null;
  /** Of the whole row. */
  readonly whole: string | null;
  readonly hosts: readonly string[];
}

export function rowMenu<Row>({ row, column, columns, test, whole, hosts }: About<Row>): MenuItem[] {
  const items: MenuItem[] = [];
  if (test !== null) {
    items.push(
      { id: 'filter', label: words.filter, detail: test, run: () => void filterTo(test) },
      { id: 'exclude', label: words.exclude, run: () => void exclude(test) },
    );
  }
  if (whole !== null) {
    items.push(
      { id: 'packets', label: words.packets, separated: true, run: () => void show('packets', whole) },
      { id: 'flows', label: words.flows, run: () => void show('flows', whole) },
    );
  }
  for (const address of hosts.filter(isHost)) {
    items.push({ id: `host ${address}`, label: texts.hosts.open(address), run: () => openHost(address) });
  }
  const value = column?.text(row).trim() ?? '';
  if (value !== '') items.push({ id: 'value', label: words.copyValue, separated: true, run: () => copy(value) });
  items.push({
    id: 'row',
    label: words.copyRow,
    separated: value === '',
    run: () => copy(columns.map((each) => each.text(row).trim()).join('\t')),
  });
  return items;
}

/** All packets between the two ends. */
export const wholeConversation = (kind: ConversationKind, { a, portA, b, portB }: ConversationRow): string | null =>
  conversationTest(kind, { source: a, sourcePort: portA, destination: b, destinationPort: portB });

/** What a cell stands for; the conversation where it stands for nothing of its own. */
function cellTest(kind: ConversationKind, row: ConversationRow, column: string | undefined): string | null {
  if (column === 'a' || column === 'b') return addressTest('addr', row[column]);
  if (column === 'portA' || column === 'portB') return portTest(kind, row[column]);
  if (column === 'service' && row.service !== '') return protocolTest(row.service);
  return wholeConversation(kind, row);
}

export const conversationMenu = (
  kind: ConversationKind,
  row: ConversationRow,
  column: GridColumn<ConversationRow> | undefined,
  columns: readonly GridColumn<ConversationRow>[],
): MenuItem[] =>
  rowMenu({
    row,
    column,
    columns,
    test: cellTest(kind, row, column?.id),
    whole: wholeConversation(kind, row),
    hosts: [...new Set([row.a, row.b])],
  });

/** 'ip.addr == 10.0.0.4 && tcp.port == 22'. */
export function wholeEndpoint(kind: ConversationKind, { address, port }: Pick<EndpointRow, 'address' | 'port'>): string | null {
  const ofAddress = addressTest('addr', address);
  const ofPort = portTest(kind, port);
  return ofAddress === null || ofPort === null ? ofAddress : also(ofAddress, ofPort);
}
