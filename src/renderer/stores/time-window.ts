import { useRef } from 'react';
import type { TimeRange } from '../../shared/contract/engine';
import { Latest } from '../client/latest';
import { applyRange, useFilter } from './filter';
import { useSession } from './session';

/**
 * The properties of the time slider: its window is the one time range of all views. Null where there is nothing to slide over: no session, one
 * without length, and a replay, which is moved by its own bar.
 */
export function useTimeWindow() {
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const from = useSession((state) => state.tick?.firstTime ?? null);
  const to = useSession((state) => state.tick?.lastTime ?? null);
  const isReplay = useSession((state) => state.tick?.replay != null);
  const scanning = useSession((state) => state.tick?.filter.scanning ?? false);
  const told = useSession((state) => state.tick?.filter.id ?? 0);
  const { range, id } = useFilter();
  const latest = useRef<Latest<TimeRange | null> | null>(null);
  // A drag moves it more often than it can be answered.
  latest.current ??= new Latest(async (wanted) => void (await applyRange(wanted)));
  if (from === null || to === null || to <= from || isReplay) return null;
  return {
    extent: { from, to },
    window: range,
    ready: !scanning && told === id,
    onWindow: (window: TimeRange | null) => latest.current?.ask(window),
    startSecond,
  };
}
