import { useCallback, useEffect, useState } from 'react';
import { complain } from './saving';

/** What `load` gives, asked for when the section appears; null until it came. `set` takes what a change answered. */
export function useLoaded<T>(load: () => Promise<T>): {
  readonly value: T | null;
  readonly set: (value: T) => void;
  readonly reload: () => void;
} {
  const [value, set] = useState<T | null>(null);
  const reload = useCallback(() => {
    load().then(set, complain);
  }, [load]);
  useEffect(reload, [reload]);
  return { value, set, reload };
}
