import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../../../shared/base/result';
import type { LocalInterfaces } from '../../../../../shared/model/capture-interfaces';
import { engine } from '../../../../client/engine';
import { problemOf } from '../../../../client/engine-client';
import { type Traffic, TrafficMeter } from './traffic';

const EVERY_MS = 1000;

interface Listed {
  /** null: not known yet. */
  readonly list: LocalInterfaces | null;
  readonly problem: Problem | null;
  again(): void;
}

/** The interfaces of this machine, looked for again whenever the window comes to the front: a right may have been given meanwhile. */
export function useInterfaces(): Listed {
  const [state, setState] = useState<Omit<Listed, 'again'>>({ list: null, problem: null });
  const again = useCallback(() => {
    engine.call('live.interfaces', {}).then(
      (list) => setState({ list, problem: null }),
      (error: unknown) => setState({ list: null, problem: problemOf(error) }),
    );
  }, []);
  useEffect(() => {
    again();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [again]);
  return { ...state, again };
}

/** What each interface carries now; empty where that is not known. */
export function useTraffic(): ReadonlyMap<string, Traffic> {
  const [traffic, setTraffic] = useState<ReadonlyMap<string, Traffic>>(new Map());
  useEffect(() => {
    const meter = new TrafficMeter();
    const ended = new AbortController();
    let timer: number | undefined;
    const read = async (): Promise<void> => {
      try {
        // Nobody looks at a window that is hidden.
        if (!document.hidden) {
          const { counters } = await engine.call('live.rates', {}, ended.signal);
          if (counters === null) return;
          meter.add(performance.now(), counters);
          setTraffic(meter.traffic);
        }
      } catch {
        // The engine is away for a moment.
      }
      if (!ended.signal.aborted) timer = window.setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    return () => {
      ended.abort();
      window.clearTimeout(timer);
    };
  }, []);
  return traffic;
}
