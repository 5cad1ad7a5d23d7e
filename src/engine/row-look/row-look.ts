import { MAX_USER_COLUMNS, type RowLook } from '../../shared/contract/row-look';
import type { PacketRow } from '../../shared/model/records';
import { NONE_32 } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { protocolNames } from '../decode/protocol-names';
import type { Dissection } from '../decode/tree/dissection';
import type { Field } from '../decode/tree/field';
import { oneLine } from '../decode/tree/writer';
import { filterFields } from '../filter/all-fields';
import { Catalog } from '../filter/catalog';
import type { DisplayFilter } from '../filter/display-filter';
import type { FilterTables } from '../filter/leaves';
import type { FilterResult } from '../filter/problem';
import { fieldText } from './field-text';
import { type OwnParts, ownValues } from './own-values';

/** Values of one field in one packet that are shown, and characters of all of them: more cannot be seen. */
const MAX_VALUES = 64;
const MAX_CHARACTERS = 512;

type Compile = (filter: string) => FilterResult<DisplayFilter>;

/** Adds to rows what columns and colouring rules of a person ask for. */
export class RowDresser {
  /** Of each name in a tree: the columns that it belongs to. */
  readonly #columnsOf = new Map<string, number[]>();
  readonly #fields: readonly string[];
  /** In their order; null where the text is no filter. */
  readonly #rules: readonly (DisplayFilter | null)[];
  readonly #tables: FilterTables | null;
  readonly #found: string[][];

  constructor({ fields, rules }: RowLook, compile: Compile) {
    const everything = compile('');
    this.#tables = everything.ok ? everything.value.tables : null;
    const catalog = new Catalog(filterFields, protocolNames);
    this.#fields = [...new Set(fields.slice(0, MAX_USER_COLUMNS))].filter((field) => catalog.find(field) !== null);
    for (const [column, field] of this.#fields.entries()) {
      if (ownValues(field) !== undefined) continue;
      for (const name of catalog.find(field)?.names ?? []) this.#columnsOf.set(name, [...(this.#columnsOf.get(name) ?? []), column]);
    }
    this.#rules = rules.map((rule) => {
      const compiled = rule.trim() === '' ? null : compile(rule);
      return compiled?.ok ? compiled.value : null;
    });
    this.#found = this.#fields.map(() => []);
  }

  dress(row: PacketRow, dissection: Dissection): PacketRow {
    const rule = this.#rules.findIndex((filter) => filter?.test(row.index, () => dissection));
    const values = this.#values(row, dissection);
    return { ...row, ...(values === null ? {} : { values }), ...(rule < 0 ? {} : { rule }) };
  }

  #values(row: PacketRow, { root }: Dissection): Record<string, string> | null {
    if (this.#fields.length === 0) return null;
    for (const texts of this.#found) texts.length = 0;
    if (this.#columnsOf.size > 0) this.#walk(root);
    const values: Record<string, string> = {};
    for (const [column, field] of this.#fields.entries()) {
      const text = joined(this.#ownTexts(field, row) ?? this.#found[column] ?? []);
      if (text !== '') values[field] = text;
    }
    return values;
  }

  #ownTexts(field: string, row: PacketRow): string[] | null {
    const own = ownValues(field);
    const tables = this.#tables;
    if (own === undefined || tables === null) return null;
    const { comments, filterFlows: flows, texts, packets, countryOf } = tables;
    const parts: OwnParts = {
      row,
      flows,
      comments: comments.get(row.index) ?? [],
      text: (index) => texts.text(index),
      country: (side) => countryOf?.(packets.chunkOf(row.index)[side][row.index & CHUNK_MASK] ?? NONE_32) ?? null,
    };
    return own(parts).flatMap((value) => (value === null || value === '' ? [] : [oneLine(String(value))]));
  }

  // Trees are at most 64 deep (see Dissection), so recursion is safe.
  #walk(fields: readonly Field[]): void {
    for (const field of fields) {
      for (const column of this.#columnsOf.get(field.name) ?? []) {
        const texts = this.#found[column];
        if (texts && texts.length < MAX_VALUES) texts.push(fieldText(field, filterFields.definitions.get(field.name)));
      }
      if (field.children.length > 0) this.#walk(field.children);
    }
  }
}

/** As Wireshark writes several values of a column. */
function joined(texts: readonly string[]): string {
  const all = texts.join(',');
  return all.length > MAX_CHARACTERS ? `${all.slice(0, MAX_CHARACTERS)}…` : all;
}

/** The newest look, prepared once for all windows of one session. */
export class RowLooks {
  #newest: { readonly session: object; readonly key: string; readonly dresser: RowDresser } | null = null;

  of(session: object, look: RowLook, compile: Compile): RowDresser {
    const key = JSON.stringify([look.fields, look.rules]);
    if (this.#newest?.session !== session || this.#newest.key !== key) {
      this.#newest = { session, key, dresser: new RowDresser(look, compile) };
    }
    return this.#newest.dresser;
  }

  /** The session is closed. */
  close(): void {
    this.#newest = null;
  }
}
