import { isFiltered, useFilter } from './filter';
import { useSession } from './session';

/** Changes whenever filter and time range may show other packets; constant while neither is set. */
export function useShownPackets(): string {
  const filter = useFilter((state) => (isFiltered(state) ? state.id : 0));
  return useSession(({ tick }) => {
    if (filter === 0 || !tick) return '';
    const { id, shown, scanning } = tick.filter;
    return `${filter} ${id} ${shown} ${scanning} ${tick.load.state}`;
  });
}
