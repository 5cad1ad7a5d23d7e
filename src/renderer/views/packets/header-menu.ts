import { showPacketDialog } from '../../stores/packet-dialogs';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import {
  type ColumnSettings,
  columnTitle,
  removeColumn,
  resetColumns,
  setHidden,
  setTimeFormat,
  TIME_FORMATS,
  userColumnId,
} from './column-store';

/** What can be done with one column, and with all. */
export function headerMenu(id: string, settings: ColumnSettings, fit: () => void): MenuItem[] {
  const { headerMenu: words, timeFormats } = texts.packets;
  const { order, hidden, own } = settings;
  const times: MenuItem[] =
    id === 'time'
      ? TIME_FORMATS.map((format) => ({
          id: format,
          label: timeFormats[format],
          checked: settings.timeFormat === format,
          run: () => setTimeFormat(format),
        }))
      : [];
  const visible: MenuItem[] = order.map((column, index) => ({
    id: `show-${column}`,
    label: columnTitle(settings, column),
    checked: !hidden.includes(column),
    separated: index === 0,
    run: () => setHidden(column, !hidden.includes(column)),
  }));
  const added = own.find(({ field }) => userColumnId(field) === id);
  return [
    ...times,
    { id: 'fit', label: words.fit, separated: times.length > 0, run: fit },
    { id: 'hide', label: words.hide, disabled: order.length - hidden.length === 1, run: () => setHidden(id, true) },
    ...(added ? [{ id: 'remove', label: words.remove, run: () => removeColumn(added.field) }] : []),
    ...visible,
    { id: 'columns', label: words.columns, separated: true, run: () => showPacketDialog('columns') },
    { id: 'rules', label: texts.colouring.open, run: () => showPacketDialog('rules') },
    { id: 'reset', label: words.reset, run: resetColumns },
  ];
}
