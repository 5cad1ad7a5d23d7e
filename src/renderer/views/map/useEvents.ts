import { useEffect, useRef, useState } from 'react';
import type { Tick } from '../../../shared/contract/engine';
import { MAX_MAP_EVENTS, type MapCursor, type MapEvent } from '../../../shared/contract/map';
import { engine } from '../../client/engine';
import { Paced } from '../../client/paced';
import { useAlerts } from '../../stores/alerts';
import { useFilter } from '../../stores/filter';
import { whenGrown } from '../../stores/growth';
import { selectSessionId, useSession } from '../../stores/session';
import type { ArcField } from './arc-field';
import { presentScope } from './useWorld';

/** Between two questions for what is new. */
export const POLL_MS = 250;
/** Events that are listed or drawn as lines. */
const MAX_KEPT = 150;
/** More at once than that replace the whole list: nobody reads one that changes oftener than this. */
const MANY = 20;
const LIST_MS = 1000;

interface Latest {
  readonly session: number | null;
  readonly key: string;
  /** The newest last. */
  readonly events: readonly MapEvent[];
}

/** The newest events; those that come while packets are captured or replayed go to the field too. */
export function useEvents(field: ArcField, animated: boolean): readonly MapEvent[] {
  const session = useSession(selectSessionId);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const filter = useFilter((state) => state.id);
  const key = `${session} ${filter}`;
  const [latest, setLatest] = useState<Latest>({ session: null, key: '', events: [] });
  const asked = useRef(askingFor(session, key, animated));
  if (asked.current.key !== key) {
    asked.current = askingFor(session, key, animated);
    field.clear();
  }
  asked.current.animated = animated;

  const [poll] = useState((): Paced => {
    const made: Paced = new Paced(async (): Promise<void> => {
      const mine = asked.current;
      const { session, key } = mine;
      const answer = await engine.call('map.events', { scope: presentScope(), after: mine.after, count: MAX_MAP_EVENTS }).catch(() => null);
      if (answer === null || asked.current !== mine) return;
      const isFirst = mine.after === null;
      mine.after = answer.cursor;
      if (isFirst && answer.events.length === 0) return setLatest({ session, key, events: [] });
      if (answer.events.length === 0 && mine.waiting.length === 0) return;
      const isMoving = mine.animated && !isFirst && isGoingOn(useSession.getState().tick);
      if (isMoving && answer.events.length > 0) field.add(answer.events, performance.now(), POLL_MS, answer.skipped);
      mine.waiting = [...mine.waiting, ...answer.events].slice(-MAX_KEPT);
      const now = performance.now();
      if (mine.waiting.length > MANY && now - mine.listedAt < LIST_MS) return made.ask();
      mine.listedAt = now;
      const { waiting } = mine;
      mine.waiting = [];
      setLatest((before) => ({
        session,
        key,
        events: [...(before.key === key ? before.events : []), ...waiting].slice(-MAX_KEPT),
      }));
    }, POLL_MS);
    return made;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is to be listed
  useEffect(() => poll.ask(true), [poll, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there may be something new
  useEffect(() => {
    if (!document.hidden) poll.ask();
  }, [poll, load, revision]);
  useEffect(() => whenGrown(() => poll.ask()), [poll]);
  useEffect(() => () => poll.stop(), [poll]);
  // Those of the filter before stay until the new ones come: a time window that moves would empty the list each time.
  return latest.session === session ? latest.events : NONE;
}

/** What is asked of one filter of one session; `waiting`: events that are not listed yet. */
const askingFor = (session: number | null, key: string, animated: boolean) => ({
  session,
  key,
  animated,
  after: null as MapCursor | null,
  waiting: [] as readonly MapEvent[],
  listedAt: Number.NEGATIVE_INFINITY,
});

/** Packets come as they pass by, or as they once did. */
export const isGoingOn = (tick: Tick | null): boolean =>
  tick?.load.state === 'loading' && (tick.live !== null || tick.replay?.paused === false);

const NONE: readonly MapEvent[] = [];
