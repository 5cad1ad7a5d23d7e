import { useMemo } from 'react';
import { useSession } from './session';

/** A time in which packets are missing; `to` is null while it lasts. */
export interface Missing {
  readonly from: number;
  readonly to: number | null;
  /** Why nothing could be captured; null where single packets were lost: so many. */
  readonly reason: string | null;
  readonly packets: number;
}

/** Times of the session in which packets are missing. The same array while nothing changed, however often ticks come. */
export function useMissing(): readonly Missing[] {
  const live = useSession(({ tick }) => (tick?.live ? JSON.stringify([tick.live.gaps, tick.live.losses]) : null));
  return useMemo(() => {
    if (live === null) return [];
    const now = useSession.getState().tick?.live;
    return [
      ...(now?.gaps ?? []).map(({ from, to, reason }): Missing => ({ from, to, reason, packets: 0 })),
      ...(now?.losses ?? []).map(({ from, to, packets }): Missing => ({ from, to, reason: null, packets })),
    ];
  }, [live]);
}
