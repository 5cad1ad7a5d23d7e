import { useEffect, useRef, useState } from 'react';
import type { Tick } from '../../../shared/contract/engine';
import { MAX_MAP_EVENTS, type MapCursor, type MapEvent } from '../../../shared/contract/map';
import { engine } from '../../client/engine';
import { Paced } from '../../client/paced';
import { useAlerts } from '../../stores/alerts';
import { useFilter } from '../../stores/filter';
import { selectSessionId, useSession } from '../../stores/session';
import type { ArcField } from './arc-field';
import { presentScope } from './useWorld';

/** Between two questions for what is new. */
export const POLL_MS = 250;
/** Events that are listed or drawn as lines. */
const MAX_KEPT = 150;

interface Latest {
  readonly key: string;
  /** The newest last. */
  readonly events: readonly MapEvent[];
}

/** The newest events; those that come while packets are captured or replayed go to the field too. */
export function useEvents(field: ArcField, animated: boolean): readonly MapEvent[] {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const filter = useFilter((state) => state.id);
  const key = `${session} ${filter}`;
  const [latest, setLatest] = useState<Latest>({ key: '', events: [] });
  const asked = useRef({ key, animated, after: null as MapCursor | null });
  if (asked.current.key !== key) {
    asked.current = { key, animated, after: null };
    field.clear();
  }
  asked.current.animated = animated;

  const [poll] = useState(
    () =>
      new Paced(async () => {
        const mine = asked.current;
        const answer = await engine
          .call('map.events', { scope: presentScope(), after: mine.after, count: MAX_MAP_EVENTS })
          .catch(() => null);
        if (answer === null || asked.current !== mine) return;
        const isFirst = mine.after === null;
        mine.after = answer.cursor;
        if (answer.events.length === 0) return isFirst ? setLatest({ key: mine.key, events: [] }) : undefined;
        const isMoving = mine.animated && !isFirst && isGoingOn(useSession.getState().tick);
        if (isMoving) field.add(answer.events, performance.now(), POLL_MS, answer.skipped);
        setLatest((before) => ({
          key: mine.key,
          events: [...(before.key === mine.key ? before.events : []), ...answer.events].slice(-MAX_KEPT),
        }));
      }, POLL_MS),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: there may be something new
  useEffect(() => {
    if (!document.hidden) poll.ask();
  }, [poll, key, packets, scanned, load, revision]);
  useEffect(() => () => poll.stop(), [poll]);
  return latest.key === key ? latest.events : NONE;
}

/** Packets come as they pass by, or as they once did. */
export const isGoingOn = (tick: Tick | null): boolean =>
  tick?.load.state === 'loading' && (tick.live !== null || tick.replay?.paused === false);

const NONE: readonly MapEvent[] = [];
