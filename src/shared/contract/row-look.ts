/** What the packet list shows of each row beside its own columns. Worked out for the rows that are asked for only. */
export interface RowLook {
  /** Names of display filters: `PacketRow.values` has what the packet holds of them. Unknown ones are left out. */
  readonly fields: readonly string[];
  /** Display filters of the colouring rules: `PacketRow.rule` is the first that holds. A wrong one never does. */
  readonly rules: readonly string[];
}

/** Columns that a person may add to the packet list. */
export const MAX_USER_COLUMNS = 32;
export const MAX_FIELD_NAME = 120;
export const MAX_COLOURING_RULES = 100;
/** Characters. */
export const MAX_RULE_FILTER = 2000;
