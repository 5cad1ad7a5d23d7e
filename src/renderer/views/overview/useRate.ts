import { useEffect, useState } from 'react';
import { useFilter } from '../../stores/filter';
import { type Rate, RateMeter } from '../../stores/rate-meter';
import { isCapturing, selectSessionId, useSession } from '../../stores/session';

/** How fast what is shown rises, over the last seconds; null where no capture goes on and while nothing is known yet. */
export function useRate(packets: number, bytes: number): Rate | null {
  const session = useSession(selectSessionId);
  const goesOn = useSession((state) => isCapturing(state.tick));
  const scanning = useSession((state) => state.tick?.filter.scanning ?? false);
  const filter = useFilter((state) => state.id);
  const [meter] = useState(() => new RateMeter());
  const [rate, setRate] = useState<Rate | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another count begins
  useEffect(() => {
    meter.clear();
    setRate(null);
  }, [meter, session, filter, scanning]);
  useEffect(() => {
    // What a filter finds in packets that were there is not what comes.
    if (!goesOn || scanning) return;
    const now = performance.now();
    meter.add(now, packets, bytes);
    setRate(meter.rate(now));
  }, [meter, goesOn, scanning, packets, bytes]);
  return goesOn ? rate : null;
}
