import { useEffect, useState } from 'react';
import { engine } from '../client/engine';
import { problemOf, wasCancelled } from '../client/engine-client';

export interface Mistake {
  readonly sentence: string;
  readonly start: number;
  readonly end: number;
}

const CHECK_DELAY_MS = 150;

/** Checks filters of a form after a pause in typing: of each text its mistake, null where it is right; undefined while it is not known. */
export function useFilterMistakes(filters: readonly string[]): (filter: string) => Mistake | null | undefined {
  const [known, setKnown] = useState<ReadonlyMap<string, Mistake | null>>(new Map());
  const open = [...new Set(filters)].filter((filter) => filter.trim() !== '' && !known.has(filter));
  const key = JSON.stringify(open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all of it
  useEffect(() => {
    if (open.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const found = await Promise.all(open.map(async (filter) => [filter, await check(filter, abort.signal)] as const));
      // Only what the form still holds is kept.
      if (!abort.signal.aborted) setKnown((before) => new Map([...[...before].filter(([filter]) => filters.includes(filter)), ...found]));
    }, CHECK_DELAY_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);
  return (filter) => known.get(filter);
}

async function check(text: string, signal: AbortSignal): Promise<Mistake | null> {
  try {
    const answer = await engine.call('filter.check', { text }, signal);
    return answer.ok ? null : { sentence: answer.problem.sentence, start: answer.start, end: answer.end };
  } catch (error) {
    return wasCancelled(error) ? null : { sentence: problemOf(error).sentence, start: 0, end: text.length };
  }
}
