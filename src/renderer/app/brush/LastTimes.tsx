import { type ReactNode, useState } from 'react';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import styles from './brush.module.css';

const words = texts.frame.brush;
const MINUTE = 60e9;
const SPANS = [1, 5, 30, 120] as const;

/** How much of a live session the strip shows: all of it (null), or what came last, sliding along. Nothing to choose elsewhere. */
export function useLastTimes(): { readonly last: number | null; readonly choose: ReactNode } {
  const session = useSession(selectSessionId);
  const isLive = useSession((state) => state.tick?.live != null);
  const [chosen, setChosen] = useState<{ readonly session: number | null; readonly minutes: number } | null>(null);
  if (!isLive) return { last: null, choose: null };
  const minutes = chosen?.session === session ? chosen.minutes : null;
  const choose = (
    <select
      className={styles.last}
      aria-label={words.shownTime}
      title={words.shownTime}
      value={minutes ?? ''}
      onChange={({ currentTarget: { value } }) => setChosen(value === '' ? null : { session, minutes: Number(value) })}
    >
      <option value="">{words.wholeSession}</option>
      {SPANS.map((each) => (
        <option key={each} value={each}>
          {words.lastMinutes(each)}
        </option>
      ))}
    </select>
  );
  return { last: minutes === null ? null : minutes * MINUTE, choose };
}
