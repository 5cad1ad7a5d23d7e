import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerTrackNextFilled,
  IconRefresh,
} from '@tabler/icons-react';
import { REPLAY_SPEEDS, type ReplaySpeed } from '../../../shared/model/replay';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { setSpeed, showWhole, step, togglePlay } from './replay';
import styles from './replay-bar.module.css';

const words = texts.replay;
const MAX = 'max';
const LEAP = 100;
const SECOND = 1e9;
const ICON = { size: 14, 'aria-hidden': true } as const;

/** Plays, pauses and steps; says where it is. */
export function ReplayBar() {
  const replay = useSession((state) => state.tick?.replay ?? null);
  const firstTime = useSession((state) => state.tick?.firstTime ?? 0);
  const load = useSession((state) => state.tick?.load);
  if (!replay) return null;
  const { speed, paused, position, ended, end } = replay;
  const label = ended ? words.again : paused ? words.play : words.pause;
  const Icon = ended ? IconRefresh : paused ? IconPlayerPlayFilled : IconPlayerPauseFilled;
  const at = Math.max(0, Math.min(position, end ?? position) - firstTime);
  const read = load?.total ? `${Math.floor((100 * load.consumed) / load.total)} %` : null;
  return (
    <div className={styles.bar} role="toolbar" aria-label={words.bar} data-testid="replay-bar">
      <button type="button" className="icon-button" data-primary aria-label={label} title={label} onClick={togglePlay}>
        <Icon {...ICON} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.step}
        title={words.step}
        disabled={ended}
        onClick={(event) => step(event.shiftKey ? LEAP : 1)}
      >
        <IconPlayerSkipForwardFilled {...ICON} />
      </button>
      <select
        className={styles.speed}
        aria-label={words.speed}
        title={words.speed}
        value={speed ?? MAX}
        onChange={({ currentTarget }) => setSpeed(speedOf(currentTarget.value))}
      >
        {REPLAY_SPEEDS.map((each) => (
          <option key={each} value={each}>
            {words.times(each)}
          </option>
        ))}
        <option value={MAX}>{words.max}</option>
      </select>
      <span className={styles.position} title={words.positionHint} data-testid="replay-position">
        {words.position(clock(at), end === null ? null : clock(end - firstTime))}
      </span>
      {ended ? (
        <span className={styles.note}>{words.ended}</span>
      ) : (
        end === null && read !== null && <span className={styles.note}>{words.read(read)}</span>
      )}
      <span className={styles.spread} />
      <button type="button" className={styles.whole} title={words.wholeHint} onClick={showWhole}>
        <IconPlayerTrackNextFilled {...ICON} />
        {words.whole}
      </button>
    </div>
  );
}

const speedOf = (value: string): ReplaySpeed => REPLAY_SPEEDS.find((each) => String(each) === value) ?? null;

/** '0:07.3', '12:04.0', '1:02:03.4'. */
function clock(time: number): string {
  const tenths = Math.floor(time / (SECOND / 10));
  const seconds = Math.floor(tenths / 10);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}.${tenths % 10}`;
}
