import { MAX_NAME, type PacketColumns, type TimeFormat, type UserColumn, userColumnId } from '../../../shared/contract/profiles';
import { MAX_FIELD_NAME, MAX_USER_COLUMNS } from '../../../shared/contract/row-look';
import { completed } from '../../stores/columns';
import { cleanName } from '../../stores/names';
import { activeProfile, changeProfile, useProfiles } from '../../stores/profiles';
import { texts } from '../../texts';
import { moved } from '../../widgets/reorder/move';

export { TIME_FORMATS, type TimeFormat, userColumnId } from '../../../shared/contract/profiles';

export const COLUMN_IDS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'rule', 'info'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];
export const isColumnId = (id: string): id is ColumnId => COLUMN_IDS.some((each) => each === id);

/** Not shown until a person asks for them. */
const HIDDEN_AT_FIRST: readonly string[] = ['rule'];

/** Columns whose order names each of them once. */
export type ColumnSettings = PacketColumns;

let newest: { readonly stored: PacketColumns; readonly settings: ColumnSettings } | null = null;

function settingsOf(stored: PacketColumns): ColumnSettings {
  if (newest?.stored !== stored) newest = { stored, settings: complete(stored) };
  return newest.settings;
}

function complete(stored: PacketColumns): ColumnSettings {
  const own = stored.own.map(({ field }) => userColumnId(field));
  const all = [...COLUMN_IDS.slice(0, -1), ...own, ...COLUMN_IDS.slice(-1)];
  const known = [...new Set(stored.order)].filter((id) => all.includes(id));
  const hidden = all.filter((id) => stored.hidden.includes(id) || (HIDDEN_AT_FIRST.includes(id) && !stored.order.includes(id)));
  return { ...stored, order: completed(known, all), hidden: hidden.length < all.length ? hidden : hidden.slice(1) };
}

export const useColumnSettings = (): ColumnSettings => useProfiles((state) => settingsOf(activeProfile(state).columns));
export const columnSettings = (): ColumnSettings => settingsOf(activeProfile(useProfiles.getState()).columns);

const keep = (change: Partial<PacketColumns>): void => changeProfile({ columns: { ...columnSettings(), ...change } });

export const setWidth = (id: string, width: number): void => keep({ widths: { ...columnSettings().widths, [id]: Math.round(width) } });

/** Puts the visible columns into this order; the others follow the column that they followed. */
export function setOrder(visible: readonly string[]): void {
  const { order } = columnSettings();
  keep({ order: completed([...visible], order) });
}

/** Of all columns, hidden ones too. */
export function moveColumn(id: string, step: 1 | -1): void {
  const { order } = columnSettings();
  keep({ order: moved(order, order.indexOf(id), step) });
}

/** At least one column stays. */
export function setHidden(id: string, isHidden: boolean): void {
  const { hidden, order } = columnSettings();
  const others = hidden.filter((other) => other !== id);
  const next = isHidden ? [...others, id] : others;
  if (next.length < order.length) keep({ hidden: next });
}

/** Columns as they were at first; those of fields go. */
export const resetColumns = (): void => keep({ order: [], hidden: [], widths: {}, own: [] });

/** Each format has a width of its own, until a person sets one. */
export function setTimeFormat(timeFormat: TimeFormat): void {
  const { time: _, ...widths } = columnSettings().widths;
  keep({ timeFormat, widths });
}

/** A name that a column can have: the engine says whether it knows the field. */
export const isColumnField = (name: string): boolean => name.length <= MAX_FIELD_NAME && /^[A-Za-z_][\w.-]*$/.test(name);

/** The field of a user's column, by the column's id. */
export const fieldOf = (id: string): string | undefined => columnSettings().own.find(({ field }) => userColumnId(field) === id)?.field;

export const hasColumn = (field: string): boolean => columnSettings().own.some((column) => column.field === field);

/** Shows the field in a column of its own, before Info. False where there are too many. */
export function addColumn(field: string, title = field, align: UserColumn['align'] = 'left'): boolean {
  const { own, order, hidden } = columnSettings();
  const id = userColumnId(field);
  if (hasColumn(field)) {
    setHidden(id, false);
    return true;
  }
  if (own.length >= MAX_USER_COLUMNS) return false;
  const info = order.indexOf('info');
  keep({
    own: [...own, { field, title: cleanName(title).slice(0, MAX_NAME) || field.slice(0, MAX_NAME), align }],
    order: [...order.slice(0, info), id, ...order.slice(info)],
    hidden,
  });
  return true;
}

export function removeColumn(field: string): void {
  const { own, order, hidden, widths } = columnSettings();
  const id = userColumnId(field);
  const { [id]: _, ...others } = widths;
  const left = order.filter((each) => each !== id);
  const still = hidden.filter((each) => each !== id);
  keep({
    own: own.filter((column) => column.field !== field),
    order: left,
    hidden: still.length < left.length ? still : still.slice(1),
    widths: others,
  });
}

export function changeColumn(field: string, change: Partial<Omit<UserColumn, 'field'>>): void {
  const { own } = columnSettings();
  const title = change.title === undefined ? undefined : cleanName(change.title) || field.slice(0, MAX_NAME);
  keep({
    own: own.map((column) => (column.field === field ? { ...column, ...change, ...(title === undefined ? {} : { title }) } : column)),
  });
}

/** What a column of the list is called. */
export function columnTitle({ own }: ColumnSettings, id: string): string {
  if (isColumnId(id)) return texts.packets.columns[id];
  return own.find(({ field }) => userColumnId(field) === id)?.title ?? id;
}
