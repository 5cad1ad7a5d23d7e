import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { PacketSums } from '../../../shared/contract/statistics-views';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { Paced } from '../../client/paced';
import { useFilter } from '../../stores/filter';
import { selectSessionId, useSession } from '../../stores/session';

const REFRESH_MS = 1500;

interface Counted {
  readonly session: number | null;
  readonly sums: PacketSums | null;
  readonly problem: Problem | null;
}

/** Sums over the shown packets, kept up while they grow. The ones before stay until the new ones come. */
export function usePacketSums() {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const filter = useFilter((state) => state.id);
  const [counted, setCounted] = useState<Counted | null>(null);
  const [refresh] = useState(() => new Paced(async () => setCounted(await count()), REFRESH_MS));
  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is to be counted
  useEffect(() => refresh.ask(true), [refresh, session, filter, load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there is more to be counted
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, packets, scanned]);
  useEffect(() => () => refresh.stop(), [refresh]);
  const mine = counted?.session === session ? counted : null;
  return { sums: mine?.sums ?? null, problem: mine?.problem ?? null, retry: () => refresh.ask(true) };
}

async function count(): Promise<Counted> {
  const session = selectSessionId(useSession.getState());
  try {
    return { session, sums: await engine.call('statistics.packets', {}), problem: null };
  } catch (error) {
    return { session, sums: null, problem: wasCancelled(error) ? null : problemOf(error) };
  }
}
