import { useEffect, useState } from 'react';
import type { InterfaceSeries } from '../../../shared/contract/processes';
import { engine } from '../../client/engine';
import { isCapturing, selectKnowsPrograms, selectSessionId, useSession } from '../../stores/session';

/** The host is looked at as often. */
const REFRESH_MS = 5_000;

/** Of the newest answer and the session that it is of. */
interface Answer {
  readonly session: number | null;
  readonly interfaces: readonly InterfaceSeries[];
  /** Seconds from the first look to the last. */
  readonly seconds: number;
}

/** What the interfaces of the watched host carried; null where nobody knows. */
export function useInterfaceRates(): Answer | null {
  const session = useSession(selectSessionId);
  const isKnown = useSession(selectKnowsPrograms);
  const goesOn = useSession((state) => isCapturing(state.tick));
  const [answer, setAnswer] = useState<Answer | null>(null);

  useEffect(() => {
    if (!isKnown) return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      try {
        const { times, interfaces } = await engine.call('interfaces.series', {});
        const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1e9;
        if (!isOver) setAnswer({ session, interfaces, seconds });
      } catch {
        // The engine is gone, which the frame says.
      }
    };
    void ask();
    const timer = goesOn ? setInterval(() => void ask(), REFRESH_MS) : undefined;
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [session, isKnown, goesOn]);

  return answer?.session === session ? answer : null;
}
