import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import { COLUMN_IDS, type FlowSettings, isId, resetColumns, setHidden, setSort } from './column-store';

/** What can be done with a column. */
export function headerMenu(id: string, { sort, hidden }: FlowSettings, fitColumn: (id: string) => void): MenuItem[] {
  if (!isId(id)) return [];
  const { headerMenu: words, columns, fullTitles } = texts.flows;
  const order = (descending: boolean): MenuItem => ({
    id: descending ? 'descending' : 'ascending',
    label: descending ? words.descending : words.ascending,
    checked: sort.column === id && sort.descending === descending,
    run: () => setSort({ column: id, descending }),
  });
  return [
    order(false),
    order(true),
    { id: 'fit', label: words.fit, separated: true, run: () => fitColumn(id) },
    { id: 'hide', label: words.hide, disabled: hidden.length === COLUMN_IDS.length - 1, run: () => setHidden(id, true) },
    ...COLUMN_IDS.map((column, index) => ({
      id: `show-${column}`,
      label: fullTitles[column] ?? columns[column],
      checked: !hidden.includes(column),
      separated: index === 0,
      run: () => setHidden(column, !hidden.includes(column)),
    })),
    { id: 'reset', label: words.reset, separated: true, run: resetColumns },
  ];
}
