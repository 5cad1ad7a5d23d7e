import { useEffect, useState } from 'react';
import type { Problem } from '../../shared/base/result';
import { Paced } from '../client/paced';
import { useFilter } from './filter';
import { whenGrown } from './growth';
import { type Answer, presentShown, type Question, type Scope } from './question';
import { selectSessionId, useSession } from './session';

export interface Counted<T> {
  /** Of the present session; that of the filter before stays until the new one comes. Null before the first. */
  readonly value: T | null;
  readonly scope: Scope;
  readonly isStale: boolean;
  readonly problem: Problem | null;
  again(): void;
}

/**
 * What the engine counts, of everything or of what the filter shows; kept up while it grows and the window is seen, asked no more often than
 * once in `interval` ms: each time the engine counts anew. `revision`: something else that the numbers have changed.
 */
export function useCounted<T>(question: Question<T>, interval: number | (() => number), revision = 0): Counted<T> {
  const session = useSession(selectSessionId);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  // While packets come, a search begins and ends with each of them.
  const scanning = useSession(({ tick }) => tick !== null && tick.load.state !== 'loading' && tick.filter.scanning);
  const filter = useFilter((state) => state.id);
  const { key } = question;
  const [answer, setAnswer] = useState<Answer<T> | null>(() => question.kept);
  const [refresh] = useState(
    () =>
      new Paced(async () => {
        const next = await question.ask();
        // Given up for something else: what is here stays until that comes.
        setAnswer((before) => (next.value === null && next.problem === null ? (before ?? next) : next));
      }, interval),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is to be counted, or the search for it has ended
  useEffect(() => refresh.ask(true), [refresh, session, filter, load, scanning, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what else the numbers have is other now
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, revision]);
  // Not by a hook: a view need not be rendered for every tick.
  useEffect(() => whenGrown(() => refresh.ask()), [refresh]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const present = presentShown();
  const isOf = (each: Answer<T> | null): boolean => each?.shown === present.shown && each.key === key && each.session === session;
  // What is kept of the filter that was just set is there before the engine has said it again.
  const newest = isOf(answer) ? answer : (question.kept ?? answer);
  const mine = newest?.session === session ? newest : null;
  return {
    value: mine?.value ?? null,
    scope: mine?.scope ?? 'all',
    isStale: !isOf(mine),
    problem: mine?.problem ?? null,
    again: () => refresh.ask(true),
  };
}
