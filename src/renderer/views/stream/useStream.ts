import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { StreamMatch, StreamSender, StreamWindow } from '../../../shared/contract/stream';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { isCapturing, useSession } from '../../stores/session';

/** Positions that are shown at a time. */
export const PART = 1 << 16;
/** A stream that may grow is asked for again after so long. */
const AGAIN_MS = 1000;

export interface Followed {
  readonly window: StreamWindow | null;
  readonly problem: Problem | null;
}

/** One part of a flow's stream, asked for until it is whole, and again while its capture goes on. */
export function useStream(flow: number, part: number): Followed {
  const [followed, setFollowed] = useState<Followed>({ window: null, problem: null });
  const growing = useSession(({ tick }) => isCapturing(tick) || tick?.load.state === 'loading');
  useEffect(() => {
    const stop = new AbortController();
    const wait = () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    const ask = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const window = await engine.call('stream.follow', { flow, from: part * PART, count: PART }, stop.signal);
        if (stop.signal.aborted) return;
        setFollowed((before) => (isSame(before.window, window) ? before : { window, problem: null }));
        if (!window.state.done) continue;
        if (!growing) return;
        await wait();
      }
    };
    ask().catch((error: unknown) => {
      if (!wasCancelled(error) && !stop.signal.aborted) setFollowed({ window: null, problem: problemOf(error) });
    });
    return () => stop.abort();
  }, [flow, part, growing]);
  return followed;
}

const isSame = (a: StreamWindow | null, b: StreamWindow): boolean =>
  a !== null &&
  a.from === b.from &&
  a.state.flow === b.state.flow &&
  a.state.done === b.state.done &&
  a.state.packetsRead === b.state.packetsRead &&
  a.state.size === b.state.size;

export interface Found {
  readonly matches: readonly StreamMatch[];
  readonly total: number;
  /** Length of the pattern. */
  readonly length: number;
}

/** A pause in typing after which it is searched. */
const TYPING_MS = 150;

/** Matches in the whole stream; null while it is searched, and without a pattern. */
export function useMatches(
  flow: number,
  pattern: readonly number[] | null,
  ignoreCase: boolean,
  sender: StreamSender | null,
  /** Changes where the stream grew. */
  size: number,
): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const key = pattern?.join() ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` and `size` stand for what is searched and where
  useEffect(() => {
    setFound(null);
    if (!pattern || pattern.length === 0) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      engine.call('stream.find', { flow, pattern, ignoreCase, sender }, stop.signal).then(
        ({ matches, total }) => !stop.signal.aborted && setFound({ matches, total, length: pattern.length }),
        () => undefined,
      );
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [flow, key, ignoreCase, sender, size]);
  return found;
}
