import type { HostRow } from '../../../shared/model/hosts';
import { setQuery as setAlertQuery, showAllAlerts } from '../../stores/alert-query';
import { applyFilter, exclude, filterTo } from '../../stores/filter';
import { addressTest, countryTest, hostNameTest } from '../../stores/filter-text';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import { valueItems } from '../../values/value-items';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';

const words = texts.hosts.menu;

const copy = (text: string): void => void window.portlight.copyText(text);

async function show(view: string, test: string): Promise<void> {
  if (await applyFilter(test)) showView(view);
}

/** The list of alerts, narrowed to those that name the address. */
function showAlerts(address: string): void {
  showAllAlerts();
  setAlertQuery({ text: address, grouping: null });
  showView('alerts');
}

/** What can be done with a host; the same in the list's menu and on its page. */
export function hostActions(address: string, alerts: number, onBlock: (address: string) => void): MenuItem[] {
  const test = addressTest('addr', address);
  const items: MenuItem[] = [];
  if (test !== null) {
    items.push(
      { id: 'filter', label: words.filter, detail: test, separated: true, run: () => void filterTo(test) },
      { id: 'exclude', label: words.exclude, run: () => void exclude(test) },
      { id: 'flows', label: words.flows, separated: true, run: () => void show('flows', test) },
      { id: 'packets', label: words.packets, run: () => void show('packets', test) },
    );
  }
  items.push(
    { id: 'alerts', label: words.alerts, disabled: alerts === 0, run: () => showAlerts(address) },
    { id: 'copy', label: words.copy, separated: true, run: () => copy(address) },
    { id: 'block', label: words.block, run: () => onBlock(address) },
  );
  return items;
}

/** What a cell offers beside what its row does: the host's name and its country are values of their own, the rest is copied. */
export function cellItems(column: GridColumn<HostRow> | undefined, row: HostRow): MenuItem[] {
  const text = column?.text(row) ?? '';
  if (column === undefined || column.id === 'address' || text === '') return [];
  const { name, country } = row;
  const test =
    column.id === 'name' && name !== '' ? hostNameTest(name) : column.id === 'country' && country !== null ? countryTest(country) : null;
  return valueItems({ text, test }).map((item) => ({ ...item, id: `cell-${item.id}` }));
}
