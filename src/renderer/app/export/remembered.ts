import { load, save } from '../../stores/storage';
import type { texts } from '../../texts';
import { columnSettings, fieldOf } from '../../views/packets/column-store';

export type FieldName = keyof typeof texts.exports.fields;

/** Those of the packet list are chosen until a person chooses others. */
export const LIST_FIELDS: readonly FieldName[] = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'];

/** Columns that the packet list shows now: those of the export, and fields that a person added. */
export function columnsOfList(): { readonly fields: readonly FieldName[]; readonly more: string } {
  const { order, hidden } = columnSettings();
  const shown = order.filter((id) => !hidden.includes(id));
  return {
    fields: LIST_FIELDS.filter((name) => shown.includes(name)),
    more: shown.flatMap((id) => fieldOf(id) ?? []).join(', '),
  };
}

/** What was chosen the last time. */
export interface Remembered {
  readonly fields: readonly string[];
  /** Further fields, as they were typed. */
  readonly more: string;
  readonly packets: string;
  readonly table: string;
}

const KEY = 'portlight-export';
const INITIAL: Remembered = { fields: LIST_FIELDS, more: '', packets: 'pcapng', table: 'csv' };
const MAX_FIELDS = 100;

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null) return false;
  const { fields, more, packets, table } = value as Partial<Record<keyof Remembered, unknown>>;
  const areTexts = [more, packets, table].every((text) => typeof text === 'string');
  return areTexts && Array.isArray(fields) && fields.length <= MAX_FIELDS && fields.every((field) => typeof field === 'string');
}

export const remembered = (): Remembered => load(KEY, isRemembered, INITIAL);
export const remember = (change: Partial<Remembered>): void => save(KEY, { ...remembered(), ...change });
