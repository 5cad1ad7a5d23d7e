import { useEffect, useRef, useState } from 'react';
import type { BrushRange } from '../time-brush/range';
import { moved, played, windowAt } from './window';

/** Between two windows: each is a new picture that has to be seen. */
const STEP_MS = 250;

interface Playing {
  readonly extent: BrushRange;
  readonly window: BrushRange | null;
  readonly length: number;
  readonly ready: boolean;
  /** For the whole extent. */
  readonly seconds: number;
  onWindow(window: BrushRange): void;
}

/** Moves the window on as time goes by, no faster than it is shown, until it is at the end. */
export function usePlaying(props: Playing) {
  const [playing, setPlaying] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const { extent, window, ready, seconds, onWindow } = latest.current;
      if (!ready) return;
      const now = performance.now();
      // Cleared elsewhere: everything is shown again, and nothing is left to move.
      const next = window && played(extent, window, now - last, seconds);
      last = now;
      if (next) onWindow(next);
      else setPlaying(false);
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing]);

  const toggle = (): void => {
    const { extent, window, length, onWindow } = props;
    // From the beginning, and once more where it is at the end.
    if (!playing && (!window || moved(extent, window, 1) === null)) onWindow(windowAt(extent, extent.from, length));
    setPlaying(!playing);
  };
  return { playing, toggle, stop: () => setPlaying(false) };
}
