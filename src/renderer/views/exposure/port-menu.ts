import type { ExposedPort } from '../../../shared/contract/exposure';
import { applyFilter, exclude, filterTo, useFilter } from '../../stores/filter';
import { addressTest, also, portTest } from '../../stores/filter-text';
import { openHost } from '../../stores/hosts';
import { showView } from '../../stores/layout';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';

const words = texts.exposure.menu;

const copy = (text: string): void => void window.portlight.copyText(text);

/** 'ip.addr == 10.0.0.4 && tcp.port == 22': what went to and came from the port. */
export function portFilter(host: string, { transport, port }: Pick<ExposedPort, 'transport' | 'port'>): string | null {
  const ofHost = addressTest('addr', host);
  const ofPort = portTest(transport, port);
  return ofHost === null || ofPort === null ? null : also(ofHost, ofPort);
}

/** Narrows the filter to the port and goes to that view. */
export async function showPort(view: 'hosts' | 'flows' | 'packets', host: string, row: ExposedPort): Promise<void> {
  const test = portFilter(host, row);
  if (test !== null && (await applyFilter(also(useFilter.getState().text, test)))) showView(view);
}

/** What can be done with a port. */
export function portMenu(
  host: string,
  row: ExposedPort,
  column: GridColumn<ExposedPort> | undefined,
  columns: readonly GridColumn<ExposedPort>[],
): MenuItem[] {
  const test = portFilter(host, row);
  const touched = row.answered + row.refused + row.silent > 0;
  const value = column?.text(row) ?? '';
  return [
    ...(test === null
      ? []
      : [
          { id: 'filter', label: words.filter, detail: test, run: () => void filterTo(test) },
          { id: 'exclude', label: words.exclude, run: () => void exclude(test) },
        ]),
    { id: 'who', label: words.who, separated: true, disabled: !touched, run: () => void showPort('hosts', host, row) },
    { id: 'flows', label: words.flows, disabled: !touched, run: () => void showPort('flows', host, row) },
    { id: 'packets', label: words.packets, disabled: !touched, run: () => void showPort('packets', host, row) },
    { id: 'host', label: words.host, detail: host, run: () => openHost(host) },
    ...(value === '' ? [] : [{ id: 'value', label: words.copyValue, separated: true, run: () => copy(value) }]),
    { id: 'row', label: words.copyRow, separated: value === '', run: () => copy(columns.map((each) => each.text(row)).join('\t')) },
  ];
}
