import { useEffect, useRef, useState } from 'react';
import type { AlertDetails } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { Latest } from '../../client/latest';
import { useAlerts } from '../../stores/alerts';

/** The selected alert, kept up while it changes; `isGone`: there is no such alert. */
export function useAlertDetails(): { readonly selected: number | null; readonly alert: AlertDetails | null; readonly isGone: boolean } {
  const selected = useAlerts((state) => state.selected);
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const [found, setFound] = useState<{ readonly id: number; readonly alert: AlertDetails | null } | null>(null);
  const latest = useRef<Latest<number> | null>(null);
  latest.current ??= new Latest(async (id) => {
    try {
      setFound({ id, alert: await engine.call('alerts.get', { id }) });
    } catch {
      // The engine is gone; whoever shows that state does.
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision is the news
  useEffect(() => {
    if (selected !== null) latest.current?.ask(selected);
  }, [selected, revision]);
  const mine = found?.id === selected ? found : null;
  return { selected, alert: mine?.alert ?? null, isGone: mine !== null && mine.alert === null };
}
