import type { Problem } from '../../shared/base/result';
import { problemOf, wasCancelled } from '../client/engine-client';
import { isFiltered, useFilter } from './filter';
import { selectSessionId, useSession } from './session';

export type Scope = 'all' | 'shown';

export interface Answer<T> {
  readonly session: number | null;
  /** What is shown: id of the filter and time range, 0 for everything. */
  readonly shown: number;
  readonly scope: Scope;
  /** Of whatever else it was asked with. */
  readonly key: string;
  readonly value: T | null;
  readonly problem: Problem | null;
}

/** What is shown now. */
export function presentShown(): Pick<Answer<unknown>, 'session' | 'shown' | 'scope'> {
  const filter = useFilter.getState();
  const scope = isFiltered(filter) ? 'shown' : 'all';
  return { session: selectSessionId(useSession.getState()), shown: scope === 'all' ? 0 : filter.id, scope };
}

/**
 * Something that the engine counts over what is shown. The newest answer of everything and the newest of a filter are kept, whichever view is
 * looked at: a view that comes back, or a filter that is dropped, has something to show in the first frame.
 */
export class Question<T> {
  readonly #call: (scope: Scope) => Promise<T>;
  readonly #keyOf: () => string;
  #asking: Promise<Answer<T>> | null = null;
  readonly #kept = new Map<Scope, Answer<T>>();

  /** `keyOf`: what it is asked with beside the scope; an answer to something else is no answer. */
  constructor(call: (scope: Scope) => Promise<T>, keyOf: () => string = () => '') {
    this.#call = call;
    this.#keyOf = keyOf;
  }

  get key(): string {
    return this.#keyOf();
  }

  /** The kept answer to what is shown now; it may be of fewer packets. */
  get kept(): Answer<T> | null {
    const { session, shown, scope } = presentShown();
    const kept = this.#kept.get(scope);
    return kept?.session === session && kept.shown === shown && kept.key === this.key ? kept : null;
  }

  /** Whoever asks at the same time but is less urgent waits for it. */
  async underWay(): Promise<void> {
    // Those who ask now do so within this turn.
    await new Promise((resolve) => setTimeout(resolve));
    await this.#asking?.catch(() => undefined);
  }

  /** Asks the engine; neither value nor problem where something else was asked for meanwhile. An answer that says the same as the one before is the one before, so that nothing is drawn anew for it. */
  ask(): Promise<Answer<T>> {
    const asking = this.#ask();
    this.#asking = asking;
    return asking;
  }

  async #ask(): Promise<Answer<T>> {
    const about = { ...presentShown(), key: this.key };
    try {
      return this.#keep({ ...about, value: await this.#call(about.scope), problem: null });
    } catch (error) {
      return { ...about, value: null, problem: wasCancelled(error) ? null : problemOf(error) };
    }
  }

  #keep(answer: Answer<T>): Answer<T> {
    const before = this.#kept.get(answer.scope);
    const isSame = before?.session === answer.session && JSON.stringify(before.value) === JSON.stringify(answer.value);
    const kept = isSame && before ? { ...answer, value: before.value } : answer;
    this.#kept.set(answer.scope, kept);
    return kept;
  }
}
