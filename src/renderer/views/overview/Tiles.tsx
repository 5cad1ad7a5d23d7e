import type { OverviewPlaces } from '../../../shared/contract/overview';
import type { StatisticsSnapshot } from '../../../shared/model/records';
import { showView } from '../../stores/layout';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBitRate, formatBytes, formatCount, formatRate, formatShare } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatDuration, formatFull } from '../../widgets/format/time';
import { AlertTile } from './AlertTile';
import styles from './overview.module.css';
import { peakOf } from './traffic-steps';
import { useRate } from './useRate';

const words = texts.overview.tiles;

interface TilesProps {
  readonly snapshot: StatisticsSnapshot;
  readonly scope: 'all' | 'shown';
  /** Null: not counted yet. */
  readonly alerts: OverviewPlaces['alerts'] | null;
}

/** The totals in one line. */
export function Tiles({ snapshot, scope, alerts }: TilesProps) {
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const allPackets = useSession((state) => state.tick?.packets ?? 0);
  const dropped = useSession((state) => state.tick?.dropped ?? null);
  const { packets, bytes, capturedBytes, firstTime, lastTime } = snapshot;
  const seconds = firstTime === null || lastTime === null ? 0 : (lastTime - firstTime) / 1e9;
  const peak = peakOf(snapshot.series);
  const now = useRate(packets, bytes);
  const hintOf = (mean: string): string =>
    [now ? words.nowHint(mean) : words.meanHint, peak ? words.peakHint(formatDuration(peak.width)) : ''].join('\n').trim();
  const clock = (time: number): string => formatClock(epochOf(startSecond, time), 'local', 0);
  const full = (time: number): string => formatFull(epochOf(startSecond, time));
  return (
    <dl className={styles.tiles} aria-label={words.label}>
      <Tile
        title={words.packets}
        value={formatCount(packets)}
        leadsTo={{ hint: words.packetsHint, run: () => showView('packets') }}
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
        value={now ? formatRate(now.packetsPerSecond) : seconds > 0 ? formatRate(packets / seconds) : texts.overview.none}
        more={rateNote(seconds, peak && formatRate(peak.packetsPerSecond))}
        hint={hintOf(formatRate(seconds > 0 ? packets / seconds : 0))}
      />
      <Tile
        title={words.bitRate}
        value={now ? formatBitRate(now.bitsPerSecond) : seconds > 0 ? formatBitRate((8 * bytes) / seconds) : texts.overview.none}
        more={rateNote(seconds, peak && formatBitRate(peak.bitsPerSecond))}
        hint={hintOf(formatBitRate(seconds > 0 ? (8 * bytes) / seconds : 0))}
      />
      <Tile
        title={words.flows}
        value={formatCount(snapshot.flows.total)}
        more={transports(snapshot.flows)}
        leadsTo={{ hint: words.flowsHint, run: () => showView('flows') }}
      />
      <AlertTile counts={alerts} />
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
  /** The view of what is counted. */
  readonly leadsTo?: { readonly hint: string; run(): void };
}

function Tile({ title, value, more, hint, tone, leadsTo }: TileProps) {
  return (
    <div className={styles.tile} data-tone={tone} title={hint}>
      <dt>{title}</dt>
      <dd
        className={`${styles.value} selectable`}
        data-unknown={value === texts.overview.unknown || value === texts.overview.none ? '' : undefined}
      >
        {leadsTo ? (
          <button type="button" className={styles.tileLink} title={leadsTo.hint} onClick={leadsTo.run}>
            {value}
          </button>
        ) : (
          value
        )}
      </dd>
      <dd className={`${styles.under} selectable`}>{more}</dd>
    </div>
  );
}
