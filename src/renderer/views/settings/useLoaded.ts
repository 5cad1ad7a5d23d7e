import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import { problemOf, wasCancelled } from '../../client/engine-client';

export interface Loaded<T> {
  readonly value: T | null;
  /** Why there is no value. */
  readonly problem: Problem | null;
  /** Takes what a change answered. */
  readonly set: (value: T) => void;
  readonly reload: () => void;
}

/** What `load` gives, asked for when the section appears; null until it came. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, set] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const reload = useCallback(() => {
    setProblem(null);
    load().then(set, (error: unknown) => {
      if (!wasCancelled(error)) setProblem(problemOf(error));
    });
  }, [load]);
  useEffect(reload, [reload]);
  return { value, problem, set, reload };
}
