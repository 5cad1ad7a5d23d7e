import { IconArrowBarToDown, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useSession } from '../../stores/session';
import { followTail, goesOn, pauseView, resumeView, useTail } from '../../stores/tail';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './tail-bar.module.css';
import { useListEnd } from './useListEnd';

const ICON = { size: 12, 'aria-hidden': true } as const;

/** Below the list of a capture that goes on: whether it follows the newest packets, and how many came since it does not. */
export function TailBar({ newest, onDone }: { readonly newest: number; onDone(): void }) {
  const going = useSession((state) => goesOn(state.tick));
  const isReplay = useSession((state) => state.tick?.replay != null);
  const { following, leftAt, pausedAt } = useTail();
  const left = useListEnd(leftAt);
  const words = texts.packets.tail;
  const isPaused = pausedAt !== null;
  if (!going && !isPaused) return null;

  const act = (run: () => void) => (): void => {
    run();
    onDone();
  };
  const fresh = formatCount(Math.max(0, newest - (left ?? newest)));
  return (
    <div className={styles.bar} data-testid="packet-tail" data-paused={isPaused ? '' : undefined}>
      <span role="status">{isPaused ? words.paused : following ? words.following : words.stopped}</span>
      {isPaused && <NewSince packets={pausedAt} />}
      <span className={styles.spread} />
      {!following && !isPaused && (
        <button type="button" className={styles.jump} title={words.jumpHint} onClick={act(followTail)}>
          <IconArrowBarToDown {...ICON} />
          {words.jump(fresh)}
        </button>
      )}
      {isPaused ? (
        <button type="button" className={styles.button} title={words.resumeHint} onClick={act(resumeView)}>
          <IconPlayerPlayFilled {...ICON} />
          {words.resume}
        </button>
      ) : (
        // A replay is paused itself: two pauses would be one too many.
        !isReplay && (
          <button type="button" className={styles.button} title={words.pauseHint} onClick={act(pauseView)}>
            <IconPlayerPauseFilled {...ICON} />
            {words.pause}
          </button>
        )
      )}
    </div>
  );
}

/** What came since the list stands still: of the filter where one is set. */
function NewSince({ packets }: { readonly packets: number }) {
  const end = useListEnd(packets);
  const now = useSession(({ tick }) => (tick ? tick.filter.forgotten + tick.filter.shown : 0));
  return <span className={styles.count}>{texts.packets.tail.fresh(formatCount(Math.max(0, now - (end ?? now))))}</span>;
}
