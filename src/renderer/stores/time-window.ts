import { useRef } from 'react';
import { Latest } from '../client/latest';
import { epochOf, formatClock, formatDate } from '../widgets/format/time';
import type { BrushRange } from '../widgets/time-brush/range';
import { applyRange, useFilter } from './filter';
import { useSession } from './session';

const DAY = 86_400e9;

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
  const latest = useRef<Latest<BrushRange | null> | null>(null);
  // A drag moves it more often than it can be answered.
  latest.current ??= new Latest(async (wanted) => void (await applyRange(wanted)));
  if (from === null || to === null || to <= from || isReplay) return null;
  return {
    extent: { from, to },
    window: range,
    ready: !scanning && told === id,
    onWindow: (window: BrushRange | null) => latest.current?.ask(window),
    format: (time: number, length: number): string => {
      const epoch = epochOf(startSecond, time);
      const clock = formatClock(epoch, 'local', decimalsFor(length));
      return to - from >= DAY ? `${formatDate(epoch, 'local').slice(5)} ${clock}` : clock;
    },
  };
}

/** Digits after the second that tell begin and end of such a window apart. */
const decimalsFor = (length: number): number => (length >= 10e9 ? 0 : Math.min(9, Math.max(1, Math.ceil(-Math.log10(length / 1e9)) + 1)));
