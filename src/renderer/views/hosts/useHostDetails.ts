import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { HostDetails } from '../../../shared/model/hosts';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { Paced } from '../../client/paced';
import { useAlerts } from '../../stores/alerts';
import { useSelectedHost } from '../../stores/hosts';
import { selectSessionId, useSession } from '../../stores/session';

/** While packets come a page is made anew no more often. */
const REFRESH_MS = 1500;

interface Found {
  readonly address: string;
  readonly host: HostDetails | null;
  readonly problem: Problem | null;
}

/** The selected host, kept up while packets come. `isGone`: the session has no such address. */
export function useHostDetails() {
  const selected = useSelectedHost();
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const [found, setFound] = useState<Found | null>(null);
  const wanted = useRef(selected);
  wanted.current = selected;
  const refresh = useRef<Paced | null>(null);
  refresh.current ??= new Paced(async () => {
    const address = wanted.current;
    if (address === null) return;
    try {
      setFound({ address, host: await engine.call('hosts.get', { address }), problem: null });
    } catch (error) {
      if (!wasCancelled(error)) setFound({ address, host: null, problem: problemOf(error) });
    }
  }, REFRESH_MS);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another host is shown at once
  useEffect(() => refresh.current?.ask(true), [selected, session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may change what is known of it
  useEffect(() => refresh.current?.ask(), [packets, load, revision]);
  useEffect(() => () => refresh.current?.stop(), []);

  const mine = found?.address === selected ? found : null;
  return {
    selected,
    host: mine?.host ?? null,
    problem: mine?.problem ?? null,
    isGone: mine !== null && mine.host === null && mine.problem === null,
    retry: (): void => refresh.current?.ask(true),
  };
}
