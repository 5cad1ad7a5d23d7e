import { useMemo } from 'react';
import type { ColouringRule } from '../../../shared/contract/profiles';
import type { RowLook } from '../../../shared/contract/row-look';
import { type ColumnSettings, userColumnId } from './column-store';

/** What the engine adds to each row: values of the visible columns of fields, and which of these rules colours it. Undefined: nothing. */
export function useRowLook({ own, hidden }: ColumnSettings, rules: readonly ColouringRule[] | null): RowLook | undefined {
  const fields = own.map(({ field }) => field).filter((field) => !hidden.includes(userColumnId(field)));
  const filters = rules?.map(({ filter }) => filter) ?? [];
  const key = JSON.stringify([fields, filters]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all of it
  return useMemo(() => (fields.length === 0 && filters.length === 0 ? undefined : { fields, rules: filters }), [key]);
}
