import { useEffect, useState } from 'react';
import { engine } from '../../client/engine';
import { isFiltered, useFilter } from '../../stores/filter';
import { useSession } from '../../stores/session';

/**
 * Where the filtered list ended when so many packets had come, as a place (position and those forgotten before it). Null while that is not
 * known, or where `packets` is null.
 */
export function useListEnd(packets: number | null): number | null {
  const filter = useFilter((state) => state.id);
  const filtered = useFilter(isFiltered);
  const isScanned = useSession(
    ({ tick }) => packets !== null && tick !== null && tick.filter.id === filter && tick.filter.scanned >= packets,
  );
  const [known, setKnown] = useState<{ readonly packets: number; readonly filter: number; readonly place: number } | null>(null);

  useEffect(() => {
    if (packets === null || !filtered || !isScanned) return;
    const abort = new AbortController();
    engine.call('packets.position', { index: packets }, abort.signal).then(
      ({ position, forgotten }) => setKnown({ packets, filter, place: position + forgotten }),
      () => {}, // superseded, or the engine is gone, which the frame shows
    );
    return () => abort.abort();
  }, [packets, filter, filtered, isScanned]);

  if (packets === null || !filtered) return packets;
  return known?.packets === packets && known.filter === filter ? known.place : null;
}
