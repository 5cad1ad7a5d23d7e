import { create } from 'zustand';
import { EXPOSURE_SORTS, type ExposureScope, type ExposureSort } from '../../../shared/contract/exposure';

interface ExposureState {
  /** Null: the likeliest. */
  readonly host: string | null;
  readonly scope: ExposureScope;
  readonly sort: { readonly column: ExposureSort; readonly descending: boolean };
  /** Px, by column. */
  readonly widths: Readonly<Record<string, number>>;
}

export const useExposure = create<ExposureState>(() => ({
  host: null,
  scope: 'open',
  sort: { column: 'addresses', descending: true },
  widths: {},
}));

export const { setState: setExposure } = useExposure;

/** Of the others the greatest is looked for first. */
const LEAST_FIRST: readonly string[] = ['port', 'transport', 'service', 'process', 'firstTime'];

/** Sorts by the column; once more turns the order round. */
export function sortBy(column: string): void {
  const found = EXPOSURE_SORTS.find((each) => each === column);
  if (!found) return;
  const { sort } = useExposure.getState();
  setExposure({ sort: { column: found, descending: sort.column === found ? !sort.descending : !LEAST_FIRST.includes(found) } });
}
