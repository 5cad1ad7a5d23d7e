import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import { COLUMN_IDS, type FlowSettings, isId, resetColumns, setHidden, setSort } from './column-store';
import { isOffered } from './columns';

/** What can be done with a column. */
export function headerMenu(id: string, { sort, hidden }: FlowSettings, fit: () => void, knowsPrograms: boolean): MenuItem[] {
  if (!isId(id)) return [];
  const { headerMenu: words, columns, fullTitles } = texts.flows;
  const offered = COLUMN_IDS.filter((column) => isOffered(column, knowsPrograms));
  const isLast = offered.filter((column) => !hidden.includes(column)).length === 1;
  const order = (descending: boolean): MenuItem => ({
    id: descending ? 'descending' : 'ascending',
    label: descending ? words.descending : words.ascending,
    checked: sort.column === id && sort.descending === descending,
    run: () => setSort({ column: id, descending }),
  });
  return [
    order(false),
    order(true),
    { id: 'fit', label: words.fit, separated: true, run: fit },
    { id: 'hide', label: words.hide, disabled: isLast, run: () => setHidden(id, true) },
    ...offered.map((column, index) => ({
      id: `show-${column}`,
      label: fullTitles[column] ?? columns[column],
      checked: !hidden.includes(column),
      disabled: isLast && !hidden.includes(column),
      separated: index === 0,
      run: () => setHidden(column, !hidden.includes(column)),
    })),
    { id: 'reset', label: words.reset, separated: true, run: resetColumns },
  ];
}
