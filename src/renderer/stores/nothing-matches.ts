import { applyRange, clearFilter, useFilter } from './filter';
import { useSession } from './session';

/** What there is to say and do where the filter shows nothing: the properties of the widget that says it. */
export function useNothingMatches() {
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanning = useSession((state) => state.tick?.filter.scanning ?? false);
  const hasText = useFilter((state) => state.text !== '');
  const hasRange = useFilter((state) => state.range !== null);
  return {
    packets,
    scanning,
    hasText,
    hasRange,
    onClear: () => void clearFilter(),
    onClearRange: () => void applyRange(null),
  };
}
