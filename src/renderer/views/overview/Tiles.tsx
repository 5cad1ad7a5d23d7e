import type { StatisticsSnapshot } from '../../../shared/model/records';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBitRate, formatBytes, formatCount, formatRate, formatShare } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatDuration, formatFull } from '../../widgets/format/time';
import styles from './overview.module.css';
import { peakOf } from './traffic-steps';

const words = texts.overview.tiles;

interface TilesProps {
  readonly snapshot: StatisticsSnapshot;
  readonly scope: 'all' | 'shown';
}

/** The totals in one line. */
export function Tiles({ snapshot, scope }: TilesProps) {
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const allPackets = useSession((state) => state.tick?.packets ?? 0);
  const dropped = useSession((state) => state.tick?.dropped ?? null);
  const { packets, bytes, capturedBytes, firstTime, lastTime } = snapshot;
  const seconds = firstTime === null || lastTime === null ? 0 : (lastTime - firstTime) / 1e9;
  const peak = peakOf(snapshot.series);
  const peakHint = peak ? words.peakHint(formatDuration(peak.width)) : undefined;
  const clock = (time: number): string => formatClock(epochOf(startSecond, time), 'local', 0);
  const full = (time: number): string => formatFull(epochOf(startSecond, time));
  return (
    <dl className={styles.tiles} aria-label={words.label}>
      <Tile
        title={words.packets}
        value={formatCount(packets)}
        more={scope === 'shown' ? words.ofAll(formatShare(packets, allPackets), formatCount(allPackets)) : words.meanLength(mean(snapshot))}
      />
      <Tile
        title={words.bytes}
        value={formatBytes(bytes)}
        more={capturedBytes < bytes ? words.captured(formatBytes(capturedBytes)) : words.exactBytes(formatCount(bytes))}
        hint={words.exactBytes(formatCount(bytes))}
      />
      <Tile
        title={words.duration}
        value={firstTime === null || lastTime === null ? texts.overview.unknown : formatDuration(lastTime - firstTime)}
        more={firstTime === null ? words.noTimes : words.from(clock(firstTime))}
        hint={firstTime === null || lastTime === null ? undefined : words.span(full(firstTime), full(lastTime))}
      />
      <Tile
        title={words.packetRate}
        value={seconds > 0 ? formatRate(packets / seconds) : texts.overview.none}
        more={rateNote(seconds, peak && formatRate(peak.packetsPerSecond))}
        hint={peakHint}
      />
      <Tile
        title={words.bitRate}
        value={seconds > 0 ? formatBitRate((8 * bytes) / seconds) : texts.overview.none}
        more={rateNote(seconds, peak && formatBitRate(peak.bitsPerSecond))}
        hint={peakHint}
      />
      <Tile title={words.flows} value={formatCount(snapshot.flows.total)} more={transports(snapshot.flows)} wide />
      <Tile
        title={words.dropped}
        value={dropped === null ? texts.overview.unknown : formatCount(dropped)}
        more={dropped === null ? words.droppedUnknown : words.droppedKnown}
        tone={dropped ? 'warning' : undefined}
      />
    </dl>
  );
}

const mean = ({ packets, bytes }: StatisticsSnapshot): string => formatBytes(packets === 0 ? 0 : bytes / packets);

function rateNote(seconds: number, peak: string | null): string {
  if (seconds <= 0) return words.oneInstant;
  return peak === null ? words.mean : words.peak(peak);
}

/** 'TCP 1,203 · UDP 402', those that there are. */
function transports(flows: StatisticsSnapshot['flows']): string {
  return (['tcp', 'udp', 'icmp', 'other'] as const)
    .filter((name) => flows[name] > 0)
    .map((name) => `${words.transports[name]} ${formatCount(flows[name])}`)
    .join(' · ');
}

interface TileProps {
  readonly title: string;
  readonly value: string;
  readonly more: string;
  readonly hint?: string | undefined;
  readonly tone?: 'warning' | undefined;
  /** Its second line needs more room than the others'. */
  readonly wide?: boolean;
}

function Tile({ title, value, more, hint, tone, wide }: TileProps) {
  return (
    <div className={styles.tile} data-tone={tone} data-wide={wide ? '' : undefined} title={hint}>
      <dt>{title}</dt>
      <dd
        className={`${styles.value} selectable`}
        data-unknown={value === texts.overview.unknown || value === texts.overview.none ? '' : undefined}
      >
        {value}
      </dd>
      <dd className={`${styles.under} selectable`}>{more}</dd>
    </div>
  );
}
